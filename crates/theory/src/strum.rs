//! Strum patterns: what the playing hand does in each slot of a bar. The hand swings without a
//! break, down on the beat and up between; a slot without a stroke is a pass in the air. Whether a
//! student's strokes fit a pattern is `audio`'s work.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Meter, TheoryError, hebrew};

/// What the hand does in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stroke {
    /// Through the strings, thick to thin.
    Down,
    /// Thin to thick.
    Up,
    /// Moves without touching the strings.
    Pass,
    /// On damped strings: a click without pitch, in the hand's direction.
    Muted,
}

/// A pattern of slots, `D-DU-UDU`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StrumPattern {
    slots: Vec<Stroke>,
}

const LONGEST: usize = 64;

impl StrumPattern {
    pub(crate) fn of(slots: Vec<Stroke>) -> Self {
        Self { slots }
    }

    /// A bar in which nothing is played, two slots for each unit of the metre (one in eighths).
    #[must_use]
    pub fn silent(meter: Meter) -> Self {
        Self { slots: vec![Stroke::Pass; Self::slots_of(meter)] }
    }

    /// Slots of a bar in eighths.
    #[must_use]
    pub fn slots_of(meter: Meter) -> usize {
        usize::from(meter.count()) * if meter.unit() >= 8 { 1 } else { 2 }
    }

    /// Its slots.
    #[must_use]
    pub fn slots(&self) -> &[Stroke] {
        &self.slots
    }

    /// The slots in which the strings are struck, and how.
    pub fn strokes(&self) -> impl Iterator<Item = (usize, Stroke)> + '_ {
        self.slots.iter().copied().enumerate().filter(|(_, stroke)| *stroke != Stroke::Pass)
    }

    /// Whether nothing is played.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.strokes().next().is_none()
    }

    /// Whether it fills whole bars of `meter` in eighths.
    #[must_use]
    pub fn fits(&self, meter: Meter) -> bool {
        self.slots.len().is_multiple_of(Self::slots_of(meter))
    }

    /// Whether every down stroke lies on an even slot and every up stroke on an odd one, so that
    /// the hand can swing without a break.
    #[must_use]
    pub fn swings(&self) -> bool {
        self.slots.iter().enumerate().all(|(slot, stroke)| match stroke {
            Stroke::Down => slot.is_multiple_of(2),
            Stroke::Up => !slot.is_multiple_of(2),
            Stroke::Pass | Stroke::Muted => true,
        })
    }

    /// Beats on which the hand passes in the air although it strikes right after: what beginners
    /// find hard.
    #[must_use]
    pub fn syncopations(&self) -> usize {
        let off_beat = |pair: &[Stroke]| matches!(pair, [Stroke::Pass, Stroke::Up]);
        self.slots.chunks(2).filter(|pair| off_beat(pair)).count()
    }

    /// This one, then `next`.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        Self { slots: self.slots.iter().chain(&next.slots).copied().collect() }
    }

    /// «למטה, למטה-למעלה, למעלה, למטה-למעלה»: beat by beat, passes left out; «שקט» for silence.
    #[must_use]
    pub fn hebrew(&self) -> String {
        let word = |stroke: &Stroke| match stroke {
            Stroke::Down => Some("למטה"),
            Stroke::Up => Some("למעלה"),
            Stroke::Muted => Some("חנוק"),
            Stroke::Pass => None,
        };
        let beats = self.slots.chunks(2).map(|beat| {
            let words: Vec<&str> = beat.iter().filter_map(word).collect();
            words.join("-")
        });
        let beats: Vec<String> = beats.filter(|beat| !beat.is_empty()).collect();
        if beats.is_empty() { "שקט".to_owned() } else { beats.join(", ") }
    }

    /// Strokes without passes between them, spread as a swinging hand plays them: `DDUUDU` is
    /// `D-DU-UDU`.
    fn swung(strokes: &[Stroke]) -> Vec<Stroke> {
        let mut slots = Vec::new();
        for stroke in strokes {
            let down_next = slots.len() % 2 == 0;
            let wrong = match stroke {
                Stroke::Down => !down_next,
                Stroke::Up => down_next,
                Stroke::Pass | Stroke::Muted => false,
            };
            if wrong {
                slots.push(Stroke::Pass);
            }
            slots.push(*stroke);
        }
        if slots.len() % 2 == 1 {
            slots.push(Stroke::Pass);
        }
        slots
    }
}

impl fmt::Display for StrumPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for stroke in &self.slots {
            f.write_str(match stroke {
                Stroke::Down => "D",
                Stroke::Up => "U",
                Stroke::Pass => "-",
                Stroke::Muted => "x",
            })?;
        }
        Ok(())
    }
}

impl FromStr for StrumPattern {
    type Err = TheoryError;

    /// `D-DU-UDU`, a slot a sign: `D` `↓` down, `U` `↑` up, `-` `_` `.` a pass, `x` damped; `|` and,
    /// beside passes, spaces only separate. Without signs for passes, spaces are passes if the hand
    /// can swing so (`D DU UDU`); else passes are put in where the hand needs them (`DDUUDU`,
    /// «למטה למטה למעלה»). A bar of passes alone is silent.
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        let bad = || TheoryError::Strum(text.to_owned());
        let words = hebrew::plain(text).replace("למטה", "D").replace("למעלה", "U");
        let signs = words.replace([',', '|'], " ");
        let literal = |spaces_pass: bool| -> Result<Vec<Stroke>, TheoryError> {
            let signs = signs.trim().chars().filter(|sign| spaces_pass || *sign != ' ');
            signs.map(|sign| stroke(sign).ok_or_else(bad)).collect()
        };
        let close = literal(false)?;
        if close.is_empty() || close.len() > LONGEST {
            return Err(bad());
        }
        if close.contains(&Stroke::Pass) {
            return Ok(Self { slots: close });
        }
        let spaced = Self { slots: literal(true)? };
        let hebrew = words != hebrew::plain(text);
        if !hebrew && spaced.swings() && spaced.slots.len().is_multiple_of(2) {
            return Ok(spaced);
        }
        Ok(Self { slots: Self::swung(&close) })
    }
}

/// What a sign says.
pub(crate) fn stroke(sign: char) -> Option<Stroke> {
    Some(match sign {
        'D' | 'd' | '↓' | 'v' => Stroke::Down,
        'U' | 'u' | '↑' | '^' => Stroke::Up,
        '-' | '_' | '.' | '·' | '–' | ' ' => Stroke::Pass,
        'x' | 'X' => Stroke::Muted,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        text.parse::<StrumPattern>().unwrap().to_string()
    }

    #[test]
    fn read_as_meant() {
        for (text, slots) in [
            ("D-DU-UDU", "D-DU-UDU"),
            ("D DU UDU", "D-DU-UDU"),
            ("DDUUDU", "D-DU-UDU"),
            ("D D U U D U", "D-DU-UDU"),
            ("↓ ↓↑ ↑↓↑", "D-DU-UDU"),
            ("למטה למטה למעלה למעלה למטה למעלה", "D-DU-UDU"),
            ("למטה, למטה", "D-D-"),
            ("DUDU", "DUDU"),
            ("DDDD", "D-D-D-D-"),
            ("D--DU- | D--DU-", "D--DU-D--DU-"),
            ("----", "----"),
            ("D-x-", "D-x-"),
        ] {
            assert_eq!(written(text), slots, "{text}");
            assert_eq!(written(slots), slots);
        }
        for text in ["", "DZ", "  ", &"D".repeat(65)] {
            assert!(text.parse::<StrumPattern>().is_err(), "{text}");
        }
    }

    #[test]
    fn bars_and_swing() {
        let island: StrumPattern = "D-DU-UDU".parse().unwrap();
        assert!(island.swings() && island.fits(Meter::COMMON));
        assert_eq!(island.syncopations(), 1);
        assert_eq!(island.strokes().count(), 6);
        assert_eq!(island.hebrew(), "למטה, למטה-למעלה, למעלה, למטה-למעלה");
        let silent = StrumPattern::silent(Meter::COMMON);
        assert!(silent.is_silent() && silent.fits(Meter::COMMON));
        assert_eq!(island.then(&silent).slots().len(), 16);
        let waltz: StrumPattern = "D-DUDU".parse().unwrap();
        assert!(waltz.fits("3/4".parse().unwrap()) && !waltz.fits(Meter::COMMON));
    }
}
