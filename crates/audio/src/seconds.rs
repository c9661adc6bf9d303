use std::time::Duration;

use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// Rounded to microseconds, so that a recording of observations stays readable.
///
/// # Errors
/// Only those of the serializer.
pub fn serialize<S: Serializer>(at: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(at.as_micros() as f64 / 1e6)
}

/// # Errors
/// Negative, infinite or absurdly large numbers of seconds.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let seconds = f64::deserialize(deserializer)?;
    if !(0.0..1e9).contains(&seconds) {
        return Err(D::Error::custom(format!("{seconds} is not a time in seconds")));
    }
    Ok(Duration::from_micros((seconds * 1e6).round() as u64))
}
