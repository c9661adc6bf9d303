//! RIFF/WAVE files, 16 bit mono. Writing alone: [`crate::recording`] reads.

/// The file of `samples` (−1…1, clamped) at `rate` samples per second.
#[must_use]
pub fn wave(samples: &[f32], rate: u32) -> Vec<u8> {
    let data: Vec<u8> = samples
        .iter()
        .flat_map(|s| ((s.clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes())
        .collect();
    let size = data.len() as u32;
    let mut wav = Vec::with_capacity(44 + data.len());
    wav.extend_from_slice(b"RIFF");
    wav.extend_from_slice(&(36 + size).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt ");
    for field in [16u32, 1 | 1 << 16, rate, rate * 2, 2 | 16 << 16] {
        wav.extend_from_slice(&field.to_le_bytes());
    }
    wav.extend_from_slice(b"data");
    wav.extend_from_slice(&size.to_le_bytes());
    wav.extend_from_slice(&data);
    wav
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_says_what_follows() {
        let file = wave(&[0.0, 1.0, -1.0], 22_050);
        assert_eq!(file.len(), 44 + 6);
        assert_eq!(&file[20..24], &[1, 0, 1, 0], "PCM, one channel");
        assert_eq!(&file[32..36], &[2, 0, 16, 0], "two bytes a frame, 16 bit");
        assert_eq!(&file[44..], &[0, 0, 0xFF, 0x7F, 1, 0x80]);
    }
}
