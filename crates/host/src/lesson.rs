use std::env;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use audio::{Dulled, GuitarPrint, ListenerConfig, Target, Trust};
use engines::loudspeaker::DefaultLoudspeaker;
use engines::microphone::Microphone;
use engines::program::{LanguageEngine, ModelFile, Setup, beside_this_program};
use engines::recording::{Paced, Recording};
use engines::voice::best_voice;
use models::ModelHome;
use pipeline::journal::Journal;
use pipeline::ports::{
    AudioSource, Clock, LanguageModel, Loudspeaker, PitchWitness, PortError, Voice,
};
use pipeline::{Ear, Parts, Screen, Session, Step, SystemClock, rehearse_drill};
use theory::{Chord, StringNumber, Tuning};
use thiserror::Error;
use tutor::drill::{Drill, Exercise, Start};
use tutor::review::Moment;
use tutor::{EngineKind, Lesson, Manner, Observation, Trouble, Tutor};

use crate::asked::target_in;
use crate::guitars::{GuitarShelf, MY_GUITAR, Remembering};
use crate::recent::Recent;
use crate::why::{self, Evidence, LastStrum, Recalling};
use crate::{Asked, GuitarTuning, Keeping, Logbook, Player, Takes, pitch_witness};

/// Names a language model file of the student's own; the catalogue has none yet.
const LANGUAGE_MODEL: &str = "PRITA_LANGUAGE_MODEL";

/// The longest a sentence may take to write; the template has spoken long before.
const WRITING: Duration = Duration::from_secs(20);

/// What a lesson should be.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// What to play; none to only listen.
    pub asked: Option<Asked>,
    /// How the guitar is tuned.
    pub guitar: GuitarTuning,
    /// How the teacher speaks.
    pub manner: Manner,
    /// Whether to ask the neural witness, if it is there.
    pub witness: bool,
    /// Whether to speak aloud.
    pub aloud: bool,
    /// What is drilled; none for a lesson on what is asked.
    pub drill: Option<Exercise>,
    /// Whether the beat of a drill is heard; it is shown anyway.
    pub clicks: bool,
    /// When beat 0 of a rehearsed drill is; its first stroke if left out.
    pub start: Option<Duration>,
}

/// Where the sound of a live lesson comes from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A microphone by its id, or the system's choice.
    Microphone(Option<String>),
    /// A recording, played at its own pace.
    Recording(PathBuf),
}

/// Sound, and the clock that stamps it.
type Stamped = (Box<dyn AudioSource>, Arc<dyn Clock>);

impl Source {
    fn open(self) -> Result<Stamped, PortError> {
        Ok(match self {
            Self::Microphone(id) => {
                let clock: Arc<dyn Clock> = Arc::new(SystemClock::start());
                (Box::new(Microphone::new(id, Arc::clone(&clock))), clock)
            }
            Self::Recording(path) => {
                let clock = Arc::new(SystemClock::waiting());
                let recording = Recording::open(&path)?;
                (Box::new(Paced::new(recording, Arc::clone(&clock))), clock)
            }
        })
    }

    /// A name for people: the file's, or «מיקרופון».
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Microphone(_) => "מיקרופון".to_owned(),
            Self::Recording(path) => {
                path.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }
        }
    }
}

/// Why a lesson whose strums are kept does not begin.
#[derive(Debug, Error)]
pub enum KeepError {
    /// The lesson itself does not.
    #[error(transparent)]
    Lesson(#[from] PortError),
    /// The folder cannot be written.
    #[error(transparent)]
    Folder(#[from] io::Error),
}

/// A running lesson. Dropping it ends it.
pub struct Live {
    session: Session,
    last: Arc<Mutex<LastStrum>>,
}

impl Recipe {
    /// Everything that is there, and nothing asked yet.
    #[must_use]
    pub fn listening(guitar: GuitarTuning) -> Self {
        Self {
            asked: None,
            guitar,
            manner: Manner::default(),
            witness: true,
            aloud: true,
            drill: None,
            clicks: true,
            start: None,
        }
    }

    /// A lesson on one chord with everything that is there.
    #[must_use]
    pub fn practising(chord: Chord, guitar: GuitarTuning) -> Self {
        Self::listening(guitar).on(chord)
    }

    /// The same, on this chord.
    #[must_use]
    pub fn on(self, chord: Chord) -> Self {
        let target = target_in(chord, &self.guitar.tuning);
        Self { asked: Some(Asked { chord: Some(chord), target }), ..self }
    }

    /// The same, as a drill.
    #[must_use]
    pub fn drilling(self, exercise: Exercise) -> Self {
        let chord = exercise.first();
        let target = aim(Some(&exercise), chord, &self.guitar.tuning);
        let asked = Some(Asked { chord: Some(chord), target });
        Self { asked, drill: Some(exercise), ..self }
    }

    /// What writes it into a student's journal; none where nothing is asked.
    #[must_use]
    pub fn logbook(
        &self,
        journal: Box<dyn Journal>,
        student: impl Into<Player>,
        now: Moment,
    ) -> Option<Logbook> {
        if self.drill.as_ref().is_some_and(Exercise::counts_itself) {
            return Some(Logbook::of_drill(journal, student, now));
        }
        let chord = self.asked.as_ref()?.chord?;
        Some(Logbook::new(journal, student, chord, now))
    }

    /// The ears for it, and what is missing, if the witness is.
    #[must_use]
    pub fn ear(&self) -> (Ear, Option<PortError>) {
        let (witness, missing) = self.witness();
        (self.ear_with(witness), missing)
    }

    fn witness(&self) -> (Option<Box<dyn PitchWitness>>, Option<PortError>) {
        match self.witness.then(|| pitch_witness(&ModelHome::discover())) {
            Some(Ok(witness)) => (Some(witness), None),
            Some(Err(error)) => (None, Some(error)),
            None => (None, None),
        }
    }

    /// The ears with a witness of the caller's choice.
    #[must_use]
    pub fn ear_with(&self, witness: Option<Box<dyn PitchWitness>>) -> Ear {
        Ear::new(self.config(), witness)
    }

    fn config(&self) -> ListenerConfig {
        let target = self.asked.as_ref().map(|asked| asked.target.clone());
        let GuitarTuning { tuning, a4 } = self.guitar;
        ListenerConfig { tuning, a4, target, ..ListenerConfig::default() }
    }

    /// The ears for the student's own guitar; a recording may be of any other.
    fn own_ear(&self, shelf: &GuitarShelf) -> (Ear, Option<PortError>) {
        let print = Some(shelf.print(MY_GUITAR)).filter(|print| *print != GuitarPrint::default());
        self.ear_of(print, shelf.trust(MY_GUITAR))
    }

    /// The ears for a guitar that is known, and what is missing, if the witness is.
    #[must_use]
    pub fn ear_of(&self, print: Option<GuitarPrint>, trust: Trust) -> (Ear, Option<PortError>) {
        let (witness, missing) = self.witness();
        let config = ListenerConfig { print, trust, ..self.config() };
        (Ear::new(config, witness), missing)
    }

    /// The teacher for it; none when only listening or for a voicing without a name.
    #[must_use]
    pub fn tutor(&self) -> Option<Tutor> {
        let asked = self.asked.as_ref()?;
        let lesson = Lesson { tuning: self.guitar.tuning, ..Lesson::new(asked.chord?) };
        let Manner { style, address, notes, level } = self.manner.clone();
        let lesson = lesson.addressed(address).naming(notes).for_level(level).taught(style);
        Some(Tutor::new(match asked.target.voicings.as_slice() {
            [only] => lesson.voiced(*only),
            _ => lesson,
        }))
    }

    /// The drill, if there is one.
    fn drill(&self, start: Start) -> Option<Drill> {
        let exercise = self.drill.clone()?;
        Some(Drill::new(exercise, start, self.guitar.tuning, self.manner.address))
    }

    /// Whether the beat is heard: not where the student plays along with a recording of their own.
    fn clicking(&self, live: bool) -> bool {
        self.drill.is_some() && self.clicks && live
    }

    fn loudspeaker(&self, live: bool) -> Option<Box<dyn Loudspeaker>> {
        let wanted = self.aloud || self.clicking(live);
        wanted.then(|| Box::new(DefaultLoudspeaker) as Box<dyn Loudspeaker>)
    }

    /// Plays a whole recording to the ears and the teacher, in input time.
    ///
    /// # Errors
    /// What the recording reports; a silent witness is told to the teacher instead.
    pub fn rehearse(
        &self,
        source: &mut dyn AudioSource,
        tutor: &mut Tutor,
        on: &mut dyn FnMut(Step),
    ) -> Result<(), PortError> {
        let (mut ear, missing) = self.ear();
        if let Some(error) = missing {
            let observation =
                Observation::Trouble { at: Duration::ZERO, trouble: witness_down(&error) };
            let actions = tutor.handle(&observation, observation.at());
            on(Step::Observed(observation));
            actions.into_iter().for_each(|a| on(Step::Acted(Duration::ZERO, a)));
        }
        let mut drill = self.drill(self.start.map_or(Start::FirstStroke, Start::At));
        let target = |chord| aim(self.drill.as_ref(), chord, &self.guitar.tuning);
        rehearse_drill(source, &mut ear, tutor, drill.as_mut(), &target, on)
    }

    /// Begins a live lesson.
    ///
    /// # Errors
    /// The recording cannot be opened, nothing is asked, or there are no more threads.
    pub fn begin(&self, source: Source, screen: Arc<dyn Screen>) -> Result<Live, PortError> {
        let hears_itself = matches!(source, Source::Microphone(_));
        let (source, clock) = source.open()?;
        let (recent, keeping) = Keeping::of(source, why::REMEMBERED);
        self.begin_on((Box::new(keeping), hears_itself), recent, screen, clock)
    }

    /// The same, keeping strums and what their strings did in a folder.
    ///
    /// # Errors
    /// As [`Recipe::begin`], or the folder cannot be written.
    pub fn begin_keeping(
        &self,
        source: Source,
        screen: Arc<dyn Screen>,
        folder: PathBuf,
    ) -> Result<(Live, Takes), KeepError> {
        let hears_itself = matches!(source, Source::Microphone(_));
        let (source, clock) = source.open()?;
        let (takes, keeping) = self.keeping(source, folder)?;
        let (kept, recent) = (Box::new(keeping), takes.recent());
        let live = self.begin_on((kept, hears_itself), recent, screen, clock)?;
        Ok((live, takes))
    }

    /// A source whose strums are kept in a folder.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn keeping(
        &self,
        source: Box<dyn AudioSource>,
        folder: PathBuf,
    ) -> io::Result<(Takes, Keeping)> {
        let chord = self.asked.as_ref().and_then(|asked| asked.chord);
        let label = chord.map(|chord| chord.to_string()).unwrap_or_default();
        Takes::of(source, folder, label)
    }

    fn begin_on(
        &self,
        (source, hears_itself): (Box<dyn AudioSource>, bool),
        recent: Arc<Mutex<Recent>>,
        screen: Arc<dyn Screen>,
        clock: Arc<dyn Clock>,
    ) -> Result<Live, PortError> {
        let tutor = self.tutor().ok_or_else(|| PortError::Missing { what: "chord".to_owned() })?;
        let shelf = GuitarShelf::discover().filter(|_| hears_itself);
        let (ear, missing) = shelf.as_ref().map_or_else(|| self.ear(), |own| self.own_ear(own));
        let dulled = shelf.as_ref().and_then(remind_of_old_strings);
        let print = shelf.as_ref().map(|own| own.print(MY_GUITAR));
        let heard = ListenerConfig { print, ..self.config() };
        let last = Arc::new(Mutex::new(LastStrum::of(recent, heard)));
        let screen = Arc::new(Recalling { screen, last: Arc::clone(&last) });
        let screen: Arc<dyn Screen> = match shelf {
            Some(shelf) => Arc::new(Remembering { screen, shelf }),
            None => screen,
        };
        let (exercise, tuning) = (self.drill.clone(), self.guitar.tuning);
        let parts = Parts {
            source,
            hears_itself,
            ear,
            tutor,
            drill: self.drill(if hears_itself { Start::CountIn } else { Start::FirstStroke }),
            target: Box::new(move |chord| aim(exercise.as_ref(), chord, &tuning)),
            voice: self.aloud.then(voice).flatten(),
            loudspeaker: self.loudspeaker(hears_itself),
            clicks: self.clicking(hears_itself),
            model: language_model(),
            screen,
            clock,
        };
        let session = Session::begin(parts).map_err(|error| no_threads(&error))?;
        if let Some(error) = missing {
            session.report(witness_down(&error));
        }
        if let Some(dulled) = dulled {
            session.observe(Observation::Strings { at: Duration::ZERO, dulled });
        }
        Ok(Live { session, last })
    }
}

/// What the ears aim at for a chord, in the voicing that a drill wants.
fn aim(exercise: Option<&Exercise>, chord: Chord, tuning: &Tuning) -> Target {
    match exercise.and_then(|exercise| exercise.voicing(chord)) {
        Some(only) => Target { voicings: vec![only] },
        None => target_in(chord, tuning),
    }
}

/// What is to be told of the strings' age, if anything; then not again for a while.
fn remind_of_old_strings(shelf: &GuitarShelf) -> Option<Dulled> {
    let mut wear = shelf.wear(MY_GUITAR);
    let dulled = wear.remind(crate::now().day.0)?;
    shelf
        .keep_wear(MY_GUITAR, &wear)
        .inspect_err(|error| tracing::warn!(%error, "the reminder cannot be kept"))
        .ok()
        .map(|()| dulled)
}

impl Live {
    /// The student asks for something.
    pub fn command(&self, command: tutor::Command) {
        self.session.command(command);
    }

    /// What can be shown of the last judged strum; none before the first.
    #[must_use]
    pub fn evidence(&self) -> Option<Evidence> {
        let unread = why::last(&self.last).unread();
        if let Some((strum, traces)) = unread.map(why::Unread::read) {
            why::last(&self.last).keep(&strum, traces);
        }
        why::last(&self.last).evidence()
    }

    /// Plays the last judged strum again, with `mended` ringing as it should if one is named.
    /// Whether there was anything to play, and a loudspeaker.
    pub fn play_strum(&self, mended: Option<StringNumber>) -> bool {
        let sound = why::last(&self.last).sound(mended);
        sound.is_some_and(|sound| self.session.play(sound))
    }

    /// The loudspeaker falls silent.
    pub fn hush(&self) {
        self.session.hush();
    }

    /// The student is back after so many days.
    pub fn began(&self, days_away: u16) {
        self.session.began(days_away);
    }

    /// Something outside the lesson stands in the way.
    pub fn report(&self, trouble: Trouble) {
        self.session.report(trouble);
    }
}

fn witness_down(error: &PortError) -> Trouble {
    Trouble::EngineDown { engine: EngineKind::Witness, missing: error.is_for_good() }
}

pub(crate) fn no_threads(error: &std::io::Error) -> PortError {
    PortError::Refused { what: "the operating system".to_owned(), why: error.to_string() }
}

pub(crate) fn voice() -> Option<(Box<dyn Voice>, Box<dyn Loudspeaker>)> {
    let voice = best_voice()
        .inspect_err(|error| tracing::warn!(%error, "no Hebrew voice; captions only"))
        .ok()?;
    Some((voice, Box::new(DefaultLoudspeaker)))
}

fn language_model() -> Option<Box<dyn LanguageModel>> {
    let path = PathBuf::from(env::var_os(LANGUAGE_MODEL)?);
    let setup = Setup::new(beside_this_program("prita-llm"), ModelFile { path, sha256: None });
    Some(Box::new(LanguageEngine::start(setup, WRITING)))
}
