//! Renders the bundled demo: `cargo run -p audio --example render_strum -- OUT.wav`.
//!
//! E minor (022000) strummed three times, string 3 dead each time (a damped thump), 44.1 kHz
//! 16 bit mono, 8 s, quiet room. The same bytes every time.

use std::io::Write;

#[path = "../tests/support/guitar.rs"]
mod guitar;
use guitar::{Guitar, Pluck, ringing};

const RATE: u32 = 44_100;
const SECONDS: f32 = 8.0;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).ok_or_else(|| {
        std::io::Error::new(std::io::ErrorKind::InvalidInput, "usage: render_strum OUT.wav")
    })?;
    std::fs::File::create(path)?.write_all(&wav(&demo()))
}

fn demo() -> Vec<f32> {
    let frets = [Some(0), Some(2), Some(2), Some(0), Some(0), Some(0)];
    let mut strings = ringing(frets);
    strings[3] = Pluck::Dead(55);
    let mut sound = vec![0.0; (SECONDS * RATE as f32) as usize];
    let mut guitar = Guitar::new(RATE, 3);
    for (at, gap) in [(0.8, 0.014), (3.2, 0.018), (5.6, 0.012)] {
        let mut strum = vec![0.0; sound.len()];
        guitar.strum(&mut strum, at, gap, &strings, 0.5);
        guitar.damp(&mut strum, at + 2.2);
        sound.iter_mut().zip(&strum).for_each(|(sum, sample)| *sum += sample);
    }
    guitar.room(&mut sound, 0.0004);
    let peak = sound.iter().fold(0f32, |peak, sample| peak.max(sample.abs()));
    sound.iter().map(|sample| sample * 0.6 / peak).collect()
}

fn wav(samples: &[f32]) -> Vec<u8> {
    let bytes = samples.len() as u32 * 2;
    let mut out = Vec::with_capacity(44 + bytes as usize);
    out.extend(b"RIFF");
    out.extend((36 + bytes).to_le_bytes());
    out.extend(b"WAVEfmt ");
    out.extend(16u32.to_le_bytes());
    out.extend(1u16.to_le_bytes());
    out.extend(1u16.to_le_bytes());
    out.extend(RATE.to_le_bytes());
    out.extend((RATE * 2).to_le_bytes());
    out.extend(2u16.to_le_bytes());
    out.extend(16u16.to_le_bytes());
    out.extend(b"data");
    out.extend(bytes.to_le_bytes());
    for sample in samples {
        out.extend(((sample.clamp(-1.0, 1.0) * 32767.0).round() as i16).to_le_bytes());
    }
    out
}
