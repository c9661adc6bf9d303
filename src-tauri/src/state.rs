use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use host::{Live, Recipe, Source};
use tauri::ipc::Channel;
use theory::Chord;

use crate::error::AppError;
use crate::screen::PageScreen;
use crate::view::Update;

/// The one lesson that may be open.
#[derive(Default)]
pub(crate) struct AppState {
    lesson: Mutex<Option<Live>>,
}

impl AppState {
    fn lesson(&self) -> MutexGuard<'_, Option<Live>> {
        self.lesson.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn open(
        &self,
        chord: Chord,
        source: Source,
        updates: Channel<Update>,
    ) -> Result<(), AppError> {
        let mut lesson = self.lesson();
        // Its threads and its microphone end before the next one opens.
        drop(lesson.take());
        let screen = Arc::new(PageScreen::new(chord, source.name(), updates));
        let begun = Recipe::practising(chord)
            .begin(source.clone(), screen)
            .map_err(|error| AppError::at_the_start(&error, &source))?;
        *lesson = Some(begun);
        Ok(())
    }

    pub(crate) fn command(&self, command: tutor::Command) -> Result<(), AppError> {
        let lesson = self.lesson();
        let lesson = lesson.as_ref().ok_or_else(AppError::no_lesson)?;
        lesson.command(command);
        Ok(())
    }

    pub(crate) fn close(&self) {
        drop(self.lesson().take());
    }
}
