//! Values that travel as their own text: what `Display` writes, `FromStr` reads, serde carries.

/// Gives a type with `Display` and `FromStr` the conversions that
/// `#[serde(try_from = "String", into = "String")]` asks for.
macro_rules! as_text {
    ($($value:ty),+) => {
        $(
            impl From<$value> for String {
                fn from(value: $value) -> Self {
                    value.to_string()
                }
            }

            impl TryFrom<String> for $value {
                type Error = crate::TheoryError;
                fn try_from(text: String) -> Result<Self, crate::TheoryError> {
                    text.parse()
                }
            }
        )+
    };
}

as_text!(
    crate::Chord,
    crate::ChordSymbol,
    crate::Interval,
    crate::Key,
    crate::Meter,
    crate::Note,
    crate::Roman,
    crate::Scale,
    crate::StrumPattern,
    crate::Voicing
);
