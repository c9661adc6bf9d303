//! Longer playing: notes against notes, chords by time, strokes against strokes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use audio::{Roll, Segment, Take, strokes};
use pipeline::ports::PortError;
use theory::{Chord, PitchClass, Quality};

use crate::chroma::Chroma;
use crate::crew::{self, WitnessMaker};
use crate::figure::{Figure, Table, deviation};
use crate::index::{Entry, cells};
use crate::notes::{Note, agreeing, f1};
use crate::outcome::Ears;
use crate::posterior::Posterior;
use crate::sound::Sound;

/// Chords are compared this often.
const STEP: f64 = 0.1;
/// Chroma is taken over so much sound.
const CHROMA_SECONDS: f64 = 1.0;
/// Notes that begin within this of each other belong to one stroke.
const ONE_STROKE: f64 = 0.09;
const MATCHES: f64 = 0.05;

/// Notes that agree, were played, and were heard.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    agree: usize,
    played: usize,
    heard: usize,
}

impl Count {
    fn of(played: &[Note], heard: &[Note]) -> Self {
        let agree = agreeing(played, heard);
        Self { agree, played: played.len(), heard: heard.len() }
    }

    fn add(self, other: Self) -> Self {
        Self {
            agree: self.agree + other.agree,
            played: self.played + other.played,
            heard: self.heard + other.heard,
        }
    }

    fn f1(self) -> Option<f64> {
        (self.played > 0).then(|| 100.0 * f1(self.agree, self.played, self.heard))
    }
}

/// What was found in one phrase.
struct Phrase {
    group: String,
    ours: Count,
    basic_pitch: Option<Count>,
    /// Steps with a triad as truth, right by us and by chroma.
    chords: (usize, usize, usize),
    /// Seconds by which matched strokes were heard late; strokes played and heard.
    offsets: Vec<f64>,
    strokes: (usize, usize),
}

/// Suite `phrases`.
pub(crate) fn phrases(entries: &[Entry], witness: &WitnessMaker<'_>) -> Result<Table, PortError> {
    let entries: Vec<&Entry> = entries.iter().filter(|entry| entry.kind == "phrase").collect();
    let heard = crew::each(&entries, witness, |ears, entry| hear(ears, entry));
    let heard: Vec<Phrase> =
        heard.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let mut groups = vec![("all".to_owned(), figures(&heard.iter().collect::<Vec<_>>()))];
    for name in ["guitarset", "scale", "pentatonic", "fingerpick", "strum"] {
        let some: Vec<&Phrase> = heard.iter().filter(|phrase| phrase.group == name).collect();
        groups.push((name.to_owned(), figures(&some)));
    }
    let about = "the shared phrases, looked at while the ears were made";
    Ok(Table { suite: "phrases", about: about.to_owned(), groups })
}

fn figures(some: &[&Phrase]) -> Vec<Figure> {
    let ours = some.iter().fold(Count::default(), |sum, phrase| sum.add(phrase.ours));
    let theirs: Option<Count> = some
        .iter()
        .map(|phrase| phrase.basic_pitch)
        .try_fold(Count::default(), |sum, count| count.map(|count| sum.add(count)));
    let theirs = theirs.filter(|_| !some.is_empty());
    let sum = |of: &dyn Fn(&Phrase) -> usize| some.iter().map(|phrase| of(phrase)).sum::<usize>();
    let (steps, right, chroma) = (sum(&|p| p.chords.0), sum(&|p| p.chords.1), sum(&|p| p.chords.2));
    let offsets: Vec<f64> =
        some.iter().flat_map(|phrase| phrase.offsets.iter().map(|s| 1000.0 * s)).collect();
    let (struck, heard) = (sum(&|p| p.strokes.0), sum(&|p| p.strokes.1));
    vec![
        Figure::of("notes onset+pitch F1", "percent", ours.f1(), ours.played)
            .beside("basic-pitch", theirs.and_then(Count::f1)),
        Figure::share("notes found (recall)", ours.agree, ours.played)
            .beside("basic-pitch", theirs.map(|t| 100.0 * t.agree as f64 / t.played.max(1) as f64)),
        Figure::share("chord top-1 by time, triads", right, steps)
            .least(85.0)
            .beside("chroma", Figure::share("", chroma, steps).value),
        Figure::of("stroke timing error, sd", "ms", deviation(&offsets), offsets.len()).most(8.0),
        Figure::share("strokes found", offsets.len(), struck),
        Figure::share("strokes heard that were none", heard.saturating_sub(offsets.len()), heard),
    ]
}

fn hear(ears: &mut Ears, entry: &Entry) -> Result<Option<Phrase>, PortError> {
    let Some(truth) = &entry.truth else { return Ok(None) };
    let played = played(truth)?;
    let sound = Sound::read(&entry.path)?;
    let take = take(&sound);
    let roll = ears.witness().and_then(|net| host::roll_by(&take, net).ok());
    let ours = Count::of(&played, &our_notes(&take, roll.as_ref()));
    let posterior = ears.witness().and_then(|net| Posterior::of(&sound.at_ears_rate(), net));
    let basic_pitch = posterior.map(|posterior| Count::of(&played, &posterior.notes()));
    let path = PathBuf::from(truth.to_string_lossy().replace(".notes.csv", ".chords.csv"));
    let segments = audio::chords(&take, roll.as_ref());
    let chords = if path.is_file() { chords(&path, &segments, &sound)? } else { (0, 0, 0) };
    let group = ["scale", "pentatonic", "fingerpick", "strum"]
        .into_iter()
        .find(|name| entry.path.to_string_lossy().contains(&format!("_{name}")))
        .unwrap_or("guitarset");
    let struck = if group == "guitarset" { Vec::new() } else { strokes_of(&played) };
    let (offsets, count) = if struck.is_empty() { (Vec::new(), 0) } else { timing(&take, &struck) };
    let strokes = (struck.len(), count);
    Ok(Some(Phrase { group: group.to_owned(), ours, basic_pitch, chords, offsets, strokes }))
}

/// The notes as `prita notes` tells them.
fn our_notes(take: &Take, roll: Option<&Roll>) -> Vec<Note> {
    let notes = audio::notes(take, roll).into_iter().map(|note| Note {
        onset: note.at.as_secs_f64(),
        offset: note.until.as_secs_f64(),
        pitch: f32::from(note.pitch.midi()) + note.cents / 100.0,
    });
    notes.collect()
}

fn take(sound: &Sound) -> Take {
    let mut take = Take::new(sound.rate);
    take.push(&sound.samples);
    take.end();
    take
}

/// `onset_s,offset_s,midi,string,fret`.
fn played(path: &Path) -> Result<Vec<Note>, PortError> {
    let note = |(place, row): (usize, Vec<String>)| {
        let number = |place: usize| row.get(place)?.parse::<f64>().ok();
        let read =
            || Some(Note { onset: number(0)?, offset: number(1)?, pitch: number(2)? as f32 });
        read().ok_or_else(|| PortError::Damaged {
            what: path.display().to_string(),
            why: format!("row {} is no note", place + 2),
        })
    };
    rows(path)?.into_iter().enumerate().map(note).collect()
}

fn rows(path: &Path) -> Result<Vec<Vec<String>>, PortError> {
    let missing = |_| PortError::Missing { what: path.display().to_string() };
    let text = std::fs::read_to_string(path).map_err(missing)?;
    Ok(text.lines().skip(1).map(cells).collect())
}

/// Triads by time: steps in which the truth is a major or minor triad, ours and chroma's right.
fn chords(
    path: &Path,
    segments: &[Segment],
    sound: &Sound,
) -> Result<(usize, usize, usize), PortError> {
    let (mut steps, mut right, mut by_chroma) = (0, 0, 0);
    for row in rows(path)? {
        let number = |place: usize| row.get(place).and_then(|cell| cell.parse::<f64>().ok());
        let label = row.get(2).and_then(|label| label.parse::<Chord>().ok());
        let (Some(from), Some(until), Some(chord)) = (number(0), number(1), label) else {
            continue;
        };
        if !matches!(chord.quality, Quality::Maj | Quality::Min) {
            continue;
        }
        let mut at = from + STEP / 2.0;
        while at < until.min(sound.seconds()) {
            let half = CHROMA_SECONDS / 2.0;
            let chroma = Chroma::of(sound.part(at - half, at + half), sound.rate);
            steps += 1;
            right += usize::from(sounding(segments, at).map(triad) == Some(chord));
            by_chroma += usize::from(chroma.triad() == Some(chord));
            at += STEP;
        }
    }
    Ok((steps, right, by_chroma))
}

/// The chord heard at a time.
fn sounding(segments: &[Segment], at: f64) -> Option<Chord> {
    let holds = |s: &&Segment| (s.at.as_secs_f64()..s.until.as_secs_f64()).contains(&at);
    segments.iter().find(holds)?.chord
}

/// The triad that a seventh chord is built on.
fn triad(chord: Chord) -> Chord {
    let quality = match chord.quality {
        Quality::Dom7 | Quality::Maj7 => Quality::Maj,
        Quality::Min7 => Quality::Min,
        other => other,
    };
    Chord::new(PitchClass(chord.root.semitones()), quality)
}

/// When the hand moved: the first note of every group.
fn strokes_of(played: &[Note]) -> Vec<f64> {
    let mut onsets: Vec<f64> = played.iter().map(|note| note.onset).collect();
    onsets.sort_by(f64::total_cmp);
    let mut last = f64::NEG_INFINITY;
    onsets.retain(|onset| {
        let new = onset - last > ONE_STROKE;
        last = *onset;
        new
    });
    onsets
}

/// Lateness of each stroke that was found, and how many were heard.
fn timing(take: &Take, struck: &[f64]) -> (Vec<f64>, usize) {
    let closest = struck.windows(2).map(|pair| pair[1] - pair[0]).fold(1f64, f64::min);
    let heard = strokes(take, Duration::from_secs_f64(closest.max(0.1)));
    let mut free: Vec<f64> = heard.iter().map(|stroke| stroke.at.as_secs_f64()).collect();
    let count = free.len();
    let mut offsets = Vec::new();
    for at in struck {
        let nearest = (0..free.len())
            .min_by(|a, b| (free[*a] - at).abs().total_cmp(&(free[*b] - at).abs()))
            .filter(|place| (free[*place] - at).abs() <= MATCHES);
        if let Some(place) = nearest {
            offsets.push(free.swap_remove(place) - at);
        }
    }
    (offsets, count)
}
