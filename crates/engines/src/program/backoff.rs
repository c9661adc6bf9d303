use std::time::Duration;

/// The growing pause before a restart. Knows no clock: time is an argument.
#[derive(Debug, Clone, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The pause after a first failure.
    pub const FIRST: Duration = Duration::from_millis(250);
    /// The longest pause.
    pub const LONGEST: Duration = Duration::from_secs(30);
    /// Running well for so long forgives earlier failures.
    pub const HEALTHY: Duration = Duration::from_secs(60);

    /// The pause after one more failure of a program that had run well for `healthy`.
    pub fn after_failure(&mut self, healthy: Duration) -> Duration {
        if healthy >= Self::HEALTHY {
            self.failures = 0;
        }
        let doubled = Self::FIRST.saturating_mul(2_u32.saturating_pow(self.failures));
        self.failures = self.failures.saturating_add(1);
        doubled.min(Self::LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_to_the_cap() {
        let mut backoff = Backoff::default();
        let pauses: Vec<u128> =
            (0..10).map(|_| backoff.after_failure(Duration::ZERO).as_millis()).collect();
        assert_eq!(pauses, [250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
        for _ in 0..100 {
            assert_eq!(backoff.after_failure(Duration::ZERO), Backoff::LONGEST);
        }
    }

    #[test]
    fn a_healthy_minute_forgives() {
        let mut backoff = Backoff::default();
        for _ in 0..5 {
            backoff.after_failure(Duration::from_secs(59));
        }
        assert_eq!(backoff.after_failure(Duration::from_secs(60)), Backoff::FIRST);
        assert_eq!(backoff.after_failure(Duration::from_secs(1)), Backoff::FIRST * 2);
    }
}
