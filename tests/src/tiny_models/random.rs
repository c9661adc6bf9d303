//! Seeded weights (SplitMix64).

pub(super) struct Weights {
    state: u64,
}

impl Weights {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Uniform in −1…1.
    fn unit(&mut self) -> f32 {
        let bits = u16::try_from(self.next() >> 48).unwrap_or(0);
        f32::from(bits) / f32::from(u16::MAX) * 2.0 - 1.0
    }

    /// Values of about the given spread.
    pub(super) fn spread(&mut self, count: usize, spread: f32) -> Vec<f32> {
        let scale = spread * 3.0_f32.sqrt();
        (0..count).map(|_| self.unit() * scale).collect()
    }

    /// One of `count`.
    pub(super) fn index(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count as u64).unwrap_or(0)
    }
}
