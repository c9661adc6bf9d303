//! What cannot be read, in words.

use thiserror::Error;

/// A name or number that music does not know.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TheoryError {
    /// Not a chord name in any of the accepted spellings.
    #[error("`{0}` is not a chord name; try Em, G, A7, F#m, E:min or «מי מינור»")]
    Chord(String),
    /// Not a voicing from string 6 to string 1.
    #[error("`{0}` is not a voicing; write six frets from the thick string, like 022000 or x02210")]
    Voicing(String),
    /// Not a tuning preset or six notes.
    #[error("`{0}` is not a tuning; try standard, drop-d or six notes like `D2 A2 D3 G3 B3 E4`")]
    Tuning(String),
    /// Not a note name with octave.
    #[error("`{0}` is not a note; write a letter, an optional # or b, and an octave, like F#3")]
    Note(String),
    /// Not an interval.
    #[error("`{0}` is not an interval; try m3, P5, A4 or -M2")]
    Interval(String),
    /// Not a scale.
    #[error("`{0}` is not a scale; try `C major`, `A minor pentatonic` or «לה מינור הרמוני»")]
    Scale(String),
    /// Not a key.
    #[error("`{0}` is not a key; try G, Em, `Bb major` or «סול מז'ור»")]
    Key(String),
    /// Not a Roman numeral of a chord.
    #[error("`{0}` is not a Roman numeral; try I, vi, V7, bVII or V7/V")]
    Roman(String),
    /// Not a metre.
    #[error("`{0}` is not a metre; try 4/4, 3/4 or 6/8")]
    Meter(String),
    /// Not a strum pattern.
    #[error("`{0}` is not a strum pattern; write D and U for strokes and - for a pass in the air")]
    Strum(String),
    /// Not a guitar string.
    #[error("string {0} does not exist; strings go from 1 (thin) to 6 (thick)")]
    String(u8),
}
