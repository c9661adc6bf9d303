//! Strings that are played one by one: what is waited for, and what has rung of a round so far.
//!
//! It listens to nothing ([`crate::judge`] does) and chooses no order: whoever asks does.

use std::time::Duration;

use theory::{Pitch, StringNumber, Tuning, Voicing};

use crate::conclude::verdict;
use crate::settle::{ALONE, OFF, SAME_STRING};
use crate::{Doubt, NoteEvent, StringState, StringVerdict, Strum, Target};

/// A thump sooner after the verdict on the string before is none of the next one's.
const REACTION: Duration = Duration::from_millis(150);
/// So many other strings tell how far the whole guitar is off.
const TELLING: usize = 2;

/// The string that is played next, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick {
    /// Which.
    pub string: StringNumber,
    /// Whether a round begins with it: what rang before counts no more.
    pub first: bool,
}

/// The strings of one voicing, one by one.
#[derive(Debug)]
pub(crate) struct Picking {
    voicings: Vec<Voicing>,
    tuning: Tuning,
    string: StringNumber,
    /// What rang of the round; none before the first, and none after a fault.
    rang: Option<Strum>,
    /// How far each string was off when it was last played, string 6 first.
    cents: [Option<f32>; 6],
    /// When the last pluck was told.
    told: Option<Duration>,
}

impl Picking {
    /// None where the target has no such string.
    pub(crate) fn new(target: &Target, string: StringNumber, tuning: Tuning) -> Option<Self> {
        let (first, others) = target.voicings.split_first()?;
        let beside = others.iter().filter(|other| is_beside(first, other));
        let voicings = std::iter::once(first).chain(beside).copied().collect();
        let picking = Self { voicings, tuning, string, rang: None, cents: [None; 6], told: None };
        (!picking.pitches().is_empty()).then_some(picking)
    }

    /// Waits for another string.
    pub(crate) fn turn_to(&mut self, pick: Pick) {
        self.string = pick.string;
        if pick.first {
            self.rang = None;
        }
    }

    /// The preferred voicing.
    pub(crate) fn voicing(&self) -> Option<Voicing> {
        self.voicings.first().copied()
    }

    /// The string that is waited for.
    pub(crate) fn string(&self) -> StringNumber {
        self.string
    }

    /// The pitches it may have, that of the preferred voicing first: of that one and of those that
    /// differ from it in one string.
    pub(crate) fn pitches(&self) -> Vec<Pitch> {
        let mut all = Vec::new();
        for pitch in self.voicings.iter().filter_map(|v| v.pitch(self.string, &self.tuning)) {
            if !all.contains(&pitch) {
                all.push(pitch);
            }
        }
        all
    }

    /// Whether a thump at `at` may be the hand that leaves the string before.
    pub(crate) fn is_too_soon(&self, at: Duration) -> bool {
        self.told.is_some_and(|told| at < told + REACTION)
    }

    /// What a single note says of the string; none where it was another string's.
    pub(crate) fn state(&self, note: &NoteEvent) -> Option<StringState> {
        let pitches = self.pitches();
        let off = self.guitar_cents().map_or(0.0, |guitar| note.cents - guitar);
        if pitches.contains(&note.pitch) && off.abs() <= OFF {
            return Some(StringState::Rings);
        }
        let near = |asked: &Pitch| {
            (i32::from(note.pitch.midi()) - i32::from(asked.midi())).abs() <= SAME_STRING
        };
        let own = pitches.iter().any(near) || note.pitch == self.tuning.open(self.string);
        // What another asked string sounds may as well have been that string.
        let other = !pitches.contains(&note.pitch) && self.is_of_another(note.pitch);
        (own && !other).then_some(StringState::WrongPitch { pitch: note.pitch })
    }

    /// The other strings of what is asked, each at its own pitch.
    pub(crate) fn others(&self) -> Vec<(StringNumber, Pitch)> {
        let Some(voicing) = self.voicing() else { return Vec::new() };
        let others = voicing.sounding().filter(|string| *string != self.string);
        others.filter_map(|string| Some((string, voicing.pitch(string, &self.tuning)?))).collect()
    }

    fn is_of_another(&self, pitch: Pitch) -> bool {
        self.others().iter().any(|(_, it)| *it == pitch)
    }

    /// How far the whole guitar is off, as its other strings tell; none before two of them did.
    fn guitar_cents(&self) -> Option<f32> {
        let others = self.cents.iter().enumerate().filter(|(at, _)| *at != self.string.index());
        let mut cents: Vec<f32> = others.filter_map(|(_, cents)| *cents).collect();
        cents.sort_by(f32::total_cmp);
        cents.get(cents.len() / 2).copied().filter(|_| cents.len() >= TELLING)
    }

    /// The string was played at `at` and did that. A ring joins what rang before it; any other
    /// stands by itself and ends what may become a clean round.
    pub(crate) fn heard(
        &mut self,
        (at, verdict_at): (Duration, Duration),
        state: StringState,
        cents: Option<f32>,
    ) -> Strum {
        self.told = Some(verdict_at);
        self.cents[self.string.index()] = cents.or(self.cents[self.string.index()]);
        let before = self.rang.take().filter(|_| state == StringState::Rings);
        let mut strum = before.unwrap_or_else(|| self.awaited(at));
        let said = &mut strum.strings[self.string.index()];
        *said = StringVerdict { state, cents, confidence: ALONE, ..*said };
        (strum.at, strum.picked) = (at, Some(self.string));
        strum.verdict = Some(verdict(&strum.strings));
        strum.verdict_at = verdict_at;
        if state == StringState::Rings {
            self.rang = Some(strum.clone());
        }
        strum
    }

    /// A strum of which nothing was played yet.
    fn awaited(&self, at: Duration) -> Strum {
        let voicing = self.voicing();
        let strings = StringNumber::THICK_TO_THIN.map(|string| {
            let asked = voicing.is_some_and(|voicing| voicing.fret(string).is_some());
            let waits = StringState::Unsure { why: Doubt::Awaited };
            let state = if asked { waits } else { StringState::NotPlayed };
            StringVerdict { string, asked, state, cents: None, confidence: 0.5 }
        });
        let (chord, verdict, touch, picked) = (None, None, None, Some(self.string));
        Strum { at, verdict_at: at, chord, voicing, verdict, strings, touch, picked }
    }
}

/// Whether one voicing is the other but for one string, as the two ways to play G: the hand is where it
/// was asked to be.
fn is_beside(one: &Voicing, other: &Voicing) -> bool {
    let differs = |string: &StringNumber| one.fret(*string) != other.fret(*string);
    StringNumber::THICK_TO_THIN.iter().filter(|string| differs(string)).count() == 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use crate::Verdict;

    fn string(number: u8) -> StringNumber {
        StringNumber::new(number).unwrap()
    }

    fn picking(voicings: &[&str], number: u8) -> Picking {
        let voicings = voicings.iter().map(|voicing| voicing.parse().unwrap()).collect();
        Picking::new(&Target { voicings }, string(number), Tuning::STANDARD).unwrap()
    }

    fn note(midi: u8, cents: f32) -> NoteEvent {
        let (onset, offset) = (Duration::ZERO, Duration::from_millis(300));
        NoteEvent { onset, offset, pitch: Pitch(midi), cents, confidence: 0.9 }
    }

    fn play(picking: &mut Picking, second: u64, number: u8, state: StringState) -> Strum {
        picking.turn_to(Pick { string: string(number), first: false });
        picking.heard((Duration::from_secs(second), Duration::from_secs(second)), state, None)
    }

    #[test]
    fn a_note_is_the_string_one_beside_it_or_another_string() {
        let third = picking(&["022000"], 3);
        assert_eq!(third.state(&note(55, 4.0)), Some(StringState::Rings));
        assert_eq!(
            third.state(&note(55, 40.0)),
            Some(StringState::Rings),
            "the whole guitar is so"
        );
        assert_eq!(third.state(&note(57, 0.0)), Some(StringState::WrongPitch { pitch: Pitch(57) }));
        assert_eq!(third.state(&note(64, 0.0)), None);
        let fifth = picking(&["022000"], 5);
        assert_eq!(fifth.state(&note(45, 0.0)), Some(StringState::WrongPitch { pitch: Pitch(45) }));
    }

    #[test]
    fn what_may_be_the_string_before_is_no_wrong_fret() {
        // String 3 at its fourth fret sounds as string 2 without its finger.
        assert_eq!(picking(&["x24432"], 2).state(&note(59, 0.0)), None);
    }

    #[test]
    fn a_string_is_out_of_tune_against_two_others() {
        let mut picking = picking(&["022000"], 6);
        let at = (Duration::ZERO, Duration::ZERO);
        for (number, cents) in [(6, 30.0), (5, 34.0)] {
            picking.turn_to(Pick { string: string(number), first: false });
            picking.heard(at, StringState::Rings, Some(cents));
        }
        picking.turn_to(Pick { string: string(3), first: false });
        assert_eq!(picking.state(&note(55, 30.0)), Some(StringState::Rings));
        assert_eq!(
            picking.state(&note(55, 0.0)),
            Some(StringState::WrongPitch { pitch: Pitch(55) })
        );
    }

    #[test]
    fn every_usual_voicing_of_the_chord_will_do() {
        let second = picking(&["320003", "320033"], 2);
        for midi in [59, 62] {
            assert_eq!(second.state(&note(midi, 0.0)), Some(StringState::Rings), "{midi}");
        }
    }

    #[test]
    fn a_voicing_up_the_neck_is_not_what_is_shown() {
        let third = picking(&["022000", "x79987"], 3);
        assert_eq!(third.pitches(), [Pitch(55)]);
        assert_eq!(third.state(&note(64, 0.0)), None);
    }

    #[test]
    fn a_round_is_right_when_all_its_strings_rang() {
        let mut picking = picking(&["xx0232"], 4);
        for (second, number) in [(1, 4), (2, 3), (3, 2)] {
            let strum = play(&mut picking, second, number, StringState::Rings);
            assert_eq!(
                (strum.at, strum.picked),
                (Duration::from_secs(second), Some(string(number)))
            );
            assert_eq!(strum.verdict, Some(Verdict::Unsure { ask: Some(string(number - 1)) }));
        }
        let whole = play(&mut picking, 4, 1, StringState::Rings);
        assert_eq!(whole.verdict, Some(Verdict::Right));
        assert_eq!(whole.at, Duration::from_secs(4));
    }

    #[test]
    fn a_fault_stands_by_itself_and_is_mended_in_no_clean_round() {
        let mut picking = picking(&["xx0232"], 4);
        play(&mut picking, 1, 4, StringState::Rings);
        let dead = play(&mut picking, 2, 3, StringState::Dead);
        assert_eq!((dead.at, dead.verdict), (Duration::from_secs(2), Some(Verdict::Fault)));
        assert_eq!(dead.strings[2].state, StringState::Unsure { why: Doubt::Awaited });
        for (second, number) in [(3, 3), (4, 2), (5, 1)] {
            let strum = play(&mut picking, second, number, StringState::Rings);
            assert_eq!(strum.verdict, Some(Verdict::Unsure { ask: Some(string(4)) }));
        }
        // The next round owes nothing to what rang in this one.
        picking.turn_to(Pick { string: string(4), first: true });
        let at = Duration::from_secs(6);
        let first = picking.heard((at, at), StringState::Rings, None);
        assert_eq!(first.verdict, Some(Verdict::Unsure { ask: Some(string(3)) }));
    }
}
