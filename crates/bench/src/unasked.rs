//! The chord of a strum when nothing is asked: many correct strums, each heard once.

use std::collections::BTreeSet;

use pipeline::ports::PortError;
use theory::{Chord, Quality};

use crate::crew::{self, WitnessMaker};
use crate::figure::{Figure, Table};
use crate::outcome::{Ears, chroma};
use crate::suites::Takes;
use crate::take::Take;
use crate::work::LEARNT;

/// What was heard of one strum.
struct Named {
    timbre: String,
    rare: bool,
    truth: Chord,
    ours: Option<Chord>,
    chroma: Option<Chord>,
}

impl Named {
    fn is_triad(&self) -> bool {
        matches!(self.truth.quality, Quality::Maj | Quality::Min)
    }

    fn is_right(&self) -> bool {
        self.ours == Some(self.truth)
    }
}

/// Suite `chords`.
pub(crate) fn chords(takes: &Takes, witness: &WitnessMaker<'_>) -> Result<Table, PortError> {
    let named = crew::each(takes, witness, |ears, take| hear(ears, take.as_ref()));
    let named: Vec<Named> =
        named.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let of = |keep: &dyn Fn(&Named) -> bool| figures(named.iter().filter(|n| keep(n)).collect());
    let mut groups = vec![("all".to_owned(), of(&|_| true))];
    groups.push(("unseen guitars".to_owned(), of(&|n| !LEARNT.contains(&n.timbre.as_str()))));
    groups.push(("rare voicings".to_owned(), of(&|n| n.rare)));
    let timbres: BTreeSet<&str> = named.iter().map(|named| named.timbre.as_str()).collect();
    for timbre in timbres {
        let name = timbre.strip_prefix("notes-").unwrap_or(timbre).to_owned();
        groups.push((name, of(&|n| n.timbre == timbre)));
    }
    let about = format!(
        "correct strums heard without a target, 5–80 ms a string, in rooms of the bench; seeds, \
         rooms and half of the voicings that no constant has seen; {} takes",
        named.len()
    );
    Ok(Table { suite: "chords", about, groups })
}

fn hear(ears: &mut Ears, take: &dyn Take) -> Result<Option<Named>, PortError> {
    let facts = take.facts();
    let Some(truth) = facts.chord else { return Ok(None) };
    let sound = take.strum()?;
    let ours = ears.chord(facts, &sound);
    let chroma = chroma(facts, &sound).triad();
    Ok(Some(Named { timbre: facts.timbre.clone(), rare: facts.rare, truth, ours, chroma }))
}

fn figures(some: Vec<&Named>) -> Vec<Figure> {
    let triads: Vec<&&Named> = some.iter().filter(|named| named.is_triad()).collect();
    let right = triads.iter().filter(|named| named.is_right()).count();
    let chroma = triads.iter().filter(|named| named.chroma == Some(named.truth)).count();
    vec![
        Figure::share("chord top-1, triads", right, triads.len())
            .least(97.0)
            .beside("chroma", Figure::share("", chroma, triads.len()).value),
        Figure::share(
            "chord top-1, all qualities",
            some.iter().filter(|named| named.is_right()).count(),
            some.len(),
        ),
        Figure::share(
            "no chord heard",
            some.iter().filter(|named| named.ours.is_none()).count(),
            some.len(),
        ),
    ]
}
