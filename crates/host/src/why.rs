//! What «why?» may show of the last judged strum: its verdict, its sound, what each string did.
//!
//! The sound is kept in memory only, three seconds of it, never written; the next strum takes its
//! place, three minutes or the end of the lesson take it away. The strips outlast the sound.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use audio::{
    ListenerConfig, StringState, StringTrace, StringVerdict, Strum, Take, cleaned, traces,
};
use pipeline::ports::Speech;
use pipeline::{Screen, Update};
use theory::StringNumber;
use tutor::{Feedback, LessonEvent};

use crate::recent::{Recent, locked};

/// Sound that is remembered until a strum is judged: its verdict comes within a second and a half.
pub(crate) const REMEMBERED: Duration = Duration::from_secs(6);
/// A strum is kept from so long before it, and so much of it.
const BEFORE: Duration = Duration::from_millis(150);
const LONGEST: Duration = Duration::from_millis(2_850);
/// After so long its sound is forgotten.
const FORGOTTEN: Duration = Duration::from_secs(180);
/// Sound that begins so long after a strum is another one; its end lies this much before that.
const ANOTHER: Duration = Duration::from_millis(120);
const ASIDE: Duration = Duration::from_millis(20);
/// Onsets that may come before the verdict on an earlier strum.
const ONSETS: usize = 8;
/// What the own sound is called where a voice has a name.
const STUDENT: &str = "student";

/// What is known of the last judged strum.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The strum with its verdict.
    pub strum: Strum,
    /// What was concluded from it.
    pub event: Option<LessonEvent>,
    /// What was last said of the playing.
    pub said: Option<Feedback>,
    /// What each string did, string 6 first; none where its sound was never there.
    pub traces: Option<[StringTrace; 6]>,
    /// Whether its sound is still there.
    pub sound: bool,
    /// Strings that can be heard as they should have rung.
    pub mendable: Vec<StringNumber>,
}

#[derive(Debug)]
struct Last {
    strum: Strum,
    event: Option<LessonEvent>,
    said: Option<Feedback>,
    sound: Option<Take>,
    /// The sound grows until then.
    until: Option<Duration>,
    traces: Option<[StringTrace; 6]>,
}

/// Remembers the last judged strum of a lesson.
#[derive(Debug)]
pub(crate) struct LastStrum {
    recent: Arc<Mutex<Recent>>,
    config: ListenerConfig,
    onsets: VecDeque<Duration>,
    last: Option<Last>,
}

impl LastStrum {
    /// Of the sound in `recent`; strings are looked at as `config` hears them.
    pub(crate) fn of(recent: Arc<Mutex<Recent>>, config: ListenerConfig) -> Self {
        Self { recent, config, onsets: VecDeque::new(), last: None }
    }

    fn took(&mut self, update: &Update) {
        match update {
            Update::Strum(strum) if strum.verdict.is_some() => self.judged(strum),
            Update::Event(event) => {
                if let Some(last) = self.last.as_mut() {
                    last.event = Some(event.clone());
                }
            }
            Update::Feedback(feedback, _) if feedback.engine_down().is_none() => {
                if let Some(last) = self.last.as_mut() {
                    last.said = Some(feedback.clone());
                }
            }
            Update::Onset(onset) => {
                if self.onsets.len() == ONSETS {
                    self.onsets.pop_front();
                }
                self.onsets.push_back(onset.at);
                self.end_before(onset.at);
            }
            // The teacher's voice is no part of the strum.
            Update::Speaking(true) => {
                let now = locked(&self.recent).end();
                self.end_at(now);
            }
            Update::Envelope(_) => self.collect(),
            Update::Aim(_) => self.last = None,
            _ => {}
        }
    }

    fn judged(&mut self, strum: &Strum) {
        if let Some(last) = self.last.as_mut().filter(|last| last.strum.at == strum.at) {
            last.strum = strum.clone();
            // What the strings did is read anew where their sound is still there.
            last.traces = last.traces.take().filter(|_| last.sound.is_none());
            return;
        }
        let until = Some(strum.at + LONGEST);
        let strum = strum.clone();
        let at = strum.at;
        let (event, said, sound, traces) = (None, None, None, None);
        self.last = Some(Last { strum, event, said, sound, until, traces });
        if let Some(next) = self.onsets.iter().copied().find(|next| *next > at + ANOTHER) {
            self.end_before(next);
        }
    }

    fn end_before(&mut self, next: Duration) {
        if self.last.as_ref().is_some_and(|last| next > last.strum.at + ANOTHER) {
            self.end_at(next.saturating_sub(ASIDE));
        }
    }

    fn end_at(&mut self, end: Duration) {
        if let Some(until) = self.last.as_mut().and_then(|last| last.until.as_mut()) {
            *until = (*until).min(end);
        }
        self.collect();
    }

    /// Cuts the sound out once all of it has come, and forgets it after a while.
    fn collect(&mut self) {
        let end = locked(&self.recent).end();
        let Some(last) = self.last.as_mut() else { return };
        if last.until.is_some_and(|until| end >= until) {
            last.sound = cut(&self.recent, last);
            (last.until, last.traces) = (None, None);
        }
        if last.sound.is_some() && end > last.strum.at + FORGOTTEN {
            last.traces = last.traces.take().or_else(|| read(last, &self.config));
            last.sound = None;
        }
    }

    /// A strum whose strips were not read yet and whose sound is whole: read it without holding this.
    pub(crate) fn unread(&mut self) -> Option<Unread> {
        self.collect();
        let last = self.last.as_ref().filter(|it| it.until.is_none() && it.traces.is_none())?;
        let (take, strum) = (last.sound.clone()?, last.strum.clone());
        Some(Unread { take, onset: onset(last), strum, config: self.config.clone() })
    }

    /// Keeps what was read, if it is still of the last strum as it was judged last.
    pub(crate) fn keep(&mut self, strum: &Strum, traces: [StringTrace; 6]) {
        if let Some(last) = self.last.as_mut().filter(|last| last.strum == *strum) {
            last.traces = Some(traces);
        }
    }

    /// What can be shown now.
    pub(crate) fn evidence(&mut self) -> Option<Evidence> {
        let last = self.last.as_mut()?;
        if last.until.is_some() {
            // It is still coming: what there is so far, read anew the next time.
            last.sound = cut(&self.recent, last);
            last.traces = None;
        }
        last.traces = last.traces.take().or_else(|| read(last, &self.config));
        let heard = last.sound.is_some();
        let picked = last.strum.picked;
        let told = |string: &StringVerdict| picked.is_none_or(|picked| picked == string.string);
        let mendable =
            last.strum.strings.iter().filter(|string| heard && mends(string) && told(string));
        Some(Evidence {
            mendable: mendable.map(|string| string.string).collect(),
            strum: last.strum.clone(),
            event: last.event.clone(),
            said: last.said.clone(),
            traces: last.traces.clone(),
            sound: last.sound.is_some(),
        })
    }

    /// The strum to be heard: as it was, or with one string ringing as it should. None where the
    /// sound is forgotten, or nothing can be mended.
    pub(crate) fn sound(&mut self, mended: Option<StringNumber>) -> Option<Speech> {
        self.evidence()?;
        let last = self.last.as_ref()?;
        let take = last.sound.as_ref()?;
        let samples = match mended {
            None => take.samples().to_vec(),
            Some(string) => cleaned(take, onset(last), &last.strum, string, &self.config)?,
        };
        Some(Speech { voice: STUDENT.to_owned(), rate: audio::RATE, samples })
    }
}

/// A strum with its sound, to be read elsewhere: spectra take milliseconds, and who listens must not
/// wait for them.
pub(crate) struct Unread {
    take: Take,
    onset: Duration,
    strum: Strum,
    config: ListenerConfig,
}

impl Unread {
    pub(crate) fn read(self) -> (Strum, [StringTrace; 6]) {
        let traces = traces(&self.take, self.onset, &self.strum, &self.config);
        (self.strum, traces)
    }
}

/// Whether ringing is all that the string lacks.
fn mends(string: &StringVerdict) -> bool {
    string.asked && matches!(string.state, StringState::Dead | StringState::NotPlayed)
}

/// Where the strum begins in its sound.
fn onset(last: &Last) -> Duration {
    BEFORE.min(last.strum.at)
}

fn cut(recent: &Mutex<Recent>, last: &Last) -> Option<Take> {
    let until = last.until?;
    let (samples, rate) = locked(recent).between(last.strum.at.saturating_sub(BEFORE), until)?;
    let mut take = Take::new(rate);
    take.push(&samples);
    take.end();
    Some(take)
}

fn read(last: &Last, config: &ListenerConfig) -> Option<[StringTrace; 6]> {
    last.sound.as_ref().map(|take| traces(take, onset(last), &last.strum, config))
}

/// A screen beside which the last strum is remembered.
pub(crate) struct Recalling {
    pub(crate) screen: Arc<dyn Screen>,
    pub(crate) last: Arc<Mutex<LastStrum>>,
}

impl Screen for Recalling {
    fn show(&self, update: Update) {
        last(&self.last).took(&update);
        self.screen.show(update);
    }
}

pub(crate) fn last(of: &Mutex<LastStrum>) -> MutexGuard<'_, LastStrum> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use audio::{AudioChunk, Onset, Verdict};
    use theory::Voicing;

    use super::*;

    const RATE: u32 = 8_000;

    fn strum(at: f64, dead: bool) -> Strum {
        let at = Duration::from_secs_f64(at);
        let voicing: Voicing = "022000".parse().unwrap();
        let strings = StringNumber::THICK_TO_THIN.map(|string| {
            let silent = dead && string.number() == 3;
            let state = if silent { StringState::Dead } else { StringState::Rings };
            StringVerdict { string, asked: true, state, cents: None, confidence: 0.9 }
        });
        let verdict = Some(if dead { Verdict::Fault } else { Verdict::Right });
        let verdict_at = at + Duration::from_millis(400);
        Strum {
            at,
            verdict_at,
            chord: None,
            touch: None,
            picked: None,
            voicing: Some(voicing),
            verdict,
            strings,
        }
    }

    /// A lesson whose microphone has heard `seconds` of a low tone.
    struct Lesson {
        recent: Arc<Mutex<Recent>>,
        last: LastStrum,
        heard: u32,
    }

    impl Lesson {
        fn new() -> Self {
            let recent = Arc::new(Mutex::new(Recent::new(REMEMBERED)));
            let last = LastStrum::of(Arc::clone(&recent), ListenerConfig::default());
            Self { recent, last, heard: 0 }
        }

        fn hear(&mut self, until: f64) {
            while f64::from(self.heard) * 0.05 < until {
                let at = Duration::from_millis(50) * self.heard;
                let first = self.heard * RATE / 20;
                let tone = |n: u32| 0.3 * ((first + n) as f32 * 0.06).sin();
                let samples = (0..RATE / 20).map(tone).collect();
                locked(&self.recent).push(&AudioChunk { at, rate: RATE, samples });
                self.heard += 1;
                self.last.collect();
            }
        }

        fn seconds(&mut self) -> f64 {
            let sound = self.last.sound(None).unwrap();
            sound.samples.len() as f64 / f64::from(sound.rate)
        }
    }

    #[test]
    fn the_last_strum_is_kept_for_three_seconds_and_the_next_takes_its_place() {
        let mut lesson = Lesson::new();
        assert!(lesson.last.evidence().is_none());
        lesson.hear(1.5);
        lesson.last.took(&Update::Strum(strum(1.0, true)));
        let early = lesson.last.evidence().unwrap();
        assert!(early.sound && early.mendable.len() == 1);
        lesson.hear(9.0);
        assert!((lesson.seconds() - 3.0).abs() < 0.1);
        assert_eq!(lesson.last.evidence().unwrap().traces.unwrap()[0].levels.len(), 100);
        lesson.last.took(&Update::Strum(strum(8.6, false)));
        assert_eq!(lesson.last.evidence().unwrap().strum.at, strum(8.6, false).at);
        assert!(lesson.seconds() < 0.6);
    }

    #[test]
    fn it_ends_where_the_student_plays_on_or_the_teacher_speaks() {
        let mut lesson = Lesson::new();
        lesson.hear(1.5);
        lesson.last.took(&Update::Strum(strum(1.0, true)));
        lesson.hear(2.0);
        let at = Duration::from_secs(2);
        lesson.last.took(&Update::Onset(Onset { at }));
        lesson.hear(6.0);
        assert!((lesson.seconds() - 1.13).abs() < 0.05, "{}", lesson.seconds());
        lesson.last.took(&Update::Strum(strum(6.0, true)));
        lesson.hear(7.2);
        lesson.last.took(&Update::Speaking(true));
        lesson.hear(9.0);
        assert!((lesson.seconds() - 1.35).abs() < 0.1, "{}", lesson.seconds());
    }

    #[test]
    fn its_sound_is_forgotten_after_a_while_and_its_strips_are_not() {
        let mut lesson = Lesson::new();
        lesson.hear(1.5);
        lesson.last.took(&Update::Strum(strum(1.0, true)));
        lesson.hear(179.0);
        assert!(lesson.last.evidence().unwrap().sound);
        // A verdict that is told again keeps the sound.
        lesson.last.took(&Update::Strum(strum(1.0, false)));
        assert!(lesson.last.evidence().unwrap().mendable.is_empty());
        lesson.hear(182.0);
        let after = lesson.last.evidence().unwrap();
        assert!(!after.sound && after.traces.is_some());
        assert!(lesson.last.sound(None).is_none());
        lesson.last.took(&Update::Aim("Am".parse().unwrap()));
        assert!(lesson.last.evidence().is_none());
    }
}
