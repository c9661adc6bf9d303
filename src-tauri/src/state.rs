use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use audio::TunerConfig;
use host::{GuitarTuning, Live, Recipe, Source, own_tuning};
use pipeline::{Check, Tuning};
use tauri::ipc::Channel;
use theory::Chord;

use crate::error::AppError;
use crate::screen::PageScreen;
use crate::tuning_screen::{CheckPage, TunerPage};
use crate::view::{CheckUpdate, TunerUpdate, Update};

/// What holds the microphone.
enum Open {
    Lesson(Live),
    Tuner(Tuning),
    /// Ends when dropped; nothing is asked of it meanwhile.
    Check(#[expect(dead_code, reason = "held, not asked")] Check),
}

/// The one thing that may listen at a time.
#[derive(Default)]
pub(crate) struct AppState {
    open: Mutex<Option<Open>>,
}

impl AppState {
    fn open(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens something new in the place of what was open, whose threads and microphone end first.
    fn replace(&self, begin: impl FnOnce() -> Result<Open, AppError>) -> Result<(), AppError> {
        let mut open = self.open();
        drop(open.take());
        *open = Some(begin()?);
        Ok(())
    }

    pub(crate) fn practise(
        &self,
        chord: Chord,
        source: Source,
        updates: Channel<Update>,
    ) -> Result<(), AppError> {
        self.replace(|| {
            // The microphone hears the student's own guitar, a recording any.
            let (guitar, trouble) = match source {
                Source::Microphone(_) => own_tuning(),
                Source::Recording(_) => (GuitarTuning::default(), None),
            };
            let screen = PageScreen::new(chord, source.name(), guitar.tuning, updates);
            let lesson = Recipe::practising(chord, guitar)
                .begin(source.clone(), Arc::new(screen))
                .map_err(|error| AppError::at_the_start(&error, &source))?;
            trouble.into_iter().for_each(|trouble| lesson.report(trouble));
            Ok(Open::Lesson(lesson))
        })
    }

    pub(crate) fn tune(
        &self,
        config: TunerConfig,
        device: Option<String>,
        updates: Channel<TunerUpdate>,
    ) -> Result<(), AppError> {
        self.replace(|| {
            let begun = host::begin_tuning(config, device, Arc::new(TunerPage(updates)));
            begun.map(Open::Tuner).map_err(|error| AppError::in_the_middle(&error))
        })
    }

    pub(crate) fn check(
        &self,
        device: Option<String>,
        updates: Channel<CheckUpdate>,
    ) -> Result<(), AppError> {
        self.replace(|| {
            let begun = host::begin_check(device, Arc::new(CheckPage(updates)));
            begun.map(Open::Check).map_err(|error| AppError::in_the_middle(&error))
        })
    }

    pub(crate) fn command(&self, command: tutor::Command) -> Result<(), AppError> {
        match &*self.open() {
            Some(Open::Lesson(lesson)) => lesson.command(command),
            _ => return Err(AppError::unexpected()),
        }
        Ok(())
    }

    pub(crate) fn with_tuner(&self, ask: impl FnOnce(&Tuning)) -> Result<(), AppError> {
        match &*self.open() {
            Some(Open::Tuner(tuner)) => ask(tuner),
            _ => return Err(AppError::unexpected()),
        }
        Ok(())
    }

    pub(crate) fn close(&self) {
        drop(self.open().take());
    }
}
