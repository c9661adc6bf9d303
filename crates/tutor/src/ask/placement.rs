//! Where the fingers of a chord go, in words.

use theory::{Chord, Finger, Shape, StringNumber, Voicing, usual_voicings};

use crate::hebrew::{fret_ordinal, string_ordinal};

/// «אמצעית על המיתר החמישי בסריג השני, וקמיצה על הרביעי בסריג השני»; none where a chord has no
/// usual shape.
pub(super) fn fingers(chord: Chord) -> Option<String> {
    let places = match Shape::curated(chord) {
        Some(shape) => places(&shape.voicing, |string| shape.finger(string)),
        None => places(usual_voicings(chord).first()?, |_| None),
    };
    // Where all fingers share a fret it is told once.
    let together = places.len() > 1
        && places.iter().all(|place| place.fret == places[0].fret && place.until.is_none());
    Some(list(&places, together))
}

/// Which finger lies where; one that lies over several strings once.
fn places(voicing: &Voicing, finger: impl Fn(StringNumber) -> Option<Finger>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for string in StringNumber::THICK_TO_THIN {
        let Some(fret) = voicing.fret(string).filter(|fret| *fret > 0) else { continue };
        let finger = finger(string);
        let what = finger.map_or("אצבע", bare_name);
        match places.iter_mut().find(|place| finger.is_some() && place.what == what) {
            Some(lying) => lying.until = Some(string),
            None => places.push(Place { what, string, until: None, fret }),
        }
    }
    places
}

struct Place {
    what: &'static str,
    string: StringNumber,
    /// The last string that it lies on, if it lies.
    until: Option<StringNumber>,
    fret: u8,
}

fn list(places: &[Place], together: bool) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (i, place) in places.iter().enumerate() {
        let string = string_ordinal(place.string);
        let string = match place.until {
            Some(until) => format!("שוכבת מהמיתר {string} עד {}", string_ordinal(until)),
            None if i == 0 => format!("על המיתר {string}"),
            None => format!("על {string}"),
        };
        let and = if i > 0 && i + 1 == places.len() { "ו" } else { "" };
        let fret = if together {
            String::new()
        } else {
            format!(" בסריג {}", fret_ordinal(place.fret))
        };
        parts.push(format!("{and}{} {string}{fret}", place.what));
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

/// The string a strum of the chord begins with.
pub(super) fn first_string(chord: Chord) -> Option<StringNumber> {
    let voicing = Shape::curated(chord)
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
            "אצבע מורה שוכבת מהמיתר החמישי עד הראשון בסריג השני, קמיצה על הרביעי בסריג הרביעי, \
             זרת על השלישי בסריג הרביעי ואמצעית על השני בסריג השלישי"
        );
        assert!(told("D7").starts_with("אמצעית על המיתר השלישי בסריג השני"), "{}", told("D7"));
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
