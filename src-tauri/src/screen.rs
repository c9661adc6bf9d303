//! The page as a [`Screen`]: session updates become views on one channel.

use pipeline::{Screen, Update as Lesson};
use tauri::ipc::Channel;
use theory::{Chord, Shape, Tuning};
use tutor::{EngineKind, NoteNames};

use crate::error::AppError;
use crate::view::{
    ChordCard, DrillView, FeedbackView, StringView, TroubleView, Update, VerdictView,
};

pub(crate) struct PageScreen {
    updates: Channel<Update>,
    source: String,
    tuning: Tuning,
    names: NoteNames,
}

impl PageScreen {
    /// A page that shows `chord` on a guitar in `tuning`, heard from `source` (a name for people).
    pub(crate) fn new(
        chord: Option<Chord>,
        source: String,
        (tuning, names): (Tuning, NoteNames),
        updates: Channel<Update>,
    ) -> Self {
        let screen = Self { updates, source, tuning, names };
        chord.into_iter().for_each(|chord| screen.aim(chord));
        screen
    }

    fn aim(&self, chord: Chord) {
        if let Some(shape) = Shape::of(chord) {
            self.send(Update::Chord { card: ChordCard::of(shape, self.names) });
        }
    }

    fn send(&self, update: Update) {
        if let Err(error) = self.updates.send(update) {
            tracing::debug!(%error, "the page has gone");
        }
    }
}

impl Screen for PageScreen {
    fn show(&self, update: Lesson) {
        let view = match update {
            Lesson::Status(status) => {
                Update::Status { status: status.into(), source: self.source.clone() }
            }
            Lesson::Envelope(envelope) => Update::Level {
                level: envelope.level,
                peak: envelope.peak,
                floor: envelope.floor,
                strings: envelope.strings,
            },
            Lesson::Onset(onset) => Update::Onset { at: onset.at.as_secs_f64() },
            Lesson::Strum(strum) => {
                let Some((verdict, ask_string)) = VerdictView::of(&strum) else { return };
                let strings = Box::new(StringView::of(&strum, &self.tuning, self.names));
                Update::Verdict { verdict, ask_string, strings }
            }
            // The page shows what is said of it, not the evidence.
            Lesson::Event(_) => return,
            Lesson::Checked(check) => {
                Update::Checked { checked: check.trust.checked, right: check.trust.right }
            }
            // A notice that waited for quiet comes as any other sentence.
            Lesson::Feedback(feedback, _) | Lesson::Trouble(_, feedback)
                if feedback.engine_down().is_some() =>
            {
                if feedback.engine_down() == Some(EngineKind::Voice) {
                    // A voice that broke in mid-sentence does not tell its end.
                    self.send(Update::Speaking { speaking: false });
                }
                Update::Trouble { trouble: Some(TroubleView::engine_down(&feedback)) }
            }
            Lesson::Feedback(feedback, _) if feedback.is_of_other_tuning() => {
                Update::Trouble { trouble: Some(TroubleView::other_tuning(&feedback)) }
            }
            Lesson::Feedback(feedback, _) => {
                Update::Feedback { feedback: FeedbackView::from(&feedback) }
            }
            Lesson::Trouble(trouble, feedback) => match TroubleView::of(&trouble, &feedback) {
                Some(trouble) => Update::Trouble { trouble: Some(trouble) },
                None => Update::Feedback { feedback: FeedbackView::from(&feedback) },
            },
            Lesson::TroubleOver => Update::Trouble { trouble: None },
            Lesson::Speaking(speaking) => Update::Speaking { speaking },
            Lesson::Drill(progress) => {
                Update::Drill { drill: Box::new(DrillView::of(&progress, self.names)) }
            }
            // Kept by the journal.
            Lesson::Practised(_) => return,
            Lesson::Aim(chord) => return self.aim(chord),
            Lesson::Unkept(error) => {
                let error = AppError::journal(&error);
                Update::Feedback { feedback: FeedbackView::of_error(&error) }
            }
            Lesson::Broken(error) => {
                let error = AppError::in_the_middle(&error);
                Update::Feedback { feedback: FeedbackView::of_error(&error) }
            }
        };
        self.send(view);
    }
}
