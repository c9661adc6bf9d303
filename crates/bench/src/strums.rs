//! The figures of strums: verdicts, strings passed and named, calibration, the curve.

use audio::{StringState, Verdict};
use synth::FaultKind;
use theory::Quality;

use crate::figure::{Figure, quantile};
use crate::outcome::{Outcome, accused, is_right};
use crate::take::{Kind, Sharing, Truth};

/// Cosine at which chroma templates accept a strum.
const ALIKE: f32 = 0.8;
/// Confidences down to which a right verdict is given, for the curve.
const SWEEP: [f32; 7] = [0.0, 0.7, 0.8, 0.9, 0.95, 0.97, 0.985];

/// Kinds of fault with the row that says how many were passed as right.
const WRONG: [(Kind, &str); 8] = [
    (Kind::One(FaultKind::Absent), "string absent"),
    (Kind::One(FaultKind::FingerMissing), "finger missing"),
    (Kind::One(FaultKind::Neighbour), "neighbour string"),
    (Kind::One(FaultKind::FretOff), "one fret off"),
    (Kind::One(FaultKind::Flat), "one string −35 cents"),
    (Kind::One(FaultKind::Buzz), "buzz"),
    (Kind::Several, "several faults"),
    (Kind::OtherChord, "other chord"),
];

/// All figures over some takes, always the same rows in the same order.
pub(crate) fn figures(takes: &[&Outcome]) -> Vec<Figure> {
    let mut out = correct(takes);
    out.extend(dead(takes));
    for (kind, name) in WRONG {
        for sharing in [Sharing::Free, Sharing::Shared] {
            let which = if sharing == Sharing::Free { "free" } else { "shared" };
            let some = faulty(takes, kind, Some(sharing));
            out.push(passed(format!("{name}, {which}: passed"), &some).most(5.0));
        }
    }
    let forbidden = faulty(takes, Kind::One(FaultKind::Forbidden), None);
    out.push(passed("forbidden string: passed", &forbidden).most(5.0));
    out.extend(calibration(takes));
    out.extend(chords(takes));
    out.extend(times(takes));
    out
}

fn only<'a>(takes: &[&'a Outcome], keep: impl Fn(&Outcome) -> bool) -> Vec<&'a Outcome> {
    takes.iter().copied().filter(|take| keep(take)).collect()
}

fn faulty<'a>(takes: &[&'a Outcome], kind: Kind, sharing: Option<Sharing>) -> Vec<&'a Outcome> {
    only(takes, |take| {
        take.facts.kind == kind && (sharing.is_none() || take.facts.sharing() == sharing)
    })
}

fn share(row: impl Into<String>, takes: &[&Outcome], counts: impl Fn(&Outcome) -> bool) -> Figure {
    Figure::share(row, takes.iter().filter(|take| counts(take)).count(), takes.len())
}

fn percent(takes: &[&Outcome], counts: impl Fn(&Outcome) -> bool) -> Option<f64> {
    share("", takes, counts).value
}

fn verdict(take: &Outcome) -> Option<Verdict> {
    take.first.as_ref().and_then(|strum| strum.verdict)
}

/// Accepted by the references as they are usually built.
fn chroma_accepts(take: &Outcome) -> bool {
    take.reference.likeness >= ALIKE
}

fn missing(take: &Outcome) -> Option<Vec<usize>> {
    let sounds = take.reference.sounds?;
    let asked =
        |index: &usize| !matches!(take.facts.truth[*index], Truth::Silent | Truth::Intruder(_));
    Some((0..6).filter(asked).filter(|index| !sounds[*index]).collect())
}

fn basic_pitch(takes: &[&Outcome], counts: impl Fn(&Outcome, &[usize]) -> bool) -> Option<f64> {
    let heard = only(takes, |take| take.reference.sounds.is_some());
    percent(&heard, |take| missing(take).is_some_and(|missing| counts(take, &missing)))
}

/// «Passed»: called right though a string is not.
fn passed(row: impl Into<String>, takes: &[&Outcome]) -> Figure {
    share(row, takes, |take| is_right(take.first.as_ref()))
        .beside("chroma", percent(takes, chroma_accepts))
        .beside("basic-pitch", basic_pitch(takes, |_, missing| missing.is_empty()))
}

/// Exactly the strings at fault are accused.
fn named(take: &Outcome, after_question: bool) -> bool {
    let strum = if after_question { take.last() } else { take.first.as_ref() };
    strum.is_some_and(|strum| accused(strum) == take.facts.faulty())
}

fn correct(takes: &[&Outcome]) -> Vec<Figure> {
    let all = only(takes, |take| take.facts.kind == Kind::One(FaultKind::Correct));
    let (usual, rare) = (only(&all, |t| !t.facts.rare), only(&all, |t| t.facts.rare));
    let answered = only(&all, |take| take.answers);
    let right = |take: &Outcome| is_right(take.first.as_ref());
    vec![
        share("correct: right at once", &all, right)
            .least(95.0)
            .beside("chroma", percent(&all, chroma_accepts))
            .beside("basic-pitch", basic_pitch(&all, |_, missing| missing.is_empty())),
        share("correct: unsure", &all, |take| {
            matches!(verdict(take), Some(Verdict::Unsure { .. }))
        }),
        share("correct: accused", &all, |take| verdict(take) == Some(Verdict::Fault))
            .most(1.0)
            .beside("basic-pitch", basic_pitch(&all, |_, missing| !missing.is_empty())),
        share("correct: no strum heard", &all, |take| take.first.is_none()),
        share("correct: heard as several strums", &all, |take| take.strums > 1),
        share("correct, usual voicings: right", &usual, right),
        share("correct, rare voicings: right", &rare, right),
        share("correct: right after ≤ 1 question", &answered, |take| is_right(take.last()))
            .least(99.0),
        share("correct: accused after ≤ 1 question", &answered, |take| {
            take.last().is_some_and(|strum| strum.verdict == Some(Verdict::Fault))
        }),
    ]
}

fn dead(takes: &[&Outcome]) -> Vec<Figure> {
    let all = faulty(takes, Kind::One(FaultKind::Dead), None);
    let free = faulty(takes, Kind::One(FaultKind::Dead), Some(Sharing::Free));
    let shared = faulty(takes, Kind::One(FaultKind::Dead), Some(Sharing::Shared));
    let answered = only(&all, |take| take.answers);
    let basic =
        |some: &[&Outcome]| basic_pitch(some, |take, missing| missing == take.facts.faulty());
    vec![
        passed("dead free: passed", &free).most(3.0),
        share("dead free: named", &free, |take| named(take, false))
            .least(95.0)
            .beside("basic-pitch", basic(&free)),
        passed("dead shared: passed", &shared).most(5.0),
        share("dead shared: named at once", &shared, |take| named(take, false))
            .beside("basic-pitch", basic(&shared)),
        share("dead: named within two actions", &answered, |take| named(take, true)).least(85.0),
        share("dead: passed after two actions", &answered, |take| is_right(take.last())),
    ]
}

/// Expected calibration error in ten equal bins of confidence.
fn calibration_error(said: &[(f32, bool)]) -> Option<f64> {
    let mut bins = [(0f64, 0f64, 0usize); 10];
    for (confidence, true_word) in said {
        let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
        bin.0 += f64::from(*confidence);
        bin.1 += f64::from(u8::from(*true_word));
        bin.2 += 1;
    }
    let total: f64 = bins.iter().map(|(sure, hits, _)| (sure - hits).abs()).sum();
    (!said.is_empty()).then(|| total / said.len() as f64)
}

/// Confidence and truth of each string that was judged, in the first verdict.
fn said(takes: &[&Outcome], keep: impl Fn(bool, Truth) -> bool) -> Vec<(f32, bool)> {
    let mut said = Vec::new();
    for take in takes {
        for string in take.first.iter().flat_map(|strum| &strum.strings) {
            let truth = take.facts.truth[string.string.index()];
            let unsure = matches!(string.state, StringState::Unsure { .. });
            if !unsure && keep(string.asked, truth) {
                said.push((string.confidence, truth.agrees(string.state)));
            }
        }
    }
    said
}

/// Every state counts as itself; a string not struck that is called dead is wrong.
fn calibration(takes: &[&Outcome]) -> Vec<Figure> {
    let ece = |row: &str, said: Vec<(f32, bool)>| {
        Figure::of(row, "ece", calibration_error(&said), said.len())
    };
    vec![
        ece("calibration error, asked strings", said(takes, |asked, _| asked)).most(0.05),
        ece("calibration error, silent strings", said(takes, |asked, _| !asked)),
    ]
}

fn chords(takes: &[&Outcome]) -> Vec<Figure> {
    let named =
        only(takes, |t| t.facts.kind == Kind::One(FaultKind::Correct) && t.facts.chord.is_some());
    let triad = |take: &Outcome| {
        let quality = take.facts.chord.map(|chord| chord.quality);
        matches!(quality, Some(Quality::Maj | Quality::Min))
    };
    let triads = only(&named, triad);
    let ours = |take: &Outcome| take.chord == take.facts.chord;
    let theirs = |take: &Outcome| take.reference.triad == take.facts.chord;
    vec![
        share("chord top-1, triads", &triads, ours)
            .least(97.0)
            .beside("chroma", percent(&triads, theirs)),
        share("chord top-1, all qualities", &named, ours),
    ]
}

fn times(takes: &[&Outcome]) -> Vec<Figure> {
    let waits: Vec<f64> = takes.iter().filter_map(|take| take.wait).collect();
    let (cpu, sound) = takes
        .iter()
        .fold((0.0, 0.0), |(cpu, sound), take| (cpu + take.cost.0, sound + take.cost.1));
    let n = waits.len();
    vec![
        Figure::of("first string → verdict, median", "s", quantile(waits.clone(), 0.5), n)
            .most(0.34),
        Figure::of("first string → verdict, p90", "s", quantile(waits, 0.9), n).most(0.5),
        Figure::of("CPU of one core", "percent", Some(100.0 * cpu / sound), takes.len()).most(15.0),
    ]
}

/// What is accepted and passed if right is only given down to some confidence of every asked
/// string: the choice between accepting and passing.
pub(crate) fn curve(takes: &[&Outcome]) -> Vec<(String, Vec<Figure>)> {
    SWEEP
        .iter()
        .map(|least| {
            let right = |take: &Outcome| {
                is_right(take.first.as_ref())
                    && take
                        .first
                        .iter()
                        .flat_map(|strum| &strum.strings)
                        .all(|string| !string.asked || string.confidence >= *least)
            };
            let some = |row, kind, sharing| share(row, &faulty(takes, kind, sharing), right);
            let wrong = only(takes, |take| take.facts.kind != Kind::One(FaultKind::Correct));
            let rows = vec![
                some("correct: right at once", Kind::One(FaultKind::Correct), None),
                some("dead free: passed", Kind::One(FaultKind::Dead), Some(Sharing::Free)),
                some("dead shared: passed", Kind::One(FaultKind::Dead), Some(Sharing::Shared)),
                share("any fault: passed", &wrong, right),
            ];
            (format!("p ≥ {least}"), rows)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calibration_is_the_distance_from_the_truth() {
        let said = [(0.95, true), (0.95, true), (0.95, false), (0.95, false)];
        assert!((calibration_error(&said).unwrap_or(0.0) - 0.45).abs() < 1e-6);
        assert_eq!(calibration_error(&[]), None);
    }
}
