//! When the teacher may speak: never over playing, and not fooled by its own voice in the
//! microphone. Pure; time and levels are arguments.

use std::collections::VecDeque;
use std::time::Duration;

/// Silence after the last onset before the teacher speaks: longer than the second that lies
/// between the strums of a slow beginner, one a beat at 60 beats a minute.
const PAUSE: Duration = Duration::from_millis(1_100);
/// The first moments of speech show how loud the loudspeaker is in the microphone.
const ECHO_PROBE: Duration = Duration::from_millis(350);
/// Sound that began this short after the voice ended is still its tail.
const ECHO_TAIL: Duration = Duration::from_millis(250);
/// An onset is the student's if it is so much louder than the echo (6 dB).
const OVER_ECHO: f32 = 2.0;
/// Below −50 dBFS there is no echo to speak of (headphones).
const NO_ECHO: f32 = 0.003;
/// Cancelling is trusted no further than this (−18 dB): a voice has louder moments than its mean.
const LEAST_LEFT: f32 = 0.125;
/// What the ears know of a voice reaches so far back.
const VOICE_TAIL: Duration = Duration::from_millis(1_600);
/// How long after an onset its attack may still grow: two envelopes.
const ATTACK: Duration = Duration::from_millis(110);
/// Verdicts come within seconds of their onset; older echoes are forgotten.
const REMEMBERED: usize = 16;
/// A verdict may name its onset a little later than it was first reported.
const SAME_ONSET: Duration = Duration::from_millis(60);

/// Who made a sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The student.
    Student,
    /// Perhaps the teacher's own voice; [`Manners::level`] settles it within a tenth of a second.
    Undecided,
}

/// Who is sounding.
#[derive(Debug, Clone)]
pub struct Manners {
    hears_itself: bool,
    last_played: Option<Duration>,
    speaking_since: Option<Duration>,
    spoke_until: Option<Duration>,
    /// Level of what rang on when the teacher began to speak.
    before: f32,
    echo: f32,
    /// Share of the echo that is left in what is heard now.
    left: f32,
    level: f32,
    undecided: Option<Duration>,
    echoes: VecDeque<Duration>,
}

impl Manners {
    /// For a source that hears the loudspeaker, or one that does not (a recording).
    #[must_use]
    pub fn new(hears_itself: bool) -> Self {
        Self {
            hears_itself,
            last_played: None,
            speaking_since: None,
            spoke_until: None,
            before: 0.0,
            echo: 0.0,
            left: 1.0,
            level: 0.0,
            undecided: None,
            echoes: VecDeque::new(),
        }
    }

    /// The teacher begins to speak.
    pub fn begin_speaking(&mut self, now: Duration) {
        self.speaking_since = Some(now);
        self.before = self.level;
        self.echo = 0.0;
        self.left = 1.0;
    }

    /// The teacher has stopped.
    pub fn end_speaking(&mut self, now: Duration) {
        if self.speaking_since.take().is_some() {
            self.spoke_until = Some(now);
        }
    }

    /// Whether the teacher speaks now.
    #[must_use]
    pub fn speaks(&self) -> bool {
        self.speaking_since.is_some()
    }

    /// The teacher's voice is taken out of what is heard, down to this share of its amplitude; 1
    /// where it is not.
    pub fn cancelled(&mut self, left: f32) {
        self.left = left.clamp(LEAST_LEFT, 1.0);
    }

    /// Whether the teacher's own voice may be in what was heard `at`.
    #[must_use]
    pub fn may_hear_itself(&self, at: Duration) -> bool {
        let speaking = self.speaking_since.is_some_and(|since| at >= since);
        let tail = self.spoke_until.is_some_and(|until| at < until + VOICE_TAIL);
        self.hears_itself && (speaking || tail)
    }

    /// The level of the input, root mean square 0–1. Gives back an onset that turned out to be
    /// the student's.
    pub fn level(&mut self, level: f32, at: Duration) -> Option<Duration> {
        self.level = level;
        if let Some(onset) = self.undecided {
            if level > self.echo * self.left * OVER_ECHO {
                self.undecided = None;
                self.last_played = Some(onset);
                return Some(onset);
            }
            if at > onset + ATTACK {
                self.undecided = None;
                self.remember_echo(onset);
            }
        } else if self.speaking_since.is_some_and(|since| at < since + ECHO_PROBE) {
            // What still rang before the teacher spoke is not its echo; powers add up.
            let echo = (level * level - self.before * self.before).max(0.0).sqrt();
            self.echo = self.echo.max(echo);
        }
        None
    }

    /// Sound began.
    pub fn onset(&mut self, at: Duration) -> Origin {
        if self.may_be_echo(at) {
            // The one before was not settled in time: it never stood out.
            if let Some(earlier) = self.undecided.replace(at) {
                self.remember_echo(earlier);
            }
            return Origin::Undecided;
        }
        self.last_played = Some(at);
        Origin::Student
    }

    /// Whether what began `at` was the teacher's own voice.
    #[must_use]
    pub fn is_echo(&self, at: Duration) -> bool {
        self.undecided == Some(at) || self.echoes.iter().any(|echo| echo.abs_diff(at) <= SAME_ONSET)
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

    /// Whether a measurement that ends at `at` and looks back by `back` holds the teacher's voice.
    #[must_use]
    pub fn hears_itself_at(&self, at: Duration, back: Duration) -> bool {
        let tail = self.spoke_until.is_some_and(|until| at < until + ECHO_TAIL + back);
        let speaking = self.speaking_since.filter(|since| at >= *since);
        let probing = speaking.is_some_and(|since| at < since + ECHO_PROBE);
        self.hears_itself && (speaking.is_some() || tail) && (self.echo > NO_ECHO || probing)
    }

    fn may_be_echo(&self, at: Duration) -> bool {
        let speaking = self.speaking_since.is_some_and(|since| at >= since);
        let tail = self.spoke_until.is_some_and(|until| at < until + ECHO_TAIL);
        // During the probe the loudspeaker may still be about to be heard.
        let probing = self.speaking_since.is_some_and(|since| at < since + ECHO_PROBE);
        self.hears_itself && (speaking || tail) && (self.echo * self.left > NO_ECHO || probing)
    }

    fn remember_echo(&mut self, onset: Duration) {
        if self.echoes.len() == REMEMBERED {
            self.echoes.pop_front();
        }
        self.echoes.push_back(onset);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// A teacher who has spoken for 350 ms at `echo` while `ringing` died away.
    fn speaking(echo: f32, ringing: f32) -> Manners {
        let mut manners = Manners::new(true);
        manners.level(ringing, at(0));
        manners.begin_speaking(at(0));
        for ms in (50..350).step_by(50) {
            manners.level(echo.hypot(ringing), at(ms));
        }
        manners
    }

    #[test]
    fn waits_for_a_rest() {
        let mut manners = Manners::new(true);
        assert!(manners.may_speak(at(0)));
        assert_eq!(manners.onset(at(1_000)), Origin::Student);
        assert!(!manners.may_speak(at(1_500)));
        assert!(manners.may_speak(at(2_200)));
    }

    #[test]
    fn its_own_echo_is_not_the_student() {
        let mut manners = speaking(0.05, 0.0);
        assert_eq!(manners.onset(at(400)), Origin::Undecided);
        assert_eq!(manners.level(0.06, at(450)), None);
        assert_eq!(manners.level(0.07, at(520)), None);
        assert!(manners.is_echo(at(400)) && !manners.interrupted());
        assert!(manners.is_echo(at(430)), "the verdict names the onset a little later");
    }

    /// The onset is reported before the level of its attack is known.
    #[test]
    fn a_strum_over_the_loudspeaker_is_the_student_once_its_attack_is_heard() {
        let mut manners = speaking(0.05, 0.0);
        assert_eq!(manners.onset(at(600)), Origin::Undecided);
        assert_eq!(manners.level(0.05, at(601)), None);
        assert_eq!(manners.level(0.3, at(650)), Some(at(600)));
        assert!(manners.interrupted() && !manners.is_echo(at(600)));
    }

    #[test]
    fn a_soft_strum_is_the_student_where_the_voice_is_taken_away() {
        for (left, student) in [(1.0, None), (0.2, Some(at(600)))] {
            let mut manners = speaking(0.05, 0.0);
            manners.cancelled(left);
            assert_eq!(manners.onset(at(600)), Origin::Undecided);
            assert_eq!(manners.level(0.06, at(650)), student, "{left}");
        }
    }

    #[test]
    fn a_chord_that_still_rings_is_not_taken_for_the_loudspeaker() {
        let mut manners = speaking(0.0, 0.2);
        assert_eq!(manners.onset(at(600)), Origin::Student);
        assert!(manners.interrupted());
    }

    #[test]
    fn a_recording_never_hears_the_teacher() {
        let mut manners = Manners::new(false);
        manners.begin_speaking(at(0));
        manners.level(0.2, at(50));
        assert_eq!(manners.onset(at(100)), Origin::Student);
    }

    #[test]
    fn what_was_heard_before_the_teacher_spoke_does_not_hold_its_voice() {
        let mut manners = speaking(0.05, 0.0);
        manners.begin_speaking(at(5_000));
        manners.level(0.05, at(5_100));
        assert!(!manners.hears_itself_at(at(4_990), at(1_000)));
        assert!(manners.hears_itself_at(at(5_010), at(1_000)));
    }

    #[test]
    fn what_began_before_the_teacher_spoke_is_no_echo() {
        let mut manners = Manners::new(true);
        manners.onset(at(100));
        manners.begin_speaking(at(1_500));
        manners.level(0.2, at(1_600));
        assert!(!manners.is_echo(at(100)));
    }
}
