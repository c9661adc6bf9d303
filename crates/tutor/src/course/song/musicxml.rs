//! Reads MusicXML: the chords over the bars and the words under the notes of one part. Melody,
//! layout and the other parts are passed over.

use roxmltree::{Document, Node, ParsingOptions};
use theory::{ChordSymbol, Key, Meter, Mode, Note};

use super::chordpro::usual_strum;
use super::error::{SongError, SongProblem};
use super::{Line, Part, Section, Song};

/// Bars on a line of the sheet, where the file does not break them.
const BARS_OF_LINE: usize = 4;
/// Elements of a file: a long score has some hundred thousand.
const MOST_NODES: u32 = 2_000_000;

/// Reads the first part that has chords.
///
/// # Errors
/// [`SongError`] with the line of what cannot be read.
pub(super) fn read_musicxml(id: &str, text: &str) -> Result<Song, SongError> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..Default::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let line = match error {
            // A file cut short: the library names its first line.
            roxmltree::Error::UnclosedRootNode => text.lines().count(),
            _ => usize::try_from(error.pos().row).unwrap_or(1),
        };
        SongError::at(line, SongProblem::Xml(error.to_string()))
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "score-partwise" {
        let name = root.tag_name().name().to_owned();
        return Err(at(root, SongProblem::NoScore(name)));
    }
    let parts: Vec<Node<'_, '_>> = children(root, "part").collect();
    let with_chords = |part: &&Node<'_, '_>| part.descendants().any(|n| n.has_tag_name("harmony"));
    let part = parts.iter().find(with_chords).ok_or_else(|| at(root, SongProblem::NoChords))?;
    // The words may stand under another part than the chords.
    let sung = |part: &&Node<'_, '_>| part.descendants().any(|node| node.has_tag_name("lyric"));
    let words = if sung(&part) { part } else { parts.iter().find(sung).unwrap_or(part) };
    let mut song = header(id, root, *part)?;
    song.sections = vec![Section { lines: lines(*part, *words)?, ..Section::default() }];
    if song.chords().next().is_none() {
        return Err(at(*part, SongProblem::NoChords));
    }
    Ok(song)
}

fn at(node: Node<'_, '_>, problem: SongProblem) -> SongError {
    let row = node.document().text_pos_at(node.range().start).row;
    SongError::at(usize::try_from(row).unwrap_or(1), problem)
}

fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

/// The text of the first descendant of a name.
fn text_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let found = node.descendants().find(|child| child.has_tag_name(name))?;
    found.text().map(str::trim).filter(|text| !text.is_empty())
}

fn header(id: &str, root: Node<'_, '_>, part: Node<'_, '_>) -> Result<Song, SongError> {
    let mut song = Song::empty(id);
    let title = text_of(root, "work-title").or_else(|| text_of(root, "movement-title"));
    if let Some(title) = title {
        song.title = title.replace(['\n', '{', '}'], " ");
    }
    for creator in root.descendants().filter(|node| node.has_tag_name("creator")) {
        let name = creator.text().map(|name| name.trim().replace(['\n', '{', '}'], " "));
        match creator.attribute("type") {
            Some("lyricist") => song.words = name,
            Some("composer") => song.tune = name,
            _ => {}
        }
    }
    if let Some(time) = part.descendants().find(|node| node.has_tag_name("time")) {
        let meter = text_of(time, "beats").zip(text_of(time, "beat-type"));
        let (beats, unit) = meter.unwrap_or(("4", "4"));
        let written = format!("{beats}/{unit}");
        let bad = |_| at(time, SongProblem::Value("time".to_owned(), written.clone()));
        song.meter = written.parse::<Meter>().map_err(bad)?;
    }
    if let Some(key) = part.descendants().find(|node| node.has_tag_name("key")) {
        let minor = text_of(key, "mode") == Some("minor");
        let mode = if minor { Mode::Minor } else { Mode::Major };
        let sharps = text_of(key, "fifths").and_then(|fifths| fifths.parse::<i32>().ok());
        song.key = sharps
            .filter(|sharps| (-7..=7).contains(sharps))
            .map(|sharps| Key::with_signature(sharps, mode));
    }
    let tempo = part.descendants().find_map(|node| node.attribute("tempo"));
    let tempo = tempo.and_then(|tempo| tempo.parse::<f32>().ok());
    if let Some(tempo) = tempo.filter(|tempo| (20.0..=300.0).contains(tempo)) {
        song.tempo = tempo.round() as u16;
    }
    song.strum = usual_strum(song.meter);
    Ok(song)
}

/// The sheet: a line ends where the file begins a new system, else after some bars.
fn lines(chords: Node<'_, '_>, words: Node<'_, '_>) -> Result<Vec<Line>, SongError> {
    let broken = chords.descendants().any(|node| node.attribute("new-system") == Some("yes"));
    let mut lines = vec![Line::default()];
    let mut bars = 0;
    let mut sung = children(words, "measure");
    for measure in children(chords, "measure") {
        let new_system =
            children(measure, "print").any(|p| p.attribute("new-system") == Some("yes"));
        let ends = if broken { new_system } else { bars == BARS_OF_LINE };
        if ends && bars > 0 {
            lines.push(Line::default());
            bars = 0;
        }
        let syllables = sung.next();
        if let Some(line) = lines.last_mut() {
            bar(measure, syllables.unwrap_or(measure), line)?;
        }
        bars += 1;
    }
    lines.retain(|line| !line.parts.is_empty());
    Ok(lines)
}

/// What happens in a bar, by its time in divisions.
enum Event {
    Chord(ChordSymbol),
    Words(String),
}

fn bar(chords: Node<'_, '_>, words: Node<'_, '_>, line: &mut Line) -> Result<(), SongError> {
    let mut events = Vec::new();
    walk(chords, |node, time| {
        if node.has_tag_name("harmony")
            && let Some(chord) = harmony(node)?
        {
            events.push((time, 0, Event::Chord(chord)));
        }
        Ok(())
    })?;
    walk(words, |node, time| {
        if node.has_tag_name("note")
            && let Some(words) = syllable(node)
        {
            events.push((time, 1, Event::Words(words)));
        }
        Ok(())
    })?;
    events.sort_by_key(|(time, kind, _)| (*time, *kind));
    for (_, _, event) in events {
        match (event, line.parts.last_mut()) {
            (Event::Chord(chord), _) => {
                line.parts.push(Part { chord: Some(chord), text: String::new() });
            }
            (Event::Words(words), Some(part)) => part.text.push_str(&words),
            (Event::Words(words), None) => line.parts.push(Part { chord: None, text: words }),
        }
    }
    Ok(())
}

/// Visits what stands in a bar with its time in divisions from the bar's beginning.
fn walk<'a, 'input>(
    measure: Node<'a, 'input>,
    mut visit: impl FnMut(Node<'a, 'input>, i64) -> Result<(), SongError>,
) -> Result<(), SongError> {
    let mut time = 0_i64;
    for node in measure.children().filter(Node::is_element) {
        let number = |name| children(node, name).next()?.text()?.trim().parse::<i64>().ok();
        let length = number("duration").unwrap_or(0).clamp(0, 1 << 32);
        match node.tag_name().name() {
            "backup" => time = time.saturating_sub(length),
            "forward" => time = time.saturating_add(length),
            "note" => {
                visit(node, time)?;
                if !node.children().any(|child| child.has_tag_name("chord")) {
                    time = time.saturating_add(length);
                }
            }
            _ => visit(node, time.saturating_add(number("offset").unwrap_or(0)))?,
        }
    }
    Ok(())
}

/// The first verse's syllable under a note; a space after the end of a word.
fn syllable(note: Node<'_, '_>) -> Option<String> {
    let lyric = children(note, "lyric").find(|l| l.attribute("number").is_none_or(|n| n == "1"))?;
    let text = children(lyric, "text").filter_map(|node| node.text()).collect::<String>();
    let text = text.replace(['[', ']', '{', '}', '\n'], "");
    let goes_on = matches!(text_of(lyric, "syllabic"), Some("begin" | "middle"));
    (!text.is_empty()).then(|| if goes_on { text } else { text + " " })
}

/// A chord; none for «no chord».
fn harmony(node: Node<'_, '_>) -> Result<Option<ChordSymbol>, SongError> {
    let kind = children(node, "kind").next();
    let kind_text = kind.and_then(|kind| kind.text()).unwrap_or("major").trim();
    if kind_text == "none" {
        return Ok(None);
    }
    let name = |step: &str, alter: &str| {
        let step = text_of(node, step)?;
        let alter = text_of(node, alter).and_then(|a| a.parse::<f32>().ok()).unwrap_or(0.0);
        let sign = match alter.round() as i32 {
            -1 => "b",
            0 => "",
            1 => "#",
            _ => return None,
        };
        Some(format!("{step}{sign}"))
    };
    let unknown = |what: &str| at(node, SongProblem::Chord(what.to_owned()));
    let root = name("root-step", "root-alter").ok_or_else(|| unknown(kind_text))?;
    let suffix = suffix(kind_text)
        .or_else(|| kind.and_then(|kind| kind.attribute("text")))
        .ok_or_else(|| unknown(&format!("{root} {kind_text}")))?;
    let written = format!("{root}{suffix}");
    let chord: ChordSymbol = written.parse().map_err(|_| unknown(&written))?;
    let bass: Option<ChordSymbol> =
        name("bass-step", "bass-alter").and_then(|bass| bass.parse().ok());
    let bass: Option<Note> = bass.map(|symbol| symbol.root).filter(|bass| *bass != chord.root);
    Ok(Some(bass.map_or(chord, |bass| chord.over(bass))))
}

/// The kinds of the standard that a guitar has names for.
fn suffix(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "major" => "",
        "minor" => "m",
        "dominant" => "7",
        "major-seventh" => "maj7",
        "minor-seventh" => "m7",
        "diminished" => "dim",
        "diminished-seventh" => "dim7",
        "half-diminished" => "m7b5",
        "augmented" => "aug",
        "suspended-second" => "sus2",
        "suspended-fourth" => "sus4",
        "major-sixth" => "6",
        "minor-sixth" => "m6",
        "dominant-ninth" => "9",
        "major-ninth" => "maj9",
        "minor-ninth" => "m9",
        "power" => "5",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::song::read_song;

    fn score(measures: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE score-partwise PUBLIC \"-//Recordare//DTD\" \
             \"partwise.dtd\">\n<score-partwise>\n<work><work-title>שיר</work-title></work>\n\
             <part id=\"P1\">\n{measures}\n</part></score-partwise>"
        )
    }

    const BAR: &str = "<measure number=\"1\"><attributes><divisions>1</divisions>\
        <key><fifths>1</fifths><mode>minor</mode></key>\
        <time><beats>3</beats><beat-type>4</beat-type></time></attributes>\
        <harmony><root><root-step>E</root-step></root><kind>minor</kind></harmony>\
        <note><duration>2</duration><lyric><syllabic>begin</syllabic><text>שָׁ</text></lyric></note>\
        <harmony><root><root-step>F</root-step><root-alter>1</root-alter></root>\
        <kind>dominant</kind><bass><bass-step>A</bass-step><bass-alter>1</bass-alter></bass></harmony>\
        <note><duration>1</duration><lyric><syllabic>end</syllabic><text>לום</text></lyric></note>\
        </measure>";

    #[test]
    fn chords_meet_their_syllables() {
        let song = read_song("x", score(BAR).as_bytes()).unwrap();
        assert_eq!((song.title.as_str(), song.meter.to_string().as_str()), ("שיר", "3/4"));
        assert_eq!(song.key.unwrap().triads()[0].to_string(), "Em");
        let parts: Vec<(String, &str)> = song.sections[0].lines[0]
            .parts
            .iter()
            .map(|part| (part.chord.unwrap().to_string(), part.text.as_str()))
            .collect();
        assert_eq!(parts, [("Em".into(), "שָׁ"), ("F#7/A#".into(), "לום ")]);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        let problem = |text: &str| {
            let error = read_song("x", text.as_bytes()).unwrap_err();
            (error.line, error.problem)
        };
        let (line, cut) = problem("<?xml version=\"1.0\"?>\n<score-partwise>\n<part>");
        assert!(line == 3 && matches!(cut, SongProblem::Xml(_)), "{line} {cut:?}");
        let timewise = "<?xml version=\"1.0\"?>\n<score-timewise/>";
        assert_eq!(problem(timewise), (2, SongProblem::NoScore("score-timewise".into())));
        assert_eq!(problem(&score("<measure/>")).1, SongProblem::NoChords);
        let odd = "<measure>\n<harmony><root><root-step>E</root-step></root>\
                   <kind>Neapolitan</kind></harmony></measure>";
        assert_eq!(problem(&score(odd)), (7, SongProblem::Chord("E Neapolitan".into())));
    }
}
