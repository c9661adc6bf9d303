//! The strum patterns of a first year, in the order in which they are learnt: one stroke a bar,
//! down strokes on the beat, up strokes between, a beat in the air, damped strokes; then three
//! beats, then six eighths. General teaching practice, no one's method.

use crate::{Meter, Stroke, StrumPattern, strum};

/// A pattern of the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CourseStrum {
    /// Its name in data and events.
    pub id: &'static str,
    /// What a student reads.
    pub hebrew: &'static str,
    /// The metre whose bar it fills, in eighths.
    pub meter: Meter,
    slots: &'static str,
}

impl CourseStrum {
    /// The slots.
    #[must_use]
    pub fn pattern(&self) -> StrumPattern {
        let strokes: Vec<Stroke> = self.slots.chars().filter_map(strum::stroke).collect();
        StrumPattern::of(strokes)
    }
}

const fn s(
    id: &'static str,
    hebrew: &'static str,
    meter: Meter,
    slots: &'static str,
) -> CourseStrum {
    CourseStrum { id, hebrew, meter, slots }
}

/// The patterns, the first to learn first.
#[rustfmt::skip]
pub static STRUM_COURSE: [CourseStrum; 12] = [
    s("whole", "פריטה אחת בתיבה", Meter::COMMON, "D-------"),
    s("halves", "שתי פריטות בתיבה", Meter::COMMON, "D---D---"),
    s("quarters", "פריטה למטה בכל פעימה", Meter::COMMON, "D-D-D-D-"),
    s("last-up", "פריטה למעלה אחרי הפעימה הרביעית", Meter::COMMON, "D-D-D-DU"),
    s("two-ups", "פריטה למעלה אחרי כל פעימה שנייה", Meter::COMMON, "D-DUD-DU"),
    s("eighths", "למטה ולמעלה בכל פעימה", Meter::COMMON, "DUDUDUDU"),
    s("campfire", "תבנית המדורה", Meter::COMMON, "D-DU-UDU"),
    s("damped", "פעימות חנוקות לסירוגין", Meter::COMMON, "D-x-D-x-"),
    s("waltz", "ואלס", Meter::WALTZ, "D-D-D-"),
    s("waltz-ups", "ואלס עם פריטות למעלה", Meter::WALTZ, "D-DUDU"),
    s("six-beats", "שש שמיניות, שתי פריטות", Meter::SIX_EIGHT, "D--D--"),
    s("six-eighths", "שש שמיניות", Meter::SIX_EIGHT, "DUDUDU"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fills_a_bar_and_stands_once() {
        for (place, strum) in STRUM_COURSE.iter().enumerate() {
            let pattern = strum.pattern();
            assert_eq!(pattern.to_string(), strum.slots);
            assert_eq!(pattern.slots().len(), StrumPattern::slots_of(strum.meter), "{}", strum.id);
            assert!(pattern.swings() || strum.id == "six-beats", "{}", strum.id);
            let before = &STRUM_COURSE[..place];
            assert!(before.iter().all(|b| b.id != strum.id && b.pattern() != pattern));
        }
    }
}
