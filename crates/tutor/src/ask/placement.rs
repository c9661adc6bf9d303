//! Where the fingers of a chord go, in words.

use theory::{Chord, Finger, Shape, StringNumber, Voicing, usual_voicings};

use crate::hebrew::{fret_ordinal, string_ordinal};

/// «אמצעית על המיתר החמישי בסריג השני, וקמיצה על הרביעי בסריג השני»; none where a chord has no
/// usual shape.
pub(super) fn fingers(chord: Chord) -> Option<String> {
    let Some(shape) = Shape::of(chord) else {
        return usual_voicings(chord).first().map(without_fingers);
    };
    let places: Vec<Place> = StringNumber::THICK_TO_THIN
        .into_iter()
        .filter_map(|string| {
            let fret = shape.voicing.fret(string).filter(|fret| *fret > 0)?;
            Some(Place { what: bare_name(shape.finger(string)?), string, fret })
        })
        .collect();
    // Where all fingers share a fret it is told once.
    let together = places.len() > 1 && places.iter().all(|place| place.fret == places[0].fret);
    Some(list(&places, together))
}

struct Place {
    what: &'static str,
    string: StringNumber,
    fret: u8,
}

fn list(places: &[Place], together: bool) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (i, place) in places.iter().enumerate() {
        let string = string_ordinal(place.string);
        let string = if i == 0 { format!("המיתר {string}") } else { string.to_owned() };
        let and = if i > 0 && i + 1 == places.len() { "ו" } else { "" };
        let fret = if together {
            String::new()
        } else {
            format!(" בסריג {}", fret_ordinal(place.fret))
        };
        parts.push(format!("{and}{} על {string}{fret}", place.what));
    }
    let mut text = parts.join(", ").replace(", ו", " ו");
    if together {
        let all = if places.len() == 2 { "שתיהן" } else { "כולן" };
        text += &format!(", {all} בסריג {}", fret_ordinal(places[0].fret));
    }
    text
}

fn bare_name(finger: Finger) -> &'static str {
    match finger {
        Finger::Index => "אצבע מורה",
        Finger::Middle => "אמצעית",
        Finger::Ring => "קמיצה",
        Finger::Pinky => "זרת",
        Finger::Thumb => "אגודל",
    }
}

/// A voicing whose fingering nobody has settled: the strings and frets alone, a barre by its fret.
fn without_fingers(voicing: &Voicing) -> String {
    let lowest = voicing.sounding().filter_map(|s| voicing.fret(s)).min().unwrap_or(0);
    let pressed: Vec<(StringNumber, u8)> = StringNumber::THICK_TO_THIN
        .into_iter()
        .filter_map(|string| Some((string, voicing.fret(string).filter(|fret| *fret > lowest)?)))
        .collect();
    let mut parts = Vec::new();
    if lowest > 0 {
        parts.push(format!("אצבע מורה שוכבת לרוחב סריג {}", label(lowest)));
    }
    for (i, (string, fret)) in pressed.iter().enumerate() {
        let and = if i + 1 == pressed.len() && i + parts.len() > 0 { "ו" } else { "" };
        parts.push(format!(
            "{and}מיתר {} בסריג {}",
            crate::hebrew::string_label(*string),
            label(*fret)
        ));
    }
    parts.join(", ").replace(", ו", " ו")
}

fn label(fret: u8) -> String {
    super::numbers::spelled(u16::from(fret))
}

/// The string a strum of the chord begins with.
pub(super) fn first_string(chord: Chord) -> Option<StringNumber> {
    let voicing = Shape::of(chord)
        .map(|shape| shape.voicing)
        .or_else(|| usual_voicings(chord).first().copied())?;
    voicing.sounding().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use theory::{PitchClass, Quality};

    #[test]
    fn fingers_are_told_from_thick_to_thin() {
        let told = |name: &str| fingers(name.parse().unwrap()).unwrap();
        assert_eq!(told("Em"), "אמצעית על המיתר החמישי וקמיצה על הרביעי, שתיהן בסריג השני");
        assert_eq!(
            told("C"),
            "קמיצה על המיתר החמישי בסריג השלישי, אמצעית על הרביעי בסריג השני \
             ואצבע מורה על השני בסריג הראשון"
        );
        assert_eq!(
            told("Bm"),
            "אצבע מורה שוכבת לרוחב סריג שתיים, מיתר ארבע בסריג ארבע, מיתר שלוש בסריג ארבע ומיתר שתיים בסריג שלוש"
        );
        assert_eq!(told("A7"), "מיתר ארבע בסריג שתיים ומיתר שתיים בסריג שתיים");
    }

    #[test]
    fn every_chord_can_be_told() {
        for root in 0..12 {
            for quality in [Quality::Maj, Quality::Min, Quality::Dom7, Quality::Min7, Quality::Sus4]
            {
                let chord = Chord::new(PitchClass(root), quality);
                assert!(fingers(chord).is_some_and(|text| !text.is_empty()), "{chord}");
                assert!(first_string(chord).is_some());
            }
        }
    }
}
