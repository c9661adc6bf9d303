//! Agreement with music21 over everything `theory` can spell. The tables beside this file are made
//! by `scripts/music21/run`; every difference stands in `music21/differences.tsv` with its reason.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};

use theory::{
    ChordSymbol, Interval, Key, Meter, Mode, Note, PitchClass, Quality, Roman, Scale, ScaleKind,
    symbols_of,
};

/// A table and the least number of rows it must have.
struct Table {
    subject: &'static str,
    text: &'static str,
    rows: usize,
    compare: fn(&[&str], &mut Row<'_>),
}

macro_rules! table {
    ($subject:ident, $rows:literal) => {
        Table {
            subject: stringify!($subject),
            text: include_str!(concat!("music21/", stringify!($subject), ".tsv")),
            rows: $rows,
            compare: $subject,
        }
    };
}

const TABLES: [Table; 12] = [
    table!(chords, 714),
    table!(inversions, 3108),
    table!(named, 1901),
    table!(scales, 357),
    table!(intervals, 441),
    table!(transposed, 1281),
    table!(keys, 30),
    table!(key_chords, 210),
    table!(numerals, 1740),
    table!(degrees, 3780),
    table!(places, 3915),
    table!(meters, 13),
];

/// At most this part of all comparisons may differ.
const MOST: f64 = 0.005;

/// What was compared so far.
#[derive(Default)]
struct Tally {
    compared: BTreeMap<&'static str, usize>,
    differences: BTreeSet<String>,
}

/// One row's comparisons.
struct Row<'a> {
    subject: &'static str,
    text: &'a str,
    tally: &'a mut Tally,
}

impl Row<'_> {
    /// Compares what we say with what music21 says.
    fn same(&mut self, what: &str, ours: impl ToString, theirs: impl ToString) {
        *self.tally.compared.entry(self.subject).or_default() += 1;
        let (ours, theirs) = (ours.to_string(), theirs.to_string());
        if ours != theirs {
            let row = self.text.replace('\t', " | ");
            self.tally.differences.insert(format!("{}\t{row}\t{what}\t{ours}", self.subject));
        }
    }
}

fn note(text: &str) -> Note {
    text.parse().unwrap()
}

fn notes(text: &str) -> Vec<Note> {
    text.split_whitespace().map(note).collect()
}

fn quality(label: &str) -> Quality {
    let found = Quality::ALL.into_iter().find(|quality| quality.label() == label);
    found.unwrap_or_else(|| panic!("{label}"))
}

fn spelled(notes: impl IntoIterator<Item = Note>) -> String {
    notes.into_iter().map(|note| note.to_string()).collect::<Vec<_>>().join(" ")
}

fn sounds(notes: impl IntoIterator<Item = Note>) -> String {
    let classes: BTreeSet<PitchClass> = notes.into_iter().map(Note::class).collect();
    classes.iter().map(|class| class.to_string()).collect::<Vec<_>>().join(" ")
}

fn chords(cells: &[&str], row: &mut Row<'_>) {
    let [root, label, tones] = cells else { panic!("{cells:?}") };
    let symbol = ChordSymbol::new(note(root), quality(label));
    row.same("notes", spelled(symbol.notes()), tones);
    row.same("sound", sounds(symbol.notes()), sounds(notes(tones)));
}

fn inversions(cells: &[&str], row: &mut Row<'_>) {
    let [root, label, bass, inversion] = cells else { panic!("{cells:?}") };
    let symbol = ChordSymbol::new(note(root), quality(label)).over(note(bass));
    row.same("inversion", symbol.inversion().unwrap(), inversion);
}

fn named(cells: &[&str], row: &mut Row<'_>) {
    let [sounding, root, label, bass] = cells else { panic!("{cells:?}") };
    let theirs = ChordSymbol::new(note(root), quality(label)).over(note(bass));
    let ours = symbols_of(&notes(sounding)).first().map(ToString::to_string);
    row.same("name", ours.unwrap_or_default(), theirs);
}

fn scales(cells: &[&str], row: &mut Row<'_>) {
    let [tonic, kind, up, down] = cells else { panic!("{cells:?}") };
    let scale = Scale::new(note(tonic), ScaleKind::from_name(kind).unwrap());
    row.same("up", spelled(scale.notes()), up);
    row.same("sound", sounds(scale.notes()), sounds(notes(up)));
    if !down.is_empty() {
        row.same("down", spelled(scale.notes_down()), down);
    }
}

fn intervals(cells: &[&str], row: &mut Row<'_>) {
    let [from, to, name, semitones, complement] = cells else { panic!("{cells:?}") };
    let interval = Interval::between(note(from), note(to));
    row.same("name", interval, name);
    row.same("semitones", interval.semitones(), semitones);
    row.same("complement", interval.inverted(), complement);
}

fn transposed(cells: &[&str], row: &mut Row<'_>) {
    let [from, by, to] = cells else { panic!("{cells:?}") };
    row.same("note", note(from).up(by.parse().unwrap()), to);
}

fn keys(cells: &[&str], row: &mut Row<'_>) {
    let [name, sharps, altered, relative] = cells else { panic!("{cells:?}") };
    let key: Key = name.parse().unwrap();
    row.same("sharps", key.signature(), sharps);
    row.same("altered", spelled(key.altered_notes()), altered);
    row.same("relative", key.relative().tonic, relative);
}

fn key_chords(cells: &[&str], row: &mut Row<'_>) {
    let [name, degree, root, triad, seventh] = cells else { panic!("{cells:?}") };
    let key: Key = name.parse().unwrap();
    let at = degree.parse::<usize>().unwrap() - 1;
    row.same("root", key.triads()[at].root, root);
    row.same("triad", key.triads()[at].quality.label(), triad);
    row.same("seventh", key.sevenths()[at].quality.label(), seventh);
}

fn numerals(cells: &[&str], row: &mut Row<'_>) {
    let [name, figure, root, bass, tones] = cells else { panic!("{cells:?}") };
    let key: Key = name.parse().unwrap();
    let chord = figure.parse::<Roman>().unwrap().chord(&key);
    row.same("root", chord.root, root);
    row.same("bass", chord.lowest(), bass);
    row.same("notes", spelled(chord.notes_from_bass()), tones);
}

fn degrees(cells: &[&str], row: &mut Row<'_>) {
    let [name, figure, tones] = cells else { panic!("{cells:?}") };
    let key: Key = name.parse().unwrap();
    let chord = figure.parse::<Roman>().unwrap().chord(&key);
    row.same("notes", spelled(chord.notes()), tones);
    let written = Roman::of(&chord, &key).unwrap().to_string();
    row.same("written", written, figure.replace('o', "°"));
}

fn places(cells: &[&str], row: &mut Row<'_>) {
    let [name, root, label, degree, accidental] = cells else { panic!("{cells:?}") };
    let key: Key = name.parse().unwrap();
    let roman = Roman::of(&ChordSymbol::new(note(root), quality(label)), &key).unwrap();
    row.same("degree", roman.degree, degree);
    row.same("accidental", roman.accidental, accidental);
}

fn meters(cells: &[&str], row: &mut Row<'_>) {
    let [name, count, kind, lengths] = cells else { panic!("{cells:?}") };
    let meter: Meter = name.parse().unwrap();
    let quarter = 4.0 / f32::from(meter.unit());
    let ours = meter.beats();
    let said: Vec<String> =
        ours.iter().map(|units| format!("{:?}", f32::from(*units) * quarter)).collect();
    row.same("beats", ours.len(), count);
    row.same("kind", if meter.is_compound() { "compound" } else { "simple" }, kind);
    row.same("lengths", said.join(" "), lengths);
}

fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn compare_all() -> Tally {
    let mut tally = Tally::default();
    for Table { subject, text, rows: least, compare } in &TABLES {
        let count = rows(text).count();
        assert!(count >= *least, "{subject}: {count} rows left of {least}");
        for line in rows(text) {
            let cells: Vec<&str> = line.split('\t').collect();
            compare(&cells, &mut Row { subject, text: line, tally: &mut tally });
        }
    }
    tally
}

#[test]
fn theory_says_what_music21_says() {
    let tally = compare_all();
    let all: usize = tally.compared.values().sum();
    let count = tally.differences.len();
    println!("{all} comparisons with music21, {count} differences; {:?}", tally.compared);
    // One line for each: subject, row, what, ours, reason.
    let listed: BTreeMap<&str, &str> = rows(include_str!("music21/differences.tsv"))
        .map(|line| line.rsplit_once('\t').expect("a reason"))
        .collect();
    for reason in listed.values() {
        assert!(reason.split(' ').count() >= 4, "no reason: {reason}");
    }
    let unexplained: Vec<&String> =
        tally.differences.iter().filter(|line| !listed.contains_key(line.as_str())).collect();
    assert!(unexplained.is_empty(), "{} unexplained: {unexplained:#?}", unexplained.len());
    for line in listed.keys() {
        assert!(tally.differences.contains(*line), "no longer a difference: {line}");
    }
    assert!(count as f64 <= MOST * all as f64, "{count} of {all} differ");
}

#[test]
fn the_tables_hold_every_root_quality_scale_and_key() {
    let of = |subject: &str| TABLES.iter().find(|table| table.subject == subject).unwrap().text;
    let has = |subject: &str, start: String| rows(of(subject)).any(|row| row.starts_with(&start));
    for root in Note::simple() {
        for quality in Quality::ALL {
            assert!(has("chords", format!("{root}\t{}\t", quality.label())), "{root} {quality:?}");
        }
        for kind in ScaleKind::ALL {
            assert!(has("scales", format!("{root}\t{}\t", kind.name())), "{root} {kind:?}");
        }
    }
    for key in Key::usual() {
        assert!(has("keys", format!("{key}\t{}\t", key.signature())), "{key}");
        let minor = key.mode == Mode::Minor;
        assert!(has("numerals", format!("{key}\t{}\t", if minor { "i" } else { "I" })), "{key}");
    }
}
