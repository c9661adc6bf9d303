//! Triangular mel filters as whisper uses them: 80 bands over 201 bins of 40 Hz, Slaney's scale
//! and normalisation.

pub(super) const BANDS: usize = 80;
pub(super) const BINS: usize = 201;
const BIN_HZ: f32 = 40.0;
const TOP_HZ: f32 = 8_000.0;

/// Rows of bands.
pub(super) fn filters() -> Vec<f32> {
    let step = mel(TOP_HZ) / (BANDS + 1) as f32;
    let edges: Vec<f32> = (0..BANDS + 2).map(|index| hz(step * index as f32)).collect();
    let mut filters = Vec::with_capacity(BANDS * BINS);
    for band in edges.windows(3) {
        let [low, centre, high] = [band[0], band[1], band[2]];
        for bin in 0..BINS {
            let at = bin as f32 * BIN_HZ;
            let rise = (at - low) / (centre - low);
            let fall = (high - at) / (high - centre);
            filters.push(rise.min(fall).max(0.0) * 2.0 / (high - low));
        }
    }
    filters
}

/// Linear below 1 kHz (3 mel per 200 Hz), logarithmic above.
fn mel(hz: f32) -> f32 {
    if hz < 1_000.0 { hz * 0.015 } else { 15.0 + 27.0 * (hz / 1_000.0).ln() / 6.4_f32.ln() }
}

fn hz(mel: f32) -> f32 {
    if mel < 15.0 { mel / 0.015 } else { 1_000.0 * ((mel - 15.0) * 6.4_f32.ln() / 27.0).exp() }
}
