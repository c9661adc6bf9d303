//! The loudspeaker, through cpal. Plays one clip at a time and stops within one device buffer.
//! What to say and when belongs to the session.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{ErrorKind, FromSample, SampleFormat, SizedSample};
use pipeline::ports::{Loudspeaker, PortError, Speech};

use crate::microphone::{host, is_harmless};

const ASK_EVERY: Duration = Duration::from_millis(15);
/// Silence after a clip: a fifth of a second, longer than any device buffer we ask for.
const TAIL_PER_SECOND: usize = 5;
/// A device may start late; beyond this it is stuck.
const GRACE: Duration = Duration::from_secs(3);

/// What the callbacks tell.
#[derive(Default)]
struct Shared {
    done: AtomicBool,
    lost: AtomicBool,
}

/// The system's default output.
#[derive(Debug, Default)]
pub struct DefaultLoudspeaker;

impl Loudspeaker for DefaultLoudspeaker {
    /// A stream that breaks off is opened once more: sound servers drop one now and then.
    fn play(&mut self, speech: &Speech, stop: &dyn Fn() -> bool) -> Result<bool, PortError> {
        match self.once(speech, stop) {
            Err(PortError::Missing { .. }) if !stop() => self.once(speech, stop),
            played => played,
        }
    }
}

impl DefaultLoudspeaker {
    fn once(&self, speech: &Speech, stop: &dyn Fn() -> bool) -> Result<bool, PortError> {
        let missing = || PortError::Missing { what: "loudspeaker".to_owned() };
        let shared = Arc::new(Shared::default());
        let _stream = open(speech, &shared).map_err(|error| {
            tracing::warn!(%error, "loudspeaker cannot be opened");
            missing()
        })?;
        let length = speech.samples.len() as f64 / f64::from(speech.rate.max(1));
        let limit = Instant::now() + Duration::from_secs_f64(length) + GRACE;
        while !shared.done.load(Ordering::Acquire) {
            if shared.lost.load(Ordering::Acquire) {
                tracing::warn!("loudspeaker lost");
                return Err(missing());
            }
            if stop() {
                return Ok(false);
            }
            if Instant::now() > limit {
                let after = Duration::from_secs_f64(length) + GRACE;
                return Err(PortError::TimedOut { what: "loudspeaker".to_owned(), after });
            }
            thread::sleep(ASK_EVERY);
        }
        Ok(true)
    }
}

fn open(speech: &Speech, shared: &Arc<Shared>) -> Result<cpal::Stream, cpal::Error> {
    let gone = || cpal::Error::from(ErrorKind::DeviceNotAvailable);
    let device = host().and_then(|h| h.default_output_device()).ok_or_else(gone)?;
    let supported = device.default_output_config()?;
    let mut samples = at_rate(speech, supported.sample_rate());
    // The device still plays its last buffer when the last sample has been handed over.
    samples.resize(samples.len() + supported.sample_rate() as usize / TAIL_PER_SECOND, 0.0);
    let build = match supported.sample_format() {
        SampleFormat::F32 => build::<f32>,
        SampleFormat::I16 => build::<i16>,
        SampleFormat::I32 => build::<i32>,
        _ => return Err(ErrorKind::UnsupportedConfig.into()),
    };
    let stream = build(&device, supported.into(), samples, Arc::clone(shared))?;
    stream.play()?;
    Ok(stream)
}

fn build<T>(
    device: &cpal::Device,
    config: cpal::StreamConfig,
    samples: Vec<f32>,
    shared: Arc<Shared>,
) -> Result<cpal::Stream, cpal::Error>
where
    T: SizedSample + FromSample<f32>,
{
    let channels = usize::from(config.channels).max(1);
    let errors = Arc::clone(&shared);
    let mut next = samples.into_iter();
    device.build_output_stream(
        config,
        move |out: &mut [T], _: &cpal::OutputCallbackInfo| {
            for frame in out.chunks_mut(channels) {
                let sample = next.next().unwrap_or_else(|| {
                    shared.done.store(true, Ordering::Release);
                    0.0
                });
                frame.fill(T::from_sample(sample));
            }
        },
        move |error| {
            if !is_harmless(&error) {
                tracing::warn!(%error, "the loudspeaker's stream broke off");
                errors.lost.store(true, Ordering::Release);
            }
        },
        None,
    )
}

/// Linear interpolation: speech has little above a quarter of these rates, and it only has to be
/// understood.
fn at_rate(speech: &Speech, rate: u32) -> Vec<f32> {
    if speech.rate == rate || speech.samples.is_empty() {
        return speech.samples.clone();
    }
    let step = f64::from(speech.rate) / f64::from(rate);
    let length = (speech.samples.len() as f64 / step) as usize;
    (0..length)
        .map(|i| {
            let place = i as f64 * step;
            let (index, fraction) = (place as usize, place.fract() as f32);
            let here = speech.samples[index];
            let next = speech.samples.get(index + 1).copied().unwrap_or(here);
            here + (next - here) * fraction
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_keeps_its_length_in_seconds() {
        let speech = Speech { voice: String::new(), rate: 22_050, samples: vec![0.5; 22_050] };
        let resampled = at_rate(&speech, 48_000);
        assert!((resampled.len() as i64 - 48_000).abs() <= 1);
        assert!(resampled.iter().all(|s| (s - 0.5).abs() < 1e-6));
    }
}
