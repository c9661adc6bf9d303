//! Single notes and tuning: what note a recording holds, and how exactly its pitch is told.

use std::path::{Path, PathBuf};

use audio::{Heard, RATE, Tuner, TunerConfig};
use pipeline::ports::PortError;
use synth::Dice;
use theory::{Pitch, StringNumber};

use crate::bank;
use crate::crepe::Crepe;
use crate::crew::{self, WitnessMaker};
use crate::figure::{Figure, Table, deviation, quantile};
use crate::index::Entry;
use crate::outcome::Ears;
use crate::period;
use crate::pluck::Pluck;
use crate::posterior::Posterior;
use crate::room::Room;
use crate::sound::Sound;

const SEED: u64 = 0xBE7C_70E2_0000_0000;
/// What the period is looked for in.
const RANGE_HZ: (f32, f32) = (45.0, 1400.0);
/// The McLeod method hears half a second from 60 ms after the pluck.
const HEARD: (f64, f64) = (0.06, 0.56);
/// CREPE hears a few frames of the same.
const CREPE_HEARS: (f64, f64) = (0.06, 0.25);
/// Rooms in which the same note is tuned.
const ROOMS: u64 = 4;
/// Guitar strings reach about this high.
const HIGHEST: u8 = 76;
const SNRS: [f32; 3] = [60.0, 20.0, 10.0];

fn cents(hz: f32, truth: f32) -> f64 {
    f64::from(1200.0 * (hz / truth).log2())
}

fn nearest(hz: f32) -> Option<u8> {
    Pitch::nearest(hz, 440.0).map(|(pitch, _)| pitch.midi())
}

fn mpm(sound: &Sound, onset: f64) -> Option<f32> {
    let part = sound.part(onset + HEARD.0, onset + HEARD.1);
    period::pitch(part, sound.rate, RANGE_HZ)
}

/// As `prita tune` sums up: the median of the steady readings, or of all.
fn tuned(sound: &Sound) -> Option<f32> {
    let mut tuner = Tuner::new(TunerConfig::default());
    let mut readings = Vec::new();
    for chunk in sound.chunks(0) {
        readings.extend(tuner.hear(&chunk));
    }
    tuner.finish();
    let steady: Vec<f64> = readings.iter().filter(|r| r.steady).map(|r| f64::from(r.hz)).collect();
    let all = || readings.iter().map(|r| f64::from(r.hz)).collect();
    let hz = if steady.is_empty() { all() } else { steady };
    quantile(hz, 0.5).map(|hz| hz as f32)
}

/// The note that a recording of one note holds, by each method.
struct Named {
    timbre: String,
    truth: u8,
    ours: Option<u8>,
    mpm: Option<u8>,
    basic_pitch: Option<u8>,
    with_net: bool,
    /// What CREPE is given, and what it says.
    excerpt: Sound,
    crepe: Option<u8>,
}

/// Suite `notes`: recordings of one note each.
pub(crate) fn notes(
    entries: &[Entry],
    crepe: Crepe<'_>,
    witness: &WitnessMaker<'_>,
) -> Result<Table, PortError> {
    let notes: Vec<&Entry> = entries.iter().filter(|entry| entry.kind == "note").collect();
    let named = crew::each(&notes, witness, |ears, entry| name(ears, entry));
    let mut named: Vec<Named> =
        named.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let pitches = crepe.pitches(&named.iter().map(|note| &note.excerpt).collect::<Vec<_>>());
    for (note, hz) in named.iter_mut().zip(&pitches) {
        note.crepe = hz.and_then(nearest);
    }
    let with_crepe = !pitches.is_empty();
    let figures = |some: Vec<&Named>| {
        let share = |of: &dyn Fn(&Named) -> Option<u8>| {
            some.iter().filter(|note| of(note) == Some(note.truth)).count()
        };
        let netted = some.iter().any(|note| note.with_net);
        let beside = |hits: usize| Figure::share("", hits, some.len()).value;
        vec![
            Figure::share("note right", share(&|n| n.ours), some.len())
                .least(98.0)
                .beside("McLeod", beside(share(&|n| n.mpm)))
                .beside("basic-pitch", beside(share(&|n| n.basic_pitch)).filter(|_| netted))
                .beside("CREPE", beside(share(&|n| n.crepe)).filter(|_| with_crepe)),
            Figure::share(
                "no note, or several strings, heard",
                some.iter().filter(|note| note.ours.is_none()).count(),
                some.len(),
            ),
        ]
    };
    let mut groups = vec![("all".to_owned(), figures(named.iter().collect()))];
    let timbres: std::collections::BTreeSet<&str> =
        named.iter().map(|note| note.timbre.as_str()).collect();
    for timbre in timbres {
        let some = named.iter().filter(|note| note.timbre == timbre).collect();
        groups.push((timbre.to_owned(), figures(some)));
    }
    let about = "single notes of the shared recordings, looked at while the ears were made";
    Ok(Table { suite: "notes", about: about.to_owned(), groups })
}

fn name(ears: &mut Ears, entry: &Entry) -> Result<Option<Named>, PortError> {
    let Ok(truth) = entry.midi.parse() else { return Ok(None) };
    let sound = Sound::read(&entry.path)?;
    let ours = ears.everything(&sound).into_iter().find_map(|heard| match heard {
        Heard::Note(note) => Some(note.pitch.midi()),
        _ => None,
    });
    let mpm = mpm(&sound, entry.onset).and_then(nearest);
    let excerpt = sound.excerpt(entry.onset + CREPE_HEARS.0, entry.onset + CREPE_HEARS.1);
    let posterior = ears.witness().and_then(|net| Posterior::of(&sound.at_ears_rate(), net));
    // Its usual decoding may find several: the longest is meant.
    let longest = posterior.as_ref().and_then(|posterior| {
        let notes = posterior.notes();
        let length = |note: &crate::notes::Note| note.offset - note.onset;
        notes.into_iter().max_by(|a, b| length(a).total_cmp(&length(b)))
    });
    Ok(Some(Named {
        timbre: entry.group.trim_start_matches("notes-").to_owned(),
        truth,
        ours,
        mpm,
        basic_pitch: longest.map(|note| note.pitch as u8),
        with_net: posterior.is_some(),
        excerpt,
        crepe: None,
    }))
}

/// Errors in cents of one pluck; none where nothing was told.
struct Told {
    group: String,
    hz: f32,
    ours: Option<f64>,
    mpm: Option<f64>,
    excerpt: Sound,
    crepe: Option<f64>,
}

/// Suite `tuner`: plucks of exact pitch, made here and shared, and real notes in several rooms.
pub(crate) fn tuner(
    entries: &[Entry],
    folders: &[PathBuf],
    rounds: usize,
    crepe: Crepe<'_>,
    witness: &WitnessMaker<'_>,
) -> Result<Vec<Table>, PortError> {
    let plucks: Vec<Pluck> = SNRS
        .into_iter()
        .flat_map(|snr| StringNumber::THICK_TO_THIN.map(|string| (snr, string)))
        .flat_map(|(snr, string)| (0..rounds as u64).map(move |round| (snr, string, round)))
        .map(|(snr, string, round)| {
            let seed = SEED + (snr as u64 * 100 + u64::from(string.number())) * 1000 + round;
            Pluck::drawn(string, snr, seed)
        })
        .collect();
    let mut told = crew::each(&plucks, witness, |_, pluck| {
        let sound = pluck.sound();
        told(&sound, pluck.hz, pluck.at, format!("own {} dB", pluck.snr_db))
    });
    let shared: Vec<&Entry> = entries.iter().filter(|entry| entry.kind == "tuner").collect();
    let shared = crew::each(&shared, witness, |_, entry| {
        let Ok(hz) = entry.label.parse() else { return Ok(None) };
        let snr = entry.said("snr_db").unwrap_or("?");
        let sound = Sound::read(&entry.path)?;
        Ok(Some(self::told(&sound, hz, entry.onset, format!("shared {snr} dB"))))
    });
    told.extend(shared.into_iter().collect::<Result<Vec<_>, PortError>>()?.into_iter().flatten());
    let mut at_20: Vec<&mut Told> =
        told.iter_mut().filter(|told| told.group.ends_with("20 dB")).collect();
    let pitches = crepe.pitches(&at_20.iter().map(|told| &told.excerpt).collect::<Vec<_>>());
    for (told, heard) in at_20.iter_mut().zip(pitches) {
        told.crepe = heard.map(|heard| cents(heard, told.hz));
    }
    let mut tables = vec![errors(&told)];
    tables.extend(repeated(folders, witness)?);
    Ok(tables)
}

fn told(sound: &Sound, hz: f32, onset: f64, group: String) -> Told {
    let ours = tuned(sound).map(|heard| cents(heard, hz));
    let mpm = mpm(sound, onset).map(|heard| cents(heard, hz));
    let excerpt = sound.excerpt(onset + CREPE_HEARS.0, onset + CREPE_HEARS.1);
    Told { group, hz, ours, mpm, excerpt, crepe: None }
}

fn errors(told: &[Told]) -> Table {
    let figures = |some: Vec<&Told>, bound: Option<f64>| {
        let p95 = |of: &dyn Fn(&Told) -> Option<f64>| {
            quantile(some.iter().filter_map(|t| of(t)).map(f64::abs).collect(), 0.95)
        };
        let silent = some.iter().filter(|t| t.ours.is_none()).count();
        let n = some.len() - silent;
        let worst = Figure::of("tuner error, p95", "cents", p95(&|t| t.ours), n)
            .beside("McLeod", p95(&|t| t.mpm))
            .beside("CREPE", p95(&|t| t.crepe));
        let worst = bound.map_or(worst.clone(), |bound| worst.most(bound));
        vec![worst, Figure::share("not told", silent, some.len())]
    };
    let of = |keep: &dyn Fn(&str) -> bool| told.iter().filter(|t| keep(&t.group)).collect();
    let at_20 = |group: &str| group.ends_with("20 dB");
    let mut groups = vec![("at 20 dB".to_owned(), figures(of(&at_20), Some(1.0)))];
    for source in ["own", "shared"] {
        for snr in SNRS {
            let name = format!("{source} {snr} dB");
            groups.push((name.clone(), figures(of(&|group| group == name), None)));
        }
    }
    let about = "plucks of open strings whose first partial is known exactly: own ones, which no \
                 constant has seen, and the shared ones";
    Table { suite: "tuner", about: about.to_owned(), groups }
}

/// The same real note in several rooms: how far the readings lie apart.
fn repeated(folders: &[PathBuf], witness: &WitnessMaker<'_>) -> Result<Option<Table>, PortError> {
    let mut groups = Vec::new();
    let mut all = Vec::new();
    for folder in folders {
        let files: Vec<(PathBuf, Pitch)> = bank::note_files(folder)?
            .into_iter()
            .filter(|(_, pitch)| (40..=HIGHEST).contains(&pitch.midi()))
            .collect();
        let spreads = crew::each(&files, witness, |_, (path, pitch)| spread(path, *pitch));
        let spreads = spreads.into_iter().collect::<Result<Vec<_>, PortError>>()?;
        let name =
            folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        groups.push((name.trim_start_matches("notes-").to_owned(), repeat_figures(&spreads)));
        all.extend(spreads);
    }
    if all.is_empty() {
        return Ok(None);
    }
    groups.insert(0, ("all".to_owned(), repeat_figures(&all)));
    let about = format!("the same real note tuned in {ROOMS} rooms at 20 dB and more");
    Ok(Some(Table { suite: "tuner", about, groups }))
}

/// Standard deviations in cents of ours and of the McLeod method.
type Spread = (Option<f64>, Option<f64>);

fn spread(path: &Path, named: Pitch) -> Result<Spread, PortError> {
    let mut dry = vec![0f32; RATE as usize * 3 / 10];
    dry.extend(Sound::read(path)?.at_ears_rate());
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for room in 0..ROOMS {
        let mut room = Room::drawn(&mut Dice::new(SEED ^ (u64::from(named.midi()) << 8) ^ room));
        room.snr_db = room.snr_db.max(20.0);
        let samples = room.hear(&dry, dry.len(), RATE);
        let sound = Sound { rate: RATE, samples };
        ours.extend(tuned(&sound).map(|hz| cents(hz, named.hz(440.0))));
        theirs.extend(mpm(&sound, 0.3).map(|hz| cents(hz, named.hz(440.0))));
    }
    Ok((deviation(&ours), deviation(&theirs)))
}

fn repeat_figures(spreads: &[Spread]) -> Vec<Figure> {
    let ours: Vec<f64> = spreads.iter().filter_map(|(ours, _)| *ours).collect();
    let theirs = || spreads.iter().filter_map(|(_, theirs)| *theirs).collect::<Vec<f64>>();
    let n = ours.len();
    let row = |name: &str, share: f64| {
        Figure::of(name, "cents", quantile(ours.clone(), share), n)
            .beside("McLeod", quantile(theirs(), share))
    };
    vec![
        row("repeatability sd, median note", 0.5),
        row("repeatability sd, p90 of notes", 0.9).most(1.0),
    ]
}
