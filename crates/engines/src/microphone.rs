//! The microphone as an [`AudioSource`], through cpal.
//!
//! What the audio callback does lies in [`crate::capture`]. A device that is taken away is reported once per read and reopened by
//! itself when it comes back. Nothing is recorded.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use audio::AudioChunk;
use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{ErrorKind, FromSample, SampleFormat, SizedSample};
use pipeline::ports::{AudioSource, Capture, Clock, PortError};

use crate::capture::{Intake, Overruns};

/// Ring capacity. On overflow the newest samples are dropped and counted: the listener has
/// stalled for two seconds, and what it has not read yet is older and already timed.
const RING_SECONDS: usize = 2;
const LONGEST_CHUNK: Duration = Duration::from_millis(20);
const POLL: Duration = Duration::from_millis(4);
const REOPEN_EVERY: Duration = Duration::from_millis(1_000);
/// Beyond this the count of samples and the clock are brought together again.
const DRIFT: Duration = Duration::from_millis(100);
/// A running device that delivers nothing for so long is gone, whatever its driver says.
const STALLED: Duration = Duration::from_millis(2_500);

/// An input device as the student may choose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputDevice {
    /// Stable id for [`Microphone::new`].
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Whether it is the system's choice.
    pub is_default: bool,
}

/// Every input device; empty when there is none or the sound system is broken.
#[must_use]
pub fn input_devices() -> Vec<InputDevice> {
    let Some(host) = host() else { return Vec::new() };
    let default = host.default_input_device().and_then(|d| d.id().ok()).map(|id| id.to_string());
    let Ok(devices) = host.input_devices() else { return Vec::new() };
    devices
        .filter_map(|device| {
            let id = device.id().ok().map(|id| id.to_string()).filter(|id| is_microphone(id))?;
            let name = device.description().ok()?.name().to_owned();
            Some(InputDevice { is_default: default.as_ref() == Some(&id), id, name })
        })
        .collect()
}

/// ALSA lists its converters (`alsa:null`, `alsa:speexrate` …) and each card a dozen times; a
/// student should see the sound servers and each card once.
fn is_microphone(id: &str) -> bool {
    match id.strip_prefix("alsa:") {
        Some(pcm) => {
            ["default", "pulse", "pipewire"].contains(&pcm) || pcm.starts_with("sysdefault:")
        }
        None => true,
    }
}

/// cpal panics on some broken ALSA set-ups; that is a missing microphone, not a crash.
pub(crate) fn host() -> Option<cpal::Host> {
    #[cfg(target_os = "linux")]
    quieten();
    std::panic::catch_unwind(cpal::default_host).ok()
}

/// ALSA writes to standard error for every card that is not there; what it says of the calls of this
/// thread goes to a buffer instead. The errors themselves come back from the calls.
#[cfg(target_os = "linux")]
fn quieten() {
    if let Err(error) = alsa::Output::local_error_handler() {
        tracing::debug!(%error, "ALSA stays loud");
    }
}

/// Whether a stream goes on after such an error.
pub(crate) fn is_harmless(error: &cpal::Error) -> bool {
    matches!(error.kind(), ErrorKind::DeviceChanged | ErrorKind::Xrun | ErrorKind::RealtimeDenied)
}

/// A microphone that survives being unplugged.
pub struct Microphone {
    device: Option<String>,
    clock: Arc<dyn Clock>,
    stream: Option<Stream>,
    next_try: Option<Instant>,
    told: bool,
}

struct Stream {
    // Dropping it closes the device.
    _stream: cpal::Stream,
    samples: rtrb::Consumer<f32>,
    rate: u32,
    lost: Arc<AtomicBool>,
    overruns: Overruns,
    taken: u64,
    started: Duration,
    heard_last: Instant,
}

impl Microphone {
    /// A microphone by its id, or the system's choice. It is opened by the first read.
    #[must_use]
    pub fn new(device: Option<String>, clock: Arc<dyn Clock>) -> Self {
        Self { device, clock, stream: None, next_try: None, told: false }
    }

    fn missing(&self) -> PortError {
        let id = self.device.as_deref().map(|id| format!(" `{id}`")).unwrap_or_default();
        PortError::Missing { what: format!("microphone{id}") }
    }

    fn open(&mut self) -> Result<(), PortError> {
        let now = Instant::now();
        if self.next_try.is_some_and(|at| now < at) {
            return Err(self.missing());
        }
        self.next_try = Some(now + REOPEN_EVERY);
        let stream = Stream::open(self.device.as_deref(), self.clock.now()).map_err(|error| {
            // Tried again every second; said loudly once.
            if std::mem::replace(&mut self.told, true) {
                tracing::debug!(%error, "microphone cannot be opened");
            } else {
                tracing::warn!(%error, "microphone cannot be opened");
            }
            self.missing()
        })?;
        tracing::info!(rate = stream.rate, "microphone open");
        self.told = false;
        self.stream = Some(stream);
        Ok(())
    }
}

impl AudioSource for Microphone {
    fn read(&mut self, wait: Duration) -> Result<Capture, PortError> {
        if self.stream.is_none()
            && let Err(error) = self.open()
        {
            thread::sleep(wait);
            return Err(error);
        }
        let until = Instant::now() + wait;
        while let Some(stream) = &mut self.stream {
            if let Some(chunk) = stream.take(self.clock.now()) {
                return Ok(Capture::Chunk(chunk));
            }
            if stream.is_gone() {
                tracing::warn!("microphone lost");
                self.stream = None;
                break;
            }
            if Instant::now() >= until {
                return Ok(Capture::Idle);
            }
            thread::sleep(POLL);
        }
        Err(self.missing())
    }
}

impl Stream {
    fn open(device: Option<&str>, started: Duration) -> Result<Self, cpal::Error> {
        let gone = || cpal::Error::from(ErrorKind::DeviceNotAvailable);
        let host = host().ok_or_else(gone)?;
        let device = match device {
            Some(id) => id.parse().ok().and_then(|id| host.device_by_id(&id)),
            None => host.default_input_device(),
        }
        .ok_or_else(gone)?;
        let supported = device.default_input_config()?;
        let rate = supported.sample_rate();
        let capacity = rate as usize * RING_SECONDS;
        let (intake, samples) = Intake::new(usize::from(supported.channels()), capacity);
        let (lost, overruns) = (Arc::new(AtomicBool::new(false)), intake.overruns());
        let build = match supported.sample_format() {
            SampleFormat::F32 => build::<f32>,
            SampleFormat::I16 => build::<i16>,
            SampleFormat::I32 => build::<i32>,
            SampleFormat::U8 => build::<u8>,
            SampleFormat::U16 => build::<u16>,
            _ => return Err(ErrorKind::UnsupportedConfig.into()),
        };
        let stream = build(&device, supported.into(), intake, Arc::clone(&lost))?;
        stream.play()?;
        let heard_last = Instant::now();
        Ok(Self { _stream: stream, samples, rate, lost, overruns, taken: 0, started, heard_last })
    }

    fn take(&mut self, now: Duration) -> Option<AudioChunk> {
        let longest = (self.rate as f64 * LONGEST_CHUNK.as_secs_f64()) as usize;
        let ready = self.samples.slots().min(longest);
        if ready == 0 {
            return None;
        }
        let chunk = self.samples.read_chunk(ready).ok()?;
        let samples: Vec<f32> = chunk.into_iter().collect();
        // Counted in samples, so that time never jitters with scheduling; what an overrun dropped
        // moves it on, and so does a device that began late, stalled or drifts.
        let before = self.taken + self.overruns.count();
        self.taken += samples.len() as u64;
        self.heard_last = Instant::now();
        let seconds = |samples: u64| Duration::from_secs_f64(samples as f64 / f64::from(self.rate));
        let mut at = self.started + seconds(before);
        let waiting = seconds((samples.len() + self.samples.slots()) as u64);
        let captured = now.saturating_sub(waiting);
        if captured.abs_diff(at) > DRIFT {
            self.started = captured.saturating_sub(seconds(before));
            at = captured;
        }
        Some(AudioChunk { at, rate: self.rate, samples })
    }

    fn is_gone(&self) -> bool {
        self.lost.load(Ordering::Acquire) || self.heard_last.elapsed() > STALLED
    }
}

fn build<T>(
    device: &cpal::Device,
    config: cpal::StreamConfig,
    mut intake: Intake,
    lost: Arc<AtomicBool>,
) -> Result<cpal::Stream, cpal::Error>
where
    T: SizedSample,
    f32: FromSample<T>,
{
    device.build_input_stream(
        config,
        move |data: &[T], _: &cpal::InputCallbackInfo| intake.take(data),
        move |error| {
            if !is_harmless(&error) {
                lost.store(true, Ordering::Release);
            }
        },
        None,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converters_are_no_microphones() {
        for id in ["alsa:default", "alsa:sysdefault:CARD=PCH", "alsa:pulse", "coreaudio:Built-in"] {
            assert!(is_microphone(id), "{id}");
        }
        for id in ["alsa:null", "alsa:speexrate", "alsa:hw:CARD=PCH,DEV=0", "alsa:upmix"] {
            assert!(!is_microphone(id), "{id}");
        }
    }
}
