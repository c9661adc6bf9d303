//! Which suites are measured, and how their figures are grouped into tables.

use std::collections::BTreeSet;
use std::path::PathBuf;

use pipeline::ports::PortError;

use crate::crepe::Crepe;
use crate::crew::{self, WitnessMaker};
use crate::figure::Table;
use crate::index::{self, Entry};
use crate::outcome::Outcome;
use crate::phrases;
use crate::picked;
use crate::singles;
use crate::strummed;
use crate::strums;
use crate::suites::{self, Takes};
use crate::unasked;

/// The suites by name.
pub const SUITES: [&str; 9] =
    ["rendered", "mixed", "recorded", "chords", "strokes", "picks", "notes", "tuner", "phrases"];

/// Folders of real single notes among the shared recordings.
const NOTE_FOLDERS: [&str; 2] = ["notes-freepats-nylon", "notes-allan764-steel"];
/// Guitars whose single notes the weights have learnt from (scripts/train/ears).
pub(crate) const LEARNT: [&str; 4] = ["notes-freepats-nylon", "nylon-freepats", "clean", "jazz"];
const SNR_BANDS: [(f32, f32); 3] = [(18.0, 25.0), (25.0, 32.0), (32.0, 47.0)];

/// What is to be measured.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The folder that holds `index.csv`, if there is one.
    pub recordings: Option<PathBuf>,
    /// More folders of single notes named after their pitch.
    pub notes: Vec<PathBuf>,
    /// A Python with CREPE (see `scripts/crepe`), if there is one.
    pub crepe: Option<PathBuf>,
    /// Only these suites; all if empty.
    pub suites: Vec<String>,
    /// A quick look: about so many takes of each kind and timbre; 0 for all.
    pub limit: usize,
}

impl Plan {
    fn wants(&self, suite: &str) -> bool {
        self.suites.is_empty() || self.suites.iter().any(|wanted| wanted == suite)
    }

    /// `whole` rounds, or fewer for a quick look.
    fn rounds(&self, whole: usize) -> usize {
        if self.limit == 0 { whole } else { whole.min(self.limit.div_ceil(3)) }
    }
}

/// Measures suite after suite and hands over each table as it is done.
///
/// # Errors
/// A recording or folder that cannot be read.
pub fn measure<E: From<PortError>>(
    plan: &Plan,
    witness: &WitnessMaker<'_>,
    on: &mut dyn FnMut(Table) -> Result<(), E>,
) -> Result<(), E> {
    if plan.wants("rendered") {
        let about = "strings made by rule, in rooms of the bench; guitars, rooms and seeds that \
                     no training has seen (the two kinds of string are those of training)";
        strum_tables("rendered", about, &suites::rendered(plan.rounds(12)), witness, on)?;
    }
    let own: Vec<PathBuf> = plan
        .recordings
        .iter()
        .flat_map(|folder| NOTE_FOLDERS.map(|name| folder.join(name)))
        .collect();
    let folders = [&own[..], &plan.notes].concat();
    let all = plan.recordings.as_deref().map_or(Ok(Vec::new()), index::read)?;
    if plan.wants("mixed") && !folders.is_empty() {
        let about = "strums mixed from single notes, in rooms of the bench; seeds, rooms and half \
                     of the voicings that no training has seen, all but one of the guitars \
                     (freepats) that nothing was learnt from";
        strum_tables("mixed", about, &suites::mixed(&folders, &all, plan.rounds(7))?, witness, on)?;
    }
    if plan.wants("chords") {
        let takes = suites::correct(&folders, &all, plan.rounds(6), plan.rounds(3))?;
        on(unasked::chords(&takes, witness)?)?;
    }
    if plan.wants("strokes") {
        on(strummed::strokes_of(&folders, plan.rounds(3), witness)?)?;
    }
    if plan.wants("picks") {
        on(picked::picks(&folders, plan.rounds(4), witness)?)?;
    }
    let entries = index::some(all, plan.limit);
    if plan.wants("recorded") && !entries.is_empty() {
        let about = "strums of the shared recordings, looked at while the ears were made";
        let takes = suites::recorded(&entries);
        strum_tables("recorded", about, &takes, witness, on)?;
    }
    single_tables(plan, &entries, &folders, witness, on)
}

/// Notes, tuner and phrases.
fn single_tables<E: From<PortError>>(
    plan: &Plan,
    entries: &[Entry],
    folders: &[PathBuf],
    witness: &WitnessMaker<'_>,
    on: &mut dyn FnMut(Table) -> Result<(), E>,
) -> Result<(), E> {
    if plan.wants("notes") && !entries.is_empty() {
        on(singles::notes(entries, Crepe::at(&plan.crepe), witness)?)?;
    }
    if plan.wants("tuner") {
        let crepe = Crepe::at(&plan.crepe);
        let tables = singles::tuner(entries, folders, plan.rounds(15), crepe, witness)?;
        tables.into_iter().try_for_each(&mut *on)?;
    }
    if plan.wants("phrases") && !entries.is_empty() {
        on(phrases::phrases(entries, witness)?)?;
    }
    Ok(())
}

fn strum_tables<E: From<PortError>>(
    suite: &'static str,
    about: &str,
    takes: &Takes,
    witness: &WitnessMaker<'_>,
    on: &mut dyn FnMut(Table) -> Result<(), E>,
) -> Result<(), E> {
    let outcomes = crew::each(takes, witness, |ears, take| ears.take(take.as_ref()))
        .into_iter()
        .collect::<Result<Vec<Outcome>, PortError>>()?;
    let all: Vec<&Outcome> = outcomes.iter().collect();
    let groups = groups(&all).into_iter().map(|(name, some)| (name, strums::figures(&some)));
    let about = format!("{about}; {} takes", all.len());
    on(Table { suite, about, groups: groups.collect() })?;
    let about = "right is given only down to some confidence of every asked string".to_owned();
    on(Table { suite, about, groups: strums::curve(&all) })
}

/// All, each timbre, and the bands of noise where they differ.
fn groups<'a>(all: &[&'a Outcome]) -> Vec<(String, Vec<&'a Outcome>)> {
    let only = |keep: &dyn Fn(&Outcome) -> bool| -> Vec<&'a Outcome> {
        all.iter().copied().filter(|take| keep(take)).collect()
    };
    let mut groups = vec![("all".to_owned(), all.to_vec())];
    let unseen = only(&|take| !LEARNT.contains(&take.facts.timbre.as_str()));
    if !unseen.is_empty() && unseen.len() < all.len() {
        groups.push(("unseen guitars".to_owned(), unseen));
    }
    let timbres: BTreeSet<&str> = all.iter().map(|take| take.facts.timbre.as_str()).collect();
    for timbre in timbres {
        let name = timbre.strip_prefix("notes-").unwrap_or(timbre).to_owned();
        groups.push((name, only(&|take| take.facts.timbre == timbre)));
    }
    let bands = SNR_BANDS.map(|(low, high)| {
        let within = |take: &Outcome| take.facts.snr_db.is_some_and(|db| (low..high).contains(&db));
        (format!("{low}–{high} dB"), only(&within))
    });
    if bands.iter().all(|(_, some)| !some.is_empty()) {
        groups.extend(bands);
    }
    groups
}
