//! String and fret of notes, where sound alone can tell.
//!
//! In standard tuning a pitch below A2 lies on string 6 alone. Notes struck together share one
//! hand: where every fingering of them that a hand can hold agrees on a note, its place is known.
//! Everything else is left open; it does not guess a position.

use std::time::Duration;

use theory::{StringNumber, Tuning};

use crate::transcribe::PlayedNote;

/// Notes that begin within this are one grip.
const TOGETHER: Duration = Duration::from_millis(150);
/// Frets a hand spans, and the highest fret that is played in chords.
const SPAN: u8 = 4;
const HIGHEST_FRET: u8 = 15;
/// With fewer notes than strings a missed or imagined one would pass for another grip; notes less
/// sure than this may not be there at all.
const ENOUGH: usize = 6;
const SURE: f32 = 0.7;

/// Fills in the places that are certain.
pub(crate) fn place(notes: &mut [PlayedNote]) {
    for note in notes.iter_mut() {
        note.place = only_string(note.pitch.midi());
    }
    let mut first = 0;
    while first < notes.len() {
        let began = notes[first].at;
        let count = notes[first..].iter().take_while(|n| n.at < began + TOGETHER).count();
        settle(&mut notes[first..first + count]);
        first += count;
    }
}

fn only_string(midi: u8) -> Option<(StringNumber, u8)> {
    let (low, next) = (Tuning::STANDARD.open(string(0)?), Tuning::STANDARD.open(string(1)?));
    let fret = midi.checked_sub(low.midi()).filter(|_| midi < next.midi())?;
    Some((string(0)?, fret))
}

fn string(index: usize) -> Option<StringNumber> {
    StringNumber::at_index(index)
}

fn settle(grip: &mut [PlayedNote]) {
    if grip.len() != ENOUGH || grip.iter().any(|n| n.confidence < SURE) {
        return;
    }
    let pitches: Vec<u8> = grip.iter().map(|note| note.pitch.midi()).collect();
    let mut fingerings: Vec<Vec<(usize, u8)>> = Vec::new();
    search(&pitches, &mut Vec::new(), &mut fingerings);
    let Some((one, others)) = fingerings.split_first() else { return };
    for (index, note) in grip.iter_mut().enumerate() {
        if others.iter().all(|other| other[index] == one[index]) {
            note.place = string(one[index].0).map(|string| (string, one[index].1));
        }
    }
}

/// Every way to put the pitches on strings of their own within a hand's span.
fn search(pitches: &[u8], so_far: &mut Vec<(usize, u8)>, found: &mut Vec<Vec<(usize, u8)>>) {
    let Some(pitch) = pitches.get(so_far.len()) else {
        found.push(so_far.clone());
        return;
    };
    for index in 0..6 {
        let Some(open) = string(index).map(|s| Tuning::STANDARD.open(s).midi()) else { continue };
        let Some(fret) = pitch.checked_sub(open).filter(|fret| *fret <= HIGHEST_FRET) else {
            continue;
        };
        if so_far.iter().any(|(taken, _)| *taken == index) || !within_span(so_far, fret) {
            continue;
        }
        so_far.push((index, fret));
        search(pitches, so_far, found);
        so_far.pop();
    }
}

fn within_span(held: &[(usize, u8)], fret: u8) -> bool {
    let fretted = held.iter().map(|(_, fret)| *fret).chain([fret]).filter(|fret| *fret > 0);
    let (low, high) = fretted.fold((u8::MAX, 0), |(low, high), f| (low.min(f), high.max(f)));
    high == 0 || high - low < SPAN
}

#[cfg(test)]
mod tests {
    use super::*;
    use theory::Pitch;

    fn places(midi: &[u8]) -> Vec<Option<(u8, u8)>> {
        let mut notes: Vec<PlayedNote> = midi
            .iter()
            .map(|midi| PlayedNote {
                at: Duration::ZERO,
                until: Duration::from_secs(1),
                pitch: Pitch(*midi),
                cents: 0.0,
                confidence: 0.9,
                place: None,
            })
            .collect();
        place(&mut notes);
        notes.iter().map(|n| n.place.map(|(s, f)| (s.number(), f))).collect()
    }

    #[test]
    fn below_a2_there_is_one_string() {
        assert_eq!(places(&[43]), [Some((6, 3))]);
        assert_eq!(places(&[45]), [None]);
        assert_eq!(places(&[38]), [None]);
    }

    #[test]
    fn six_strings_at_once_have_one_fingering() {
        let em = places(&[40, 47, 52, 55, 59, 64]);
        let wanted = [(6, 0), (5, 2), (4, 2), (3, 0), (2, 0), (1, 0)];
        assert_eq!(em, wanted.map(Some));
    }

    #[test]
    fn what_two_grips_share_is_left_open() {
        // A D major triad alone may lie in several positions.
        assert!(places(&[62, 66, 69]).iter().all(Option::is_none));
    }
}
