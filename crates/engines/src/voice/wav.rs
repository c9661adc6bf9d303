//! 16-bit PCM from the stream a synthesizer writes, and a common loudness.

/// Root mean square every sentence is brought to: about −20 dB below full scale, where the peaks
/// of speech (12–16 dB above) do not clip.
const LOUDNESS: f32 = 0.1;
/// No sample goes beyond this.
const CEILING: f32 = 0.9;

/// Rate and mono samples of a 16-bit PCM stream. A stream is written before its length is known,
/// so a data chunk that claims to be longer than the rest runs to the end. None if it is no such
/// stream, or holds no sample.
pub(super) fn read_wav(bytes: &[u8]) -> Option<(u32, Vec<f32>)> {
    if bytes.get(..4)? != b"RIFF" || bytes.get(8..12)? != b"WAVE" {
        return None;
    }
    let (mut channels, mut rate) = (0, 0);
    let mut rest = bytes.get(12..)?;
    loop {
        let (head, body) = rest.split_at_checked(8)?;
        let length = u32::from_le_bytes(head.get(4..8)?.try_into().ok()?) as usize;
        let chunk = &body[..length.min(body.len())];
        match head.get(..4)? {
            b"fmt " => (channels, rate) = format(chunk)?,
            b"data" => {
                let samples = mono(chunk, channels);
                return (rate > 0 && !samples.is_empty()).then_some((rate, samples));
            }
            _ => {}
        }
        rest = body.get(length + length % 2..)?;
    }
}

fn format(chunk: &[u8]) -> Option<(usize, u32)> {
    let two = |at: usize| Some(u16::from_le_bytes(chunk.get(at..at + 2)?.try_into().ok()?));
    let rate = u32::from_le_bytes(chunk.get(4..8)?.try_into().ok()?);
    (two(14)? == 16).then_some((usize::from(two(2)?), rate))
}

fn mono(data: &[u8], channels: usize) -> Vec<f32> {
    let samples: Vec<f32> = data
        .chunks_exact(2)
        .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32_768.0)
        .collect();
    let frames = samples.chunks_exact(channels.max(1));
    frames.map(|frame| frame.iter().sum::<f32>() / frame.len() as f32).collect()
}

/// Brings speech to the common loudness without clipping.
pub(super) fn level(samples: &mut [f32]) {
    let loudness =
        (samples.iter().map(|s| s * s).sum::<f32>() / samples.len().max(1) as f32).sqrt();
    let peak = samples.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
    if loudness > 0.0 {
        let gain = (LOUDNESS / loudness).min(CEILING / peak);
        samples.iter_mut().for_each(|sample| *sample *= gain);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(data_length: u32, samples: &[i16]) -> Vec<u8> {
        let mut wav = b"RIFF\0\0\0\0WAVEfmt ".to_vec();
        wav.extend(16u32.to_le_bytes());
        wav.extend([1, 0, 1, 0]);
        wav.extend(22_050u32.to_le_bytes());
        wav.extend(44_100u32.to_le_bytes());
        wav.extend([2, 0, 16, 0]);
        wav.extend(b"data");
        wav.extend(data_length.to_le_bytes());
        wav.extend(samples.iter().flat_map(|s| s.to_le_bytes()));
        wav
    }

    #[test]
    fn a_stream_of_unknown_length_is_read_to_its_end_and_rubbish_is_refused() {
        let read = read_wav(&stream(0x7fff_f000, &[16_384, -16_384])).unwrap();
        assert_eq!(read, (22_050, vec![0.5, -0.5]));
        assert_eq!(read_wav(&stream(0, &[])), None);
        assert_eq!(read_wav(b""), None);
        assert_eq!(read_wav(b"RIFF....WAVEfmt "), None);
    }

    #[test]
    fn loud_and_soft_speech_come_out_alike_and_unclipped() {
        for scale in [0.001, 0.9] {
            let mut samples: Vec<f32> = (0..1000).map(|i| scale * (i as f32 * 0.3).sin()).collect();
            level(&mut samples);
            let loudness = (samples.iter().map(|s| s * s).sum::<f32>() / 1000.0).sqrt();
            assert!((loudness - LOUDNESS).abs() < 1e-3);
            assert!(samples.iter().all(|s| s.abs() <= CEILING));
        }
    }
}
