//! Strings by number.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::TheoryError;

/// A string of the guitar: 1 is the thin high E, 6 the thick low E.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct StringNumber(u8);

impl StringNumber {
    /// From the thick string 6 to the thin string 1, the order in which voicings are written.
    pub const THICK_TO_THIN: [Self; 6] = [Self(6), Self(5), Self(4), Self(3), Self(2), Self(1)];

    /// # Errors
    /// [`TheoryError::String`] outside 1–6.
    pub fn new(number: u8) -> Result<Self, TheoryError> {
        if (1..=6).contains(&number) { Ok(Self(number)) } else { Err(TheoryError::String(number)) }
    }

    /// 1 (thin) to 6 (thick).
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }

    /// Place in arrays that run from string 6 (index 0) to string 1 (index 5).
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(6 - self.0)
    }

    /// The string at `index` of an array that runs from string 6 to string 1, if there is one.
    #[must_use]
    pub fn at_index(index: usize) -> Option<Self> {
        Self::THICK_TO_THIN.get(index).copied()
    }
}

impl TryFrom<u8> for StringNumber {
    type Error = TheoryError;
    fn try_from(number: u8) -> Result<Self, TheoryError> {
        Self::new(number)
    }
}

impl From<StringNumber> for u8 {
    fn from(string: StringNumber) -> u8 {
        string.0
    }
}

impl fmt::Display for StringNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
