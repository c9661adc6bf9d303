use std::str::FromStr;

use audio::Target;
use theory::{Chord, TheoryError, Tuning, Voicing, name_of, usual_voicings, usual_voicings_in};
use tutor::Lesson;

/// What the student is asked to play: a chord in any usual voicing, or one voicing strictly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The chord; none for a voicing that is no chord we can name.
    pub chord: Option<Chord>,
    /// What the ears aim at.
    pub target: Target,
}

impl Asked {
    /// A chord in any of its usual voicings, the open one preferred.
    #[must_use]
    pub fn chord(chord: Chord) -> Self {
        Self { chord: Some(chord), target: Target { voicings: usual_voicings(chord) } }
    }

    /// What a lesson on a guitar in `tuning` asks: a voicing is called by what it sounds there, of a
    /// chord those voicings are left that make it there; none, where it cannot be taught.
    ///
    /// # Errors
    /// Neither a chord name nor a voicing.
    pub fn in_tuning(text: &str, tuning: &Tuning) -> Result<Self, TheoryError> {
        let asked: Self = text.parse()?;
        Ok(match (asked.chord, asked.target.voicings.as_slice()) {
            (_, [only]) if text.parse::<Voicing>().is_ok() => {
                let shifted = tuning.shift().is_some();
                let chord = if shifted { asked.chord } else { name_of(only, tuning) };
                Self { chord, ..asked }
            }
            (Some(chord), _) => Self { target: target_in(chord, tuning), ..asked },
            _ => asked,
        })
    }
}

/// What the ears of a lesson aim at for a chord: nothing where the tuning does not let it be taught.
#[must_use]
pub(crate) fn target_in(chord: Chord, tuning: &Tuning) -> Target {
    let holds = Lesson { tuning: *tuning, ..Lesson::new(chord) }.holds();
    Target { voicings: if holds { usual_voicings_in(chord, tuning) } else { Vec::new() } }
}

impl FromStr for Asked {
    type Err = TheoryError;

    /// A chord name, or a voicing from string 6 to string 1.
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        match text.parse::<Voicing>() {
            Ok(voicing) => Ok(Self {
                chord: name_of(&voicing, &Tuning::STANDARD),
                target: Target { voicings: vec![voicing] },
            }),
            Err(_) => text.parse().map(Self::chord),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voicing_is_strict_and_a_name_is_not() {
        let voicing: Asked = "022000".parse().unwrap();
        assert_eq!(voicing.target.voicings.len(), 1);
        assert_eq!(voicing.chord.map(|c| c.to_string()).as_deref(), Some("E:min"));
        let name: Asked = "מי מינור".parse().unwrap();
        assert_eq!(name.chord, voicing.chord);
        assert_eq!(name.target.voicings[0].to_string(), "022000");
        assert!(name.target.voicings.len() > 1);
        assert!("Xyz".parse::<Asked>().is_err());
    }

    #[test]
    fn a_lesson_asks_what_the_guitar_can_give() {
        let asked = |text: &str, tuning: &str| {
            let asked = Asked::in_tuning(text, &tuning.parse().unwrap()).unwrap();
            (asked.chord.map(|chord| chord.name()), asked.target.voicings.len())
        };
        let name = |name: &str| Some(name.to_owned());
        assert_eq!(asked("Em", "dadgad"), (name("Em"), 0));
        assert_eq!(asked("Em", "drop-d"), (name("Em"), 0));
        assert_eq!(asked("Am", "drop-d").0, name("Am"));
        assert_eq!(Asked::in_tuning("Em", &Tuning::STANDARD), "Em".parse());
        // A half step down the shapes keep their names; in open G the open strings are G.
        assert_eq!(asked("022000", "half-step-down"), (name("Em"), 1));
        assert_eq!(asked("000000", "open-g"), (name("G"), 1));
        assert!(Asked::in_tuning("Xyz", &Tuning::STANDARD).is_err());
    }
}
