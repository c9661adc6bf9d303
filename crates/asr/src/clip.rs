//! Makes any clip safe for whisper.cpp, or refuses it.

use std::borrow::Cow;

use protocol::{Refusal, RefusalCode};

/// Samples per second.
const RATE: usize = 16_000;

/// whisper.cpp reads out of bounds on clips shorter than a second.
const SHORTEST: usize = RATE;

/// Longer speech than this is no utterance.
const LONGEST: usize = 120 * RATE;

/// Samples per encoder frame (20 ms).
const FRAME: usize = 320;

/// Encoder frames below which large models begin to invent words.
const LEAST_CONTEXT: usize = 512;

/// Silence that the encoder wants to see after the last word, in frames.
const TAIL: usize = 50;

/// Pads short clips; refuses empty, overlong and non-finite ones; clips to −1…1.
pub(crate) fn prepared(samples: &[f32]) -> Result<Cow<'_, [f32]>, Refusal> {
    if samples.is_empty() {
        return Err(Refusal::new(RefusalCode::BadInput, "the clip is empty"));
    }
    if samples.len() > LONGEST {
        return Err(Refusal::new(RefusalCode::TooLong, "the clip is longer than two minutes"));
    }
    if samples.iter().any(|sample| !sample.is_finite()) {
        return Err(Refusal::new(
            RefusalCode::BadInput,
            "the clip holds samples that are no numbers",
        ));
    }
    let loud = samples.iter().any(|sample| sample.abs() > 1.0);
    if samples.len() >= SHORTEST && !loud {
        return Ok(Cow::Borrowed(samples));
    }
    let mut clip: Vec<f32> = samples.iter().map(|sample| sample.clamp(-1.0, 1.0)).collect();
    clip.resize(clip.len().max(SHORTEST), 0.0);
    Ok(Cow::Owned(clip))
}

/// How many encoder frames a clip needs; 0 (all) for clips of several windows.
pub(crate) fn encoder_frames(samples: usize, model: usize) -> usize {
    let needed = samples.div_ceil(FRAME) + TAIL;
    let frames = needed.max(LEAST_CONTEXT).next_multiple_of(64);
    if frames >= model { 0 } else { frames }
}

#[cfg(test)]
mod tests {
    use super::{encoder_frames, prepared};

    #[test]
    fn odd_clips() {
        prepared(&[]).unwrap_err();
        prepared(&[0.0, f32::NAN]).unwrap_err();
        prepared(&[f32::INFINITY; 16_000]).unwrap_err();
        prepared(&vec![0.0; 16_000 * 121]).unwrap_err();
        assert_eq!(prepared(&[2.0]).unwrap().len(), 16_000);
        assert_eq!(prepared(&[2.0]).unwrap()[0].to_bits(), 1.0_f32.to_bits());
        assert_eq!(prepared(&vec![0.1; 20_000]).unwrap().len(), 20_000);
    }

    #[test]
    fn context_follows_the_clip() {
        assert_eq!(encoder_frames(16_000, 1500), 512);
        assert_eq!(encoder_frames(16_000 * 15, 1500), 832);
        assert_eq!(encoder_frames(16_000 * 30, 1500), 0);
        assert_eq!(encoder_frames(16_000 * 60, 1500), 0);
    }
}
