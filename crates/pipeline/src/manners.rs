//! When the teacher may speak: never over playing, and not fooled by its own voice in the
//! microphone. Pure; time and levels are arguments.

use std::time::Duration;

/// Silence after the last onset before the teacher speaks: longer than the gap between the
/// strums of a slow beginner's bar at 60 beats a minute would be a whole second.
const PAUSE: Duration = Duration::from_millis(1_100);
/// The first moments of speech show how loud the loudspeaker is in the microphone.
const ECHO_PROBE: Duration = Duration::from_millis(350);
/// Sound that began this short after the voice ended is still its tail.
const ECHO_TAIL: Duration = Duration::from_millis(250);
/// An onset is the student's if it is so much louder than the echo (6 dB).
const OVER_ECHO: f32 = 2.0;
/// Below −50 dBFS there is no echo to speak of (headphones).
const NO_ECHO: f32 = 0.003;

/// Who is sounding.
#[derive(Debug, Default, Clone)]
pub struct Manners {
    last_played: Option<Duration>,
    speaking_since: Option<Duration>,
    /// From when to when the teacher spoke last.
    spoke: Option<(Duration, Duration)>,
    echo: f32,
    level: f32,
}

impl Manners {
    /// The teacher begins to speak.
    pub fn begin_speaking(&mut self, now: Duration) {
        self.speaking_since = Some(now);
        self.echo = NO_ECHO;
    }

    /// The teacher has stopped.
    pub fn end_speaking(&mut self, now: Duration) {
        if let Some(since) = self.speaking_since.take() {
            self.spoke = Some((since, now));
        }
    }

    /// The level of the input, root mean square 0–1.
    pub fn level(&mut self, level: f32, at: Duration) {
        self.level = level;
        if self.speaking_since.is_some_and(|since| at < since + ECHO_PROBE) {
            self.echo = self.echo.max(level);
        }
    }

    /// Sound began. Tells whether it is the student and not the teacher's own voice.
    pub fn onset(&mut self, at: Duration) -> bool {
        let student = !self.is_echo(at);
        if student {
            self.last_played = Some(at);
        }
        student
    }

    /// Whether sound that began `at` may be the teacher's own voice. What began before the teacher
    /// spoke is none, nor is what was already taken for the student: a strum is judged when it has
    /// decayed, and once more when a single string has settled it.
    #[must_use]
    pub fn is_echo(&self, at: Duration) -> bool {
        let speaking = self.speaking_since.is_some_and(|since| at >= since);
        let spoke =
            self.spoke.is_some_and(|(since, until)| (since..until + ECHO_TAIL).contains(&at));
        let student = self.last_played == Some(at);
        (speaking || spoke) && !student && self.echo > NO_ECHO && self.level < self.echo * OVER_ECHO
    }

    /// Whether the teacher may begin to speak.
    #[must_use]
    pub fn may_speak(&self, now: Duration) -> bool {
        self.last_played.is_none_or(|last| now >= last + PAUSE)
    }

    /// Whether the student has played since the teacher began to speak.
    #[must_use]
    pub fn interrupted(&self) -> bool {
        match (self.speaking_since, self.last_played) {
            (Some(since), Some(played)) => played >= since,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn waits_for_a_rest() {
        let mut manners = Manners::default();
        assert!(manners.may_speak(at(0)));
        assert!(manners.onset(at(1_000)));
        assert!(!manners.may_speak(at(1_500)));
        assert!(manners.may_speak(at(2_200)));
    }

    #[test]
    fn its_own_echo_is_not_the_student() {
        let mut manners = Manners::default();
        manners.begin_speaking(at(0));
        for ms in (0..350).step_by(50) {
            manners.level(0.05, at(ms));
        }
        manners.level(0.06, at(400));
        assert!(!manners.onset(at(400)));
        assert!(!manners.interrupted());
        manners.level(0.3, at(600));
        assert!(manners.onset(at(600)));
        assert!(manners.interrupted());
    }

    #[test]
    fn what_began_before_the_voice_or_was_the_student_stays_no_echo() {
        let mut manners = Manners::default();
        assert!(manners.onset(at(1_000)));
        manners.begin_speaking(at(3_000));
        manners.level(0.05, at(3_100));
        manners.level(0.3, at(4_000));
        assert!(manners.onset(at(4_000)));
        manners.end_speaking(at(4_050));
        // Both strums are told when the strings have decayed below the echo.
        manners.level(0.02, at(4_300));
        assert!(!manners.is_echo(at(4_000)));
        assert!(!manners.is_echo(at(1_000)));
        assert!(manners.is_echo(at(4_200)));
    }

    #[test]
    fn with_headphones_any_onset_interrupts() {
        let mut manners = Manners::default();
        manners.begin_speaking(at(0));
        manners.level(0.001, at(50));
        manners.level(0.02, at(500));
        assert!(manners.onset(at(500)));
        assert!(manners.interrupted());
    }
}
