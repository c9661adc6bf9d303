use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::ports::Clock;

/// The machine's monotonic clock.
#[derive(Debug)]
pub struct SystemClock(OnceLock<Instant>);

impl SystemClock {
    /// Starts at zero.
    #[must_use]
    pub fn start() -> Self {
        let clock = Self::waiting();
        clock.begin();
        clock
    }

    /// Stands at zero until it begins.
    #[must_use]
    pub fn waiting() -> Self {
        Self(OnceLock::new())
    }

    /// A clock that waits runs from now on; one that runs goes on as it was.
    pub fn begin(&self) {
        self.0.get_or_init(Instant::now);
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.0.get().map_or(Duration::ZERO, Instant::elapsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_still_until_it_begins_and_begins_once() {
        let clock = SystemClock::waiting();
        assert_eq!((clock.now(), clock.now()), (Duration::ZERO, Duration::ZERO));
        clock.begin();
        let began = clock.0.get().copied();
        clock.begin();
        assert!(began.is_some());
        assert_eq!(clock.0.get().copied(), began);
    }
}
