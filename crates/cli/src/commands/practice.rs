use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use host::{Asked, GuitarTuning, KeepError, Live, Recipe, Recording, Source, Takes};
use pipeline::journal::Settings;
use pipeline::ports::{AudioSource, PortError};
use pipeline::{Screen, Status, Step, Update, Wording};
use theory::{Chord, ChordSymbol, Reading};
use tutor::hebrew::isolate;
use tutor::{Action, Feedback, LessonEvent, Observation, Trouble};

use super::diagnose::FeedbackLine;
use super::drilled::{exercise, write_progress};
use super::hear::{StrumLine, strum_text};
use super::progress::Book;
use crate::args::Practice;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::Output;

/// How soon Ctrl-C is noticed in a quiet lesson.
const WAIT: Duration = Duration::from_millis(100);

pub(crate) fn run(args: &Practice, output: &mut Output) -> Result<(), Failure> {
    let (guitar, trouble) = match &args.audio {
        Some(_) => (args.tuned.of_a_recording()?, None),
        None => args.tuned.own()?,
    };
    let known = match &args.profile {
        Some(folder) => Book::known(folder, args.student.as_deref(), output)?,
        None => None,
    };
    let (profile, settings) =
        known.map_or((None, Settings::default()), |(profile, settings)| (Some(profile), settings));
    let recipe = recipe(args, guitar, &settings)?;
    output.text(&title(&recipe))?;
    if let Some(note) = args.chord.as_deref().and_then(other_meaning) {
        output.text(&note)?;
    }
    // What cannot be heard leaves the profile as it is.
    let recording = recording(args)?;
    let keep = args.keep.as_deref();
    let mut book = match &args.profile {
        Some(folder) => Book::open((folder, profile), args.student.as_deref(), &recipe, output)?,
        None => Book::none(),
    };
    let practised = match recording {
        Some((path, _)) if args.speak => {
            live(&recipe, Source::Recording(path), None, keep, &mut book, output)
        }
        Some(opened) => rehearse(&recipe, opened, keep, &mut book, output),
        None => {
            let microphone = Source::Microphone(args.device.clone());
            live(&recipe, microphone, trouble, keep, &mut book, output)
        }
    };
    // What was practised before a lesson broke off counts as well.
    let closed = book.close(output);
    practised.and(closed)
}

/// The recording, opened; none where it is the microphone that is heard.
fn recording(args: &Practice) -> Result<Option<(PathBuf, Recording)>, Failure> {
    match &args.audio {
        Some(path) => {
            let opened = Recording::open(path).map_err(|error| Failure::file(path, &error))?;
            Ok(Some((path.clone(), opened)))
        }
        None if host::input_devices().is_empty() => Err(Failure::no_microphone()),
        None => Ok(None),
    }
}

/// The lesson that is asked for: on a chord, or a drill.
fn recipe(args: &Practice, guitar: GuitarTuning, settings: &Settings) -> Result<Recipe, Failure> {
    let tuning = guitar.tuning;
    let recipe = Recipe {
        manner: args.manner.read(settings)?,
        witness: !args.no_witness,
        aloud: args.speak,
        clicks: !args.drill.no_clicks,
        start: args.drill.start.map(Duration::from_secs_f64),
        ..Recipe::listening(guitar)
    };
    if let Some(exercise) = exercise(args, &tuning)? {
        return Ok(recipe.drilling(exercise));
    }
    let asked = Asked::in_tuning(args.chord.as_deref().unwrap_or_default(), &tuning)
        .map_err(Failure::wrong_chord)?;
    if asked.chord.is_none() {
        return Err(Failure::nameless_voicing());
    }
    Ok(Recipe { asked: Some(asked), ..recipe })
}

fn title(recipe: &Recipe) -> String {
    let chords = match &recipe.drill {
        Some(exercise) => exercise.chords(),
        None => recipe.asked.iter().filter_map(|asked| asked.chord).collect(),
    };
    let named = |chord: &Chord| recipe.manner.notes.chord_line(*chord);
    chords.iter().map(named).collect::<Vec<String>>().join(", ")
}

/// «סי» is B, and C to who calls notes by letters: it cannot be asked back here, so it is said.
fn other_meaning(asked: &str) -> Option<String> {
    let Reading { symbol, or } = ChordSymbol::read(asked).ok()?;
    let (taken, other) = (symbol.chord().name(), or?.chord().name());
    Some(format!(
        "«{}» כאן הוא {}. לאקורד {other} כותבים {other}.",
        asked.trim(),
        isolate(&taken),
        other = isolate(&other)
    ))
}

fn rehearse(
    recipe: &Recipe,
    (path, recording): (PathBuf, Recording),
    keep: Option<&Path>,
    book: &mut Book,
    output: &mut Output,
) -> Result<(), Failure> {
    let Some(mut tutor) = recipe.tutor() else {
        return Err(Failure::wrong_chord("nothing is asked"));
    };
    let mut source: Box<dyn AudioSource> = Box::new(recording);
    let mut keeper = Keeper::none();
    if let Some(folder) = keep {
        let (takes, keeping) = recipe
            .keeping(source, folder.to_owned())
            .map_err(|error| Failure::unwritable(folder, &error))?;
        (source, keeper) = (Box::new(keeping), Keeper::of(takes, folder));
    }
    let (mut written, asks) = (Ok(()), asks_alone(recipe));
    let played = recipe.rehearse(source.as_mut(), &mut tutor, &mut |step| {
        book.step(&step);
        if written.is_ok() {
            written = write_step(&step, asks, output).and_then(|()| keeper.step(&step));
        }
    });
    written?;
    played.map_err(|error| Failure::file(&path, &error))?;
    keeper.close(output)
}

/// Takes that are kept, if any are.
struct Keeper(Option<(Takes, PathBuf)>);

impl Keeper {
    fn none() -> Self {
        Self(None)
    }

    fn of(takes: Takes, folder: &Path) -> Self {
        Self(Some((takes, folder.to_owned())))
    }

    fn step(&mut self, step: &Step) -> Result<(), Failure> {
        match step {
            Step::Observed(Observation::Strum(strum)) => self.with(|takes| takes.strum(strum)),
            Step::Checked(check) => self.with(|takes| takes.check(check)),
            _ => Ok(()),
        }
    }

    fn with(&mut self, act: impl FnOnce(&mut Takes) -> std::io::Result<()>) -> Result<(), Failure> {
        let Some((takes, folder)) = &mut self.0 else { return Ok(()) };
        act(takes).map_err(|error| Failure::unwritable(folder, &error))
    }

    fn close(mut self, output: &mut Output) -> Result<(), Failure> {
        self.with(Takes::close)?;
        match self.0 {
            Some((takes, folder)) => {
                output.text(&format!("נשמרו {} נגינות: {}", takes.written(), folder.display()))
            }
            None => Ok(()),
        }
    }
}

/// Whether a string in doubt may be asked for by itself: not in the middle of a drill that runs.
fn asks_alone(recipe: &Recipe) -> bool {
    recipe.drill.as_ref().is_none_or(|exercise| !exercise.counts_itself())
}

fn write_step(step: &Step, asks: bool, output: &mut Output) -> Result<(), Failure> {
    match step {
        Step::Observed(Observation::Strum(strum)) => write_strum(strum, asks, output),
        Step::Acted(_, Action::Conclude(event)) => write_event(event, output),
        Step::Acted(_, Action::Say(feedback) | Action::Show(feedback)) => {
            write_feedback(feedback, &Wording::Template, output)
        }
        Step::Drilled(at, progress) => write_progress(*at, progress, output),
        _ => Ok(()),
    }
}

fn write_strum(strum: &audio::Strum, asks: bool, output: &mut Output) -> Result<(), Failure> {
    let line = StrumLine::of(strum, strum.verdict.is_some());
    output.line("strum", &line, || strum_text(strum, asks))
}

fn write_event(event: &LessonEvent, output: &mut Output) -> Result<(), Failure> {
    output.machine_line("event", event)
}

fn write_feedback(
    feedback: &Feedback,
    source: &Wording,
    output: &mut Output,
) -> Result<(), Failure> {
    let line = FeedbackLine::from(feedback, source.id());
    output.line("feedback", &line, || format!("    {}", feedback.display()))
}

/// The session's updates, handed to the thread that writes.
struct Channelled(Sender<Update>);

impl Screen for Channelled {
    fn show(&self, update: Update) {
        // Nobody listens any more: the lesson is being closed.
        let _ = self.0.send(update);
    }
}

/// What an error calls the source of the sound.
fn named(source: &Source) -> PathBuf {
    match source {
        Source::Recording(path) => path.clone(),
        Source::Microphone(None) => PathBuf::from("microphone"),
        Source::Microphone(Some(id)) => PathBuf::from(format!("microphone `{id}`")),
    }
}

fn live(
    recipe: &Recipe,
    source: Source,
    trouble: Option<Trouble>,
    keep: Option<&Path>,
    book: &mut Book,
    output: &mut Output,
) -> Result<(), Failure> {
    let interrupt = Interrupt::watch()?;
    let (sender, updates) = channel();
    let (path, began) = (named(&source), Instant::now());
    let device = match &source {
        Source::Microphone(device) => device.clone(),
        Source::Recording(_) => None,
    };
    let (lesson, keeper) = open(recipe, source, Arc::new(Channelled(sender)), keep)?;
    book.away().into_iter().for_each(|days| lesson.began(days));
    trouble.into_iter().for_each(|trouble| lesson.report(trouble));
    let asks = asks_alone(recipe);
    let mut heard = Heard { path, device, began, asks, keeper, book, output };
    let mut told = heard.follow(&updates, &interrupt);
    // A drill that is left tells at its very end what was practised of the round that ran.
    drop(lesson);
    for update in updates.try_iter() {
        told = told.and(heard.take(update).map(drop));
    }
    told?;
    heard.keeper.close(heard.output)
}

/// The lesson, begun.
fn open(
    recipe: &Recipe,
    source: Source,
    screen: Arc<dyn Screen>,
    keep: Option<&Path>,
) -> Result<(Live, Keeper), Failure> {
    let path = named(&source);
    let unread = |error: PortError| Failure::file(&path, &error);
    let Some(folder) = keep else {
        return Ok((recipe.begin(source, screen).map_err(unread)?, Keeper::none()));
    };
    let begun = recipe.begin_keeping(source, screen, folder.to_owned());
    let (lesson, takes) = begun.map_err(|error| match error {
        KeepError::Lesson(error) => unread(error),
        KeepError::Folder(error) => Failure::unwritable(folder, &error),
    })?;
    Ok((lesson, Keeper::of(takes, folder)))
}

/// A live lesson as it is written and kept.
struct Heard<'a> {
    path: PathBuf,
    device: Option<String>,
    began: Instant,
    asks: bool,
    keeper: Keeper,
    book: &'a mut Book,
    output: &'a mut Output,
}

impl Heard<'_> {
    /// Until the lesson is over, or Ctrl-C.
    fn follow(&mut self, updates: &Receiver<Update>, interrupt: &Interrupt) -> Result<(), Failure> {
        while !interrupt.pressed() {
            let taken = match updates.recv_timeout(WAIT) {
                Ok(update) => self.take(update)?,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            if taken.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Breaks where the lesson is over. What is practised is kept first, whatever cannot be written.
    fn take(&mut self, update: Update) -> Result<ControlFlow<()>, Failure> {
        match update {
            Update::Strum(strum) => {
                self.book.with(|log| {
                    log.strum(&strum);
                    log.keep()
                });
                write_strum(&strum, self.asks, self.output)?;
                self.keeper.with(|takes| takes.strum(&strum))?;
            }
            Update::Checked(check) => self.keeper.with(|takes| takes.check(&check))?,
            Update::Event(event) => write_event(&event, self.output)?,
            Update::Feedback(feedback, source) => {
                self.book.with(|log| {
                    log.told(&feedback);
                    log.keep()
                });
                write_feedback(&feedback, &source, self.output)?;
            }
            Update::Drill(progress) => {
                write_progress(self.began.elapsed(), &progress, self.output)?;
            }
            Update::Practised(practised) => self.book.with(|log| {
                log.drilled(&practised);
                log.keep()
            }),
            Update::Aim(chord) => self.book.with(|log| log.aim(chord)),
            // One that is taken away comes back by itself; one that never came does not.
            Update::Trouble(Trouble::MicrophoneMissing, _) => return Err(self.missing()),
            Update::Trouble(_, feedback) => {
                write_feedback(&feedback, &Wording::Template, self.output)?;
            }
            Update::Broken(error) => return Err(Failure::file(&self.path, &error)),
            Update::Status(Status::Finished) => return Ok(ControlFlow::Break(())),
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    fn missing(&self) -> Failure {
        let what = self.path.display().to_string();
        Failure::silent_microphone(&PortError::Missing { what }, self.device.as_deref())
    }
}
