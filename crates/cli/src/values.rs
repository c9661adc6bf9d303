//! What options take, and what is said where a value is none of it. Meaning beyond the value alone
//! (is there such a song?) is the commands' work.

use std::ops::RangeInclusive;

use host::REFERENCES;
use theory::StringNumber;
use tutor::ErrorCode;

/// A value that an option does not take: which sentence tells it, and what may stand there.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{allowed} is wanted")]
pub(crate) struct Unfit {
    pub(crate) code: ErrorCode,
    pub(crate) allowed: String,
}

impl Unfit {
    fn outside(code: ErrorCode, least: impl ToString, most: impl ToString) -> Self {
        Self { code, allowed: format!("{}–{}", least.to_string(), most.to_string()) }
    }
}

/// A whole number within a range.
pub(crate) fn whole<T>(
    range: RangeInclusive<u64>,
) -> impl Fn(&str) -> Result<T, Unfit> + Clone + Send + Sync + 'static
where
    T: TryFrom<u64> + Send + Sync + Clone + 'static,
{
    move |text| {
        let number = text.parse().ok().filter(|number| range.contains(number));
        let unfit = || Unfit::outside(ErrorCode::ValueUnknown, range.start(), range.end());
        number.and_then(|number| T::try_from(number).ok()).ok_or_else(unfit)
    }
}

/// Beats a minute of a recording.
pub(crate) fn beats_a_minute(text: &str) -> Result<f64, Unfit> {
    number(text, &(20.0..=400.0), ErrorCode::ValueUnknown)
}

/// A moment of a recording, in seconds.
pub(crate) fn seconds_of_input(text: &str) -> Result<f64, Unfit> {
    number(text, &(0.0..=1e6), ErrorCode::ValueUnknown)
}

/// A reference A4 in Hz.
pub(crate) fn reference(text: &str) -> Result<f32, Unfit> {
    number(text, &REFERENCES, ErrorCode::ReferenceUnknown)
}

/// A string, 1 (thin) to 6 (thick).
pub(crate) fn string(text: &str) -> Result<StringNumber, Unfit> {
    let string = text.parse().ok().and_then(|number| StringNumber::new(number).ok());
    string.ok_or_else(|| Unfit::outside(ErrorCode::StringUnknown, 1, 6))
}

fn number<T>(text: &str, range: &RangeInclusive<T>, code: ErrorCode) -> Result<T, Unfit>
where
    T: std::str::FromStr + PartialOrd + ToString,
{
    let number = text.parse::<T>().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| Unfit::outside(code, range.start().to_string(), range.end().to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    #[test]
    fn what_is_out_of_range_or_no_number_is_told_with_the_range() {
        let bars = whole::<u32>(1..=64);
        assert_eq!(bars("8").unwrap(), 8);
        for wrong in ["0", "65", "-1", "1.5", "many", "", "99999999999999999999999"] {
            assert_eq!(bars(wrong).unwrap_err().allowed, "1–64", "{wrong}");
        }
        for wrong in ["NaN", "inf", "19", "quick"] {
            assert_eq!(beats_a_minute(wrong).unwrap_err().allowed, "20–400", "{wrong}");
        }
        assert_eq!(reference("600").unwrap_err().allowed, "430–446");
        assert_eq!(string("7").unwrap_err().code, ErrorCode::StringUnknown);
    }
}
