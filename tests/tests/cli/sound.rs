//! Sound for the commands: the bundled recording and what is made of it.

use std::fs;

use prita_tests::command::demo;

pub(crate) const RATE: u32 = 22_050;

/// 16 bit PCM, `channels` interleaved.
pub(crate) fn wav(samples: &[f32], rate: u32, channels: u16) -> Vec<u8> {
    let data: Vec<u8> =
        samples.iter().flat_map(|s| ((s * 32_767.0) as i16).to_le_bytes()).collect();
    let mut file = b"RIFF".to_vec();
    file.extend((36 + data.len() as u32).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16u32.to_le_bytes());
    file.extend(1u16.to_le_bytes());
    file.extend(channels.to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend((rate * 2 * u32::from(channels)).to_le_bytes());
    file.extend((2 * channels).to_le_bytes());
    file.extend(16u16.to_le_bytes());
    file.extend(b"data");
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(data);
    file
}

/// Reproducible white noise, −1…1.
pub(crate) fn noise(samples: usize) -> Vec<f32> {
    let mut state = 0x2545_f491_u32;
    (0..samples)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as f32 / u32::MAX as f32 * 2.0 - 1.0
        })
        .collect()
}

pub(crate) fn demo_samples() -> Vec<f32> {
    let bytes = fs::read(demo()).unwrap();
    bytes[44..]
        .chunks_exact(2)
        .map(|b| f32::from(i16::from_le_bytes([b[0], b[1]])) / 32_768.0)
        .collect()
}
