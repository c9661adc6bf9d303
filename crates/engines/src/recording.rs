//! Recordings as an [`AudioSource`]: wav, flac, ogg (vorbis) and mp3, mixed to mono, decoded as
//! they are read. No resampling (the ears do that) and no playing aloud.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use audio::{AudioChunk, RATES};
use pipeline::SystemClock;
use pipeline::ports::{AudioSource, Capture, Clock, PortError};
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as DecodeError;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;

/// An ogg page: its mark, the least its header takes and the most it can take whole (RFC 3533).
const OGG: &[u8; 4] = b"OggS";
const OGG_HEADER: usize = 27;
const OGG_LONGEST: u64 = 65_307;
/// Flag of the last page of a stream.
const OGG_LAST: u8 = 4;

/// A recording that is read as fast as it is asked for.
pub struct Recording {
    name: String,
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    rate: u32,
    promised: Option<u64>,
    frames: u64,
    interleaved: Vec<f32>,
}

impl Recording {
    /// Opens a recording and reads its header.
    ///
    /// # Errors
    /// [`PortError::Missing`] when there is no such file, [`PortError::Damaged`] when it is empty
    /// or broken (an ogg file also when it is cut short), [`PortError::Refused`] when it is of another kind.
    pub fn open(path: &Path) -> Result<Self, PortError> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let damaged = |why: &str| PortError::Damaged { what: name.clone(), why: why.to_owned() };
        let foreign = |why: &str| PortError::Refused { what: name.clone(), why: why.to_owned() };
        let mut file = File::open(path).map_err(|_| PortError::Missing { what: name.clone() })?;
        match file.metadata() {
            Ok(meta) if meta.is_dir() => return Err(foreign("it is a folder")),
            Ok(meta) if meta.len() == 0 => return Err(damaged("it is empty")),
            _ => {}
        }
        // Unlike the others, an ogg header promises no length.
        if ogg_cut_short(&mut file).map_err(|_| damaged("it cannot be read"))? {
            return Err(damaged("it is cut short"));
        }
        let mut hint = Hint::new();
        if let Some(extension) = path.extension().and_then(|e| e.to_str()) {
            hint.with_extension(extension);
        }
        let stream = MediaSourceStream::new(Box::new(file), Default::default());
        let format = symphonia::default::get_probe()
            .probe(&hint, stream, Default::default(), Default::default())
            .map_err(|_| foreign("it is not a wav, flac, ogg or mp3 recording"))?;
        let track = format.default_track(TrackType::Audio).ok_or_else(|| damaged("no sound"))?;
        let params = track
            .codec_params
            .as_ref()
            .and_then(|params| params.audio())
            .ok_or_else(|| damaged("no sound"))?;
        let rate = params.sample_rate.ok_or_else(|| damaged("no sample rate"))?;
        if !RATES.contains(&rate) {
            return Err(foreign("its sample rate lies outside 4–192 kHz"));
        }
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(params, &AudioDecoderOptions::default())
            .map_err(|_| foreign("its codec is not supported"))?;
        let (track, promised) = (track.id, track.num_frames);
        Ok(Self {
            name,
            format,
            decoder,
            track,
            rate,
            promised,
            frames: 0,
            interleaved: Vec::new(),
        })
    }

    fn at(&self) -> Duration {
        Duration::from_nanos(self.frames * 1_000_000_000 / u64::from(self.rate))
    }

    fn damaged(&self, why: &str) -> PortError {
        PortError::Damaged { what: self.name.clone(), why: why.to_owned() }
    }

    fn ended(&self) -> Result<Capture, PortError> {
        // Headers of streamed files may promise nothing; a codec's padding is far below 0.1 s.
        let slack = u64::from(self.rate) / 10;
        match self.promised {
            Some(promised) if self.frames + slack < promised => {
                Err(self.damaged("it is cut short"))
            }
            _ if self.frames == 0 => Err(self.damaged("it holds no sound")),
            _ => Ok(Capture::Ended),
        }
    }
}

impl AudioSource for Recording {
    fn read(&mut self, _wait: Duration) -> Result<Capture, PortError> {
        loop {
            let packet = match self.format.next_packet() {
                Ok(Some(packet)) => packet,
                Ok(None) => return self.ended(),
                Err(DecodeError::IoError(e)) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
                    return self.ended();
                }
                Err(_) => return Err(self.damaged("it breaks off in the middle")),
            };
            if packet.track_id != self.track {
                continue;
            }
            let at = self.at();
            let decoded = match self.decoder.decode(&packet) {
                Ok(decoded) => decoded,
                // One bad packet is a gap, not the end; what is missing shows in `ended`.
                Err(DecodeError::DecodeError(_) | DecodeError::IoError(_)) => continue,
                Err(_) => return Err(self.damaged("it breaks off in the middle")),
            };
            let channels = decoded.num_planes().max(1);
            if decoded.frames() == 0 {
                continue;
            }
            decoded.copy_to_vec_interleaved(&mut self.interleaved);
            let samples = mono(&self.interleaved, channels);
            self.frames += samples.len() as u64;
            return Ok(Capture::Chunk(AudioChunk { at, rate: self.rate, samples }));
        }
    }
}

/// Whether this is an ogg file whose last page is not whole, or not flagged as the last. Leaves
/// the file at its beginning.
fn ogg_cut_short(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let mut mark = Vec::new();
    file.by_ref().take(OGG.len() as u64).read_to_end(&mut mark)?;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(2 * OGG_LONGEST)))?;
    let mut tail = Vec::new();
    if mark == OGG {
        file.by_ref().take(2 * OGG_LONGEST).read_to_end(&mut tail)?;
    }
    file.rewind()?;
    Ok(mark == OGG && !ends_with_last_page(&tail))
}

fn ends_with_last_page(tail: &[u8]) -> bool {
    let Some(at) = tail.windows(OGG.len()).rposition(|four| four == OGG) else { return false };
    let page = &tail[at..];
    let (Some(flags), Some(segments)) = (page.get(5), page.get(OGG_HEADER - 1)) else {
        return false;
    };
    let segments = usize::from(*segments);
    let Some(sizes) = page.get(OGG_HEADER..OGG_HEADER + segments) else { return false };
    let body: usize = sizes.iter().map(|size| usize::from(*size)).sum();
    flags & OGG_LAST != 0 && page.len() >= OGG_HEADER + segments + body
}

/// The mean of `channels` interleaved channels.
pub(crate) fn mono(interleaved: &[f32], channels: usize) -> Vec<f32> {
    let scale = 1.0 / channels as f32;
    interleaved.chunks_exact(channels).map(|frame| frame.iter().sum::<f32>() * scale).collect()
}

/// A source played at the pace of a clock, so that a recording can stand in for a microphone. The
/// clock begins with the first read: session time is input time.
pub struct Paced<S> {
    source: S,
    clock: Arc<SystemClock>,
}

impl<S: AudioSource> Paced<S> {
    /// Paces `source` by a clock that waits for it.
    pub fn new(source: S, clock: Arc<SystemClock>) -> Self {
        Self { source, clock }
    }
}

impl<S: AudioSource> AudioSource for Paced<S> {
    fn read(&mut self, wait: Duration) -> Result<Capture, PortError> {
        self.clock.begin();
        let capture = self.source.read(wait)?;
        if let Capture::Chunk(chunk) = &capture {
            let length = chunk.samples.len() as f64 / f64::from(chunk.rate);
            let due = chunk.at + Duration::from_secs_f64(length);
            thread::sleep(due.saturating_sub(self.clock.now()));
        }
        Ok(capture)
    }
}
