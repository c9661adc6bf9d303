use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use audio::TunerConfig;
use host::{GuitarTuning, Household, Live, Logbook, Recipe, Source, logged, own_tuning};
use pipeline::journal::{JournalError, Settings};
use pipeline::{Check, Screen, Tuning, Update as Told};
use progress::Import;
use tauri::ipc::Channel;
use theory::Chord;
use tutor::drill::Exercise;
use tutor::{Manner, Style};

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

/// The one thing that may listen at a time, and who plays here.
#[derive(Default)]
pub(crate) struct AppState {
    open: Mutex<Option<Open>>,
    /// Opened when it is first asked for: a profile that cannot be read does not keep the window shut.
    home: Mutex<Option<Household>>,
    /// A file of progress that was looked into and not taken yet.
    import: Mutex<Option<Import>>,
}

impl AppState {
    fn open(&self) -> MutexGuard<'_, Option<Open>> {
        locked(&self.open)
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
        self.open_lesson(source, updates, |recipe| recipe.on(chord))
    }

    /// A drill; `clicks`: its beat is heard.
    pub(crate) fn drill(
        &self,
        exercise: Exercise,
        clicks: bool,
        source: Source,
        updates: Channel<Update>,
    ) -> Result<(), AppError> {
        self.open_lesson(source, updates, |recipe| Recipe { clicks, ..recipe.drilling(exercise) })
    }

    fn open_lesson(
        &self,
        source: Source,
        updates: Channel<Update>,
        recipe: impl FnOnce(Recipe) -> Recipe,
    ) -> Result<(), AppError> {
        self.replace(|| {
            // The microphone hears the student's own guitar, a recording any.
            let (guitar, trouble) = match source {
                Source::Microphone(_) => own_tuning(),
                Source::Recording(_) => (GuitarTuning::default(), None),
            };
            let recipe = recipe(self.recipe(guitar));
            let asked = recipe.asked.as_ref().and_then(|asked| asked.chord);
            let named = (recipe.guitar.tuning, recipe.manner.notes);
            let page = PageScreen::new(asked, source.name(), named, updates);
            let mut screen: Arc<dyn Screen> = Arc::new(page);
            // Asked before anything of today is kept.
            let away = self.days_away();
            if matches!(source, Source::Microphone(_)) {
                screen = self.kept(&recipe, screen);
            }
            let lesson = recipe
                .begin(source.clone(), screen)
                .map_err(|error| AppError::at_the_start(&error, &source))?;
            trouble.into_iter().for_each(|trouble| lesson.report(trouble));
            away.into_iter().for_each(|days| lesson.began(days));
            Ok(Open::Lesson(lesson))
        })
    }

    /// Days since the student who plays now played last; none on the first day.
    fn days_away(&self) -> Option<u16> {
        let away = |home: &mut Household| {
            home.days_away(host::now().day).map_err(|error| AppError::journal(&error))
        };
        self.with_home(away).ok().flatten()
    }

    /// What the student who plays now chose; the usual where nobody plays yet or nothing can be read.
    pub(crate) fn settings(&self) -> Settings {
        let current =
            self.with_home(|home| home.current().map_err(|error| AppError::journal(&error)));
        current.ok().flatten().map(|student| student.settings).unwrap_or_default()
    }

    /// A lesson as the student who plays now chose to be taught.
    fn recipe(&self, guitar: GuitarTuning) -> Recipe {
        let Settings { address, notes, level, style, .. } = self.settings();
        let style = Style::named(&style).unwrap_or_default();
        let manner = Manner { style, address, notes, level };
        Recipe { manner, ..Recipe::listening(guitar) }
    }

    /// The same screen, and a journal of what is practised. Where nothing can be kept, the lesson goes
    /// on in the usual manner, and the screen tells why.
    fn kept(&self, recipe: &Recipe, screen: Arc<dyn Screen>) -> Arc<dyn Screen> {
        let book = match self.logbook(recipe) {
            Ok(Some(book)) => book,
            Ok(None) => return screen,
            Err(error) => {
                screen.show(Told::Unkept(error));
                return screen;
            }
        };
        logged(Arc::clone(&screen), book).unwrap_or_else(|error| {
            tracing::warn!(%error, "what is practised is not kept");
            screen
        })
    }

    /// The journal of who plays now, for this lesson; none where nothing is asked.
    fn logbook(&self, recipe: &Recipe) -> Result<Option<Logbook>, JournalError> {
        let mut home = locked(&self.home);
        let home = opened(&mut home)?;
        if !home.is_writer() {
            return Err(JournalError::Busy);
        }
        let now = host::now();
        let student = match home.current()? {
            Some(student) => student,
            None => home.admit(host::ME, &Settings::default(), now.day)?,
        };
        Ok(recipe.logbook(home.journal(), student.id, now))
    }

    /// Asks who plays here; their profile is opened when it is first asked for.
    pub(crate) fn with_home<T>(
        &self,
        ask: impl FnOnce(&mut Household) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let mut home = locked(&self.home);
        ask(opened(&mut home).map_err(|error| AppError::journal(&error))?)
    }

    /// Looks into a file of progress and holds it ready to be taken.
    pub(crate) fn look_into<T>(
        &self,
        file: &Path,
        show: impl FnOnce(&Import) -> T,
    ) -> Result<T, AppError> {
        let failed = |error| AppError::portable(&error);
        let import = self.with_home(|home| home.look_into(file).map_err(failed))?;
        let shown = show(&import);
        *locked(&self.import) = Some(import);
        Ok(shown)
    }

    /// Takes what was looked into.
    pub(crate) fn import(&self) -> Result<(), AppError> {
        let mut held = locked(&self.import);
        let import = held.as_ref().ok_or_else(AppError::unexpected)?;
        self.close();
        let failed = |error| AppError::portable(&error);
        self.with_home(|home| home.import(import).map(drop).map_err(failed))?;
        *held = None;
        Ok(())
    }

    /// Forgets everything that is kept here.
    pub(crate) fn forget(&self) -> Result<(), AppError> {
        // Nothing may begin to listen, and to write, meanwhile.
        let mut open = self.open();
        drop(open.take());
        *locked(&self.import) = None;
        // A profile that cannot be opened is not forgotten silently.
        self.with_home(|_| Ok(()))?;
        let mut home = locked(&self.home);
        if let Some(household) = home.take()
            && let Err((error, kept)) = household.forget()
        {
            *home = kept;
            return Err(AppError::journal(&error));
        }
        let cleared = host::GuitarShelf::discover().map_or(Ok(()), |shelf| shelf.clear());
        cleared.map_err(|error| AppError::unkept(&error))
    }

    pub(crate) fn tune(
        &self,
        config: TunerConfig,
        device: Option<String>,
        updates: Channel<TunerUpdate>,
    ) -> Result<(), AppError> {
        self.replace(|| {
            let page = Arc::new(TunerPage(updates));
            let begun = host::begin_tuning(config, device, self.settings().address, page);
            begun.map(Open::Tuner).map_err(|error| AppError::in_the_middle(&error))
        })
    }

    pub(crate) fn check(
        &self,
        device: Option<String>,
        updates: Channel<CheckUpdate>,
    ) -> Result<(), AppError> {
        self.replace(|| {
            let Settings { address, guitar, .. } = self.settings();
            let page = Arc::new(CheckPage(updates));
            let begun = host::begin_check(device, (address, guitar), page);
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

    pub(crate) fn with_lesson<T>(&self, ask: impl FnOnce(&Live) -> T) -> Result<T, AppError> {
        match &*self.open() {
            Some(Open::Lesson(lesson)) => Ok(ask(lesson)),
            _ => Err(AppError::unexpected()),
        }
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

/// Who plays here, opened if nobody asked before.
fn opened(home: &mut Option<Household>) -> Result<&mut Household, JournalError> {
    let opened = match home.take() {
        Some(opened) => opened,
        None => {
            let refused = || JournalError::Refused {
                what: "the folder for progress".to_owned(),
                why: "this system names none".to_owned(),
            };
            Household::open(&host::progress_folder().ok_or_else(refused)?)?
        }
    };
    Ok(home.insert(opened))
}

fn locked<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}
