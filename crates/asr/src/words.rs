//! Reads text and confidence from a finished state.

use whisper_rs::{WhisperSegment, WhisperState};

/// Text of all segments, and the geometric mean of the probabilities of their words (0–1; 0 for
/// no words). Tokens at or above `first_special` are no words.
pub(crate) fn read(state: &WhisperState, first_special: i32) -> (String, f32) {
    let mut text = String::new();
    let (mut log, mut count) = (0.0_f32, 0_u16);
    for segment in state.as_iter() {
        if let Ok(words) = segment.to_str_lossy() {
            text.push_str(&words);
        }
        for probability in probabilities(&segment, first_special) {
            log += probability.max(f32::MIN_POSITIVE).ln();
            count = count.saturating_add(1);
        }
    }
    let confidence = if count == 0 { 0.0 } else { (log / f32::from(count)).exp() };
    let text = text.trim().to_owned();
    let confidence = if confidence.is_finite() && !text.is_empty() { confidence } else { 0.0 };
    (text, confidence.clamp(0.0, 1.0))
}

fn probabilities<'a>(
    segment: &'a WhisperSegment<'a>,
    first_special: i32,
) -> impl Iterator<Item = f32> + 'a {
    (0..segment.n_tokens())
        .filter_map(|index| segment.get_token(index))
        .filter(move |token| token.token_id() < first_special)
        .map(|token| token.token_probability())
}
