//! What each stage costs: CPU seconds of this thread per second of sound, so that a busy machine
//! does not change the figure. The reference beside it is basic-pitch run over the whole
//! recording, the usual way to transcribe a guitar.

use std::path::{Path, PathBuf};
use std::time::Duration;

use audio::{AudioChunk, Heard, Listener, ListenerConfig, RATE, Resampler, WitnessWindow};
use cpu_time::ThreadTime;
use host::{Asked, Recipe, Recording, demo_recording};
use models::ModelHome;
use pipeline::ports::{AudioSource, Capture, PitchWitness, PortError};
use pipeline::{Ear, Step};
use serde::Serialize;
use tutor::{Action, ErrorCode, Observation};

use crate::failure::Failure;
use crate::output::Output;

const STAGES: [&str; 8] =
    ["decode", "resample", "listen", "witness", "path", "tutor", "tutor_p99", "tip"];
/// Times that the recording's lesson is given to a fresh teacher.
const LESSONS: usize = 100;
const RTF: &str = "cpu_s_per_s";

#[derive(Serialize)]
struct BenchLine {
    stage: &'static str,
    figure: f64,
    unit: &'static str,
    reference: Option<f64>,
    ratio: Option<f64>,
}

/// A decoded recording and what it is measured with.
struct Subject {
    chunks: Vec<AudioChunk>,
    seconds: f64,
    decode: f64,
    recipe: Recipe,
    witness: Option<Box<dyn PitchWitness>>,
    path: PathBuf,
    /// Of the teacher, once it was measured.
    steps: Option<Steps>,
}

/// CPU milliseconds of the teacher per observation, and of those only that make it speak; sorted.
#[derive(Clone, Default)]
struct Steps {
    all: Vec<f64>,
    spoken: Vec<f64>,
}

impl Steps {
    fn sort(&mut self) {
        self.all.sort_by(f64::total_cmp);
        self.spoken.sort_by(f64::total_cmp);
    }

    fn mean(&self) -> f64 {
        self.all.iter().sum::<f64>() / self.all.len().max(1) as f64
    }
}

/// What 99 % of the sorted `values` stay below.
fn p99(values: &[f64]) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    values.get((last as f64 * 0.99).ceil() as usize).copied()
}

pub(crate) fn run(
    stages: &[String],
    audio: Option<&Path>,
    output: &mut Output,
) -> Result<(), Failure> {
    if let Some(unknown) = stages.iter().find(|s| !STAGES.contains(&s.as_str())) {
        let alone = ["ears", "soak", "ask", "week"];
        let wrong = Failure::wrong(ErrorCode::ValueUnknown, format!("no stage `{unknown}`"));
        return Err(wrong.among(STAGES).among(alone));
    }
    let path = match audio.map(Path::to_path_buf).or_else(demo_recording) {
        Some(path) => path,
        None => {
            let missing = PortError::Missing { what: "the demo recording".to_owned() };
            return Err(Failure::file(Path::new("demo.wav"), &missing));
        }
    };
    let mut subject = Subject::decode(path, witness(stages)?)?;
    let reference = subject.basic_pitch();
    for stage in STAGES {
        if !stages.is_empty() && !stages.iter().any(|s| s == stage) {
            continue;
        }
        let Some((figure, unit)) = subject.measure(stage)? else { continue };
        let reference = reference.filter(|_| unit == RTF);
        let ratio = reference.map(|reference| figure / reference);
        let line = BenchLine { stage, figure, unit, reference, ratio };
        output.line("bench", &line, || {
            let beside = reference.map_or(String::new(), |r| format!("   basic-pitch {r:.4}"));
            format!("{stage:<10} {figure:10.5} {unit}{beside}")
        })?;
    }
    Ok(())
}

/// The pitch witness. Where it is missing, only who names its stage must go without an answer.
fn witness(stages: &[String]) -> Result<Option<Box<dyn PitchWitness>>, Failure> {
    match host::pitch_witness(&ModelHome::discover()) {
        Ok(witness) => Ok(Some(witness)),
        Err(error) if stages.iter().any(|stage| stage == "witness") => {
            Err(Failure::engine(&error, ErrorCode::EngineMissing))
        }
        Err(error) => {
            tracing::warn!(%error, "measuring without the witness");
            Ok(None)
        }
    }
}

impl Subject {
    fn decode(path: PathBuf, witness: Option<Box<dyn PitchWitness>>) -> Result<Self, Failure> {
        let began = ThreadTime::now();
        let failed = |error| Failure::file(&path, &error);
        let mut recording = Recording::open(&path).map_err(failed)?;
        let mut chunks = Vec::new();
        while let Capture::Chunk(chunk) = recording.read(Duration::ZERO).map_err(failed)? {
            chunks.push(chunk);
        }
        let decode = began.elapsed().as_secs_f64();
        let seconds = chunks.iter().map(|c| c.samples.len() as f64 / f64::from(c.rate)).sum();
        let recipe = Recipe {
            asked: "Em".parse::<Asked>().ok(),
            guitar: host::GuitarTuning::default(),
            manner: tutor::Manner::default(),
            witness: true,
            aloud: false,
            drill: None,
            clicks: false,
            start: None,
        };
        Ok(Self { chunks, seconds, decode, recipe, witness, path, steps: None })
    }

    fn measure(&mut self, stage: &str) -> Result<Option<(f64, &'static str)>, Failure> {
        let cpu = match stage {
            "decode" => self.decode,
            "resample" => self.resample(),
            "listen" => self.listen(),
            "witness" => match self.witness_alone() {
                Some(cpu) => cpu,
                None => return Ok(None),
            },
            "path" => self.whole_path(),
            _ => {
                let steps = self.steps()?;
                return Ok(match stage {
                    "tutor" => Some((steps.mean(), "ms_per_step")),
                    "tutor_p99" => p99(&steps.all).map(|ms| (ms, "ms_per_step")),
                    _ => p99(&steps.spoken).map(|ms| (ms, "ms_to_sentence")),
                });
            }
        };
        Ok(Some((cpu / self.seconds, RTF)))
    }

    fn resample(&self) -> f64 {
        let mut out = Vec::new();
        let began = ThreadTime::now();
        if let Some(first) = self.chunks.first() {
            let mut resampler = Resampler::new(first.rate);
            for chunk in &self.chunks {
                resampler.push(&chunk.samples, &mut out);
            }
        }
        began.elapsed().as_secs_f64()
    }

    fn config(&self) -> ListenerConfig {
        let target = self.recipe.asked.as_ref().map(|asked| asked.target.clone());
        ListenerConfig { target, ..ListenerConfig::default() }
    }

    fn listen(&self) -> f64 {
        let mut listener = Listener::new(self.config());
        let began = ThreadTime::now();
        for chunk in &self.chunks {
            listener.hear(chunk);
        }
        began.elapsed().as_secs_f64()
    }

    /// Only the calls that the listener really asks for.
    fn witness_alone(&mut self) -> Option<f64> {
        let mut listener = Listener::new(ListenerConfig { witness: true, ..self.config() });
        let witness = self.witness.as_mut()?;
        let mut cpu = 0.0;
        for chunk in &self.chunks {
            let mut open = listener.hear(chunk);
            while let Some(heard) = open.pop() {
                let Heard::Witness(window) = heard else { continue };
                let began = ThreadTime::now();
                let answer = witness.look(&window).ok();
                cpu += began.elapsed().as_secs_f64();
                open.extend(listener.answer(window.id, answer.as_ref()));
            }
        }
        Some(cpu)
    }

    fn whole_path(&mut self) -> f64 {
        let mut ear = Ear::new(self.config(), self.witness.take());
        let began = ThreadTime::now();
        for chunk in &self.chunks {
            ear.hear(chunk);
        }
        let cpu = began.elapsed().as_secs_f64();
        self.witness = ear.into_witness();
        cpu
    }

    /// The teacher's steps over the recording's lesson.
    fn steps(&mut self) -> Result<Steps, Failure> {
        if let Some(steps) = &self.steps {
            return Ok(steps.clone());
        }
        let observed = self.observed()?;
        let mut steps = Steps::default();
        for _ in 0..LESSONS {
            let Some(mut tutor) = self.recipe.tutor() else { break };
            for observation in &observed {
                let began = ThreadTime::now();
                let actions = tutor.handle(observation, observation.at());
                let ms = began.elapsed().as_secs_f64() * 1e3;
                steps.all.push(ms);
                if actions.iter().any(|action| matches!(action, Action::Say(_))) {
                    steps.spoken.push(ms);
                }
            }
        }
        steps.sort();
        self.steps = Some(steps.clone());
        Ok(steps)
    }

    /// What the ear makes of the recording.
    fn observed(&self) -> Result<Vec<Observation>, Failure> {
        let mut observed = Vec::new();
        let failed = |error| Failure::file(&self.path, &error);
        let mut recording = Recording::open(&self.path).map_err(failed)?;
        let Some(mut tutor) = self.recipe.tutor() else {
            return Err(Failure::wrong_chord("nothing is asked"));
        };
        self.recipe
            .rehearse(&mut recording, &mut tutor, &mut |step| {
                if let Step::Observed(observation) = step {
                    observed.push(observation);
                }
            })
            .map_err(failed)?;
        Ok(observed)
    }

    /// basic-pitch over the whole recording, window after window with its usual overlap of 30
    /// frames of 256 samples.
    fn basic_pitch(&mut self) -> Option<f64> {
        let hop = WitnessWindow::SAMPLES - 30 * 256;
        let first = self.chunks.first()?;
        let mut samples = Vec::new();
        let mut resampler = Resampler::new(first.rate);
        self.chunks.iter().for_each(|chunk| resampler.push(&chunk.samples, &mut samples));
        let windows = samples.len().div_ceil(hop);
        samples.resize(windows * hop + WitnessWindow::SAMPLES, 0.0);
        let witness = self.witness.as_mut()?;
        let began = ThreadTime::now();
        for (id, start) in (0..windows * hop).step_by(hop).enumerate() {
            let at = Duration::from_secs_f64(start as f64 / f64::from(RATE));
            let samples = samples[start..start + WitnessWindow::SAMPLES].to_vec();
            witness.look(&WitnessWindow { id: id as u64, at, samples }).ok()?;
        }
        Some(began.elapsed().as_secs_f64() / self.seconds)
    }
}
