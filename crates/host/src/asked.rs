use std::str::FromStr;

use audio::Target;
use theory::{Chord, TheoryError, Tuning, Voicing, chord_of, usual_voicings};

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
        Self { chord: Some(chord), target: target_of(chord) }
    }
}

/// What the ears aim at for a chord.
#[must_use]
pub(crate) fn target_of(chord: Chord) -> Target {
    Target { voicings: usual_voicings(chord) }
}

impl FromStr for Asked {
    type Err = TheoryError;

    /// A chord name, or a voicing from string 6 to string 1.
    fn from_str(text: &str) -> Result<Self, TheoryError> {
        match text.parse::<Voicing>() {
            Ok(voicing) => Ok(Self {
                chord: chord_of(&voicing, &Tuning::STANDARD),
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
}
