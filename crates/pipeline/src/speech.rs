//! The speak thread: a queue of at most two, stale feedback dropped, silent while the student
//! plays. It says what the teacher wants said, and plays what the student wants to hear again.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tutor::{Feedback, Phrase};

use crate::manners::Manners;
use crate::ports::{Clock, Loudspeaker, PortError, Speech, Voice};

/// Overflow: the oldest waiting sentence is dropped; what was said about it stays on the screen.
const QUEUE: usize = 2;
const ASK_EVERY: Duration = Duration::from_millis(40);

/// What the loudspeaker is wanted for.
enum Sound {
    Said(Feedback),
    Played(Speech),
    /// The clicks of a round: the student's playing does not end them.
    Clicks(u32, Speech),
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Sound>,
    /// A sentence was taken and is not yet over.
    busy: bool,
    hushed: bool,
    /// Clicks that wait to be played, before all else.
    clicks: Option<(u32, Speech)>,
    /// Clicks that play should end.
    quiet: bool,
    closed: bool,
}

/// What waits to be said.
#[derive(Default)]
pub(crate) struct SpeechQueue {
    state: Mutex<State>,
    changed: Condvar,
}

impl SpeechQueue {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn say(&self, feedback: Feedback) {
        self.put(Sound::Said(feedback));
    }

    /// Plays this in the place of whatever is heard or waits.
    pub(crate) fn play(&self, sound: Speech) {
        self.hush();
        self.put(Sound::Played(sound));
    }

    fn put(&self, sound: Sound) {
        let mut state = self.state();
        if state.waiting.len() == QUEUE {
            state.waiting.pop_front();
        }
        state.waiting.push_back(sound);
        self.changed.notify_all();
    }

    /// Stops what is said now and forgets what waits.
    pub(crate) fn hush(&self) {
        let mut state = self.state();
        state.waiting.clear();
        state.hushed = true;
    }

    /// Plays the clicks of a round, at once: what is said ends.
    pub(crate) fn click(&self, round: u32, clip: Speech) {
        self.hush();
        let mut state = self.state();
        state.clicks = Some((round, clip));
        state.quiet = true;
        self.changed.notify_all();
    }

    /// Ends the clicks.
    pub(crate) fn unclick(&self) {
        let mut state = self.state();
        state.clicks = None;
        state.quiet = true;
    }

    pub(crate) fn close(&self) {
        self.hush();
        self.state().closed = true;
        self.changed.notify_all();
    }

    fn next(&self) -> Option<Sound> {
        let mut state = self.state();
        state.busy = false;
        loop {
            if state.closed {
                return None;
            }
            if let Some((round, clip)) = state.clicks.take() {
                state.quiet = false;
                return Some(Sound::Clicks(round, clip));
            }
            if let Some(sound) = state.waiting.pop_front() {
                state.hushed = false;
                state.busy = true;
                return Some(sound);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn pause(&self) {
        let _ = self
            .changed
            .wait_timeout(self.state(), ASK_EVERY)
            .unwrap_or_else(PoisonError::into_inner);
    }

    /// Whether nothing is said and nothing waits.
    pub(crate) fn is_idle(&self) -> bool {
        let state = self.state();
        state.waiting.is_empty() && !state.busy
    }

    fn is_quiet(&self) -> bool {
        let state = self.state();
        state.quiet || state.closed
    }

    fn is_hushed(&self) -> bool {
        let state = self.state();
        state.hushed || state.closed
    }
}

/// What the speak thread tells the session.
pub(crate) enum Spoke {
    Began,
    /// The loudspeaker is handed this, now.
    Plays(Duration, Speech),
    /// It was told to stop before the end.
    Stopped(Duration),
    /// The clicks of a round began.
    Clicked(u32, Duration),
    Ended {
        whole: bool,
    },
    /// It is not said, or it was not heard: instead of [`Spoke::Ended`].
    Failed(PortError),
}

/// Says what comes until the queue closes.
pub(crate) fn speak(
    queue: &SpeechQueue,
    manners: &Mutex<Manners>,
    clock: &Arc<dyn Clock>,
    voice: &mut Option<Box<dyn Voice>>,
    loudspeaker: &mut dyn Loudspeaker,
    told: &mut dyn FnMut(Spoke),
) {
    let manners = || manners.lock().unwrap_or_else(PoisonError::into_inner);
    while let Some(sound) = queue.next() {
        let (speech, expires) = match (sound, voice.as_mut()) {
            (Sound::Played(sound), _) => (sound, Duration::MAX),
            (Sound::Clicks(round, clip), _) => {
                click(queue, clock, (round, &clip), loudspeaker, told);
                continue;
            }
            (Sound::Said(_), None) => continue,
            (Sound::Said(feedback), Some(voice)) => match render(voice.as_mut(), &feedback) {
                Ok(speech) => (speech, feedback.expires),
                Err(error) => {
                    told(Spoke::Failed(error));
                    continue;
                }
            },
        };
        // After the rendering: who begins to play meanwhile is not spoken over.
        while !manners().may_speak(clock.now()) && !queue.is_hushed() {
            queue.pause();
        }
        if queue.is_hushed() || clock.now() > expires {
            continue;
        }
        manners().begin_speaking(clock.now());
        told(Spoke::Began);
        told(Spoke::Plays(clock.now(), speech.clone()));
        let stop = || queue.is_hushed() || manners().interrupted();
        let played = loudspeaker.play(&speech, &stop);
        manners().end_speaking(clock.now());
        if !matches!(played, Ok(true)) {
            told(Spoke::Stopped(clock.now()));
        }
        told(match played {
            Ok(whole) => Spoke::Ended { whole },
            Err(error) => Spoke::Failed(error),
        });
    }
}

fn click(
    queue: &SpeechQueue,
    clock: &Arc<dyn Clock>,
    (round, clip): (u32, &Speech),
    loudspeaker: &mut dyn Loudspeaker,
    told: &mut dyn FnMut(Spoke),
) {
    let at = clock.now();
    told(Spoke::Plays(at, clip.clone()));
    told(Spoke::Clicked(round, at));
    let played = loudspeaker.play(clip, &|| queue.is_quiet());
    if !matches!(played, Ok(true)) {
        told(Spoke::Stopped(clock.now()));
    }
    if let Err(error) = played {
        tracing::warn!(%error, "the beat is not heard");
    }
}

fn render(voice: &mut dyn Voice, feedback: &Feedback) -> Result<Speech, PortError> {
    let whole =
        Phrase { display: feedback.display(), speech: feedback.speech(), ipa: feedback.ipa() };
    voice.render(&whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_clicks_of_the_newest_round_begin() {
        let queue = SpeechQueue::default();
        let clip = |length| Speech {
            voice: "metronome".to_owned(),
            rate: 48_000,
            samples: vec![0.0; length],
        };
        queue.click(1, clip(1));
        queue.click(2, clip(2));
        let next = queue.next();
        assert!(matches!(next, Some(Sound::Clicks(2, clip)) if clip.samples.len() == 2));
        assert!(!queue.is_quiet());
        queue.click(3, clip(3));
        queue.unclick();
        assert!(queue.is_quiet(), "those that play end");
        queue.close();
        assert!(queue.next().is_none(), "and those that waited are forgotten");
    }
}
