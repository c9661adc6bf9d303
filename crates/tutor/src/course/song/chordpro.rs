//! Reads ChordPro: `[Am]` over words, `{title: …}`, sections. What has no meaning on a sheet of
//! words and chords (fonts, colours, tab, diagrams) is passed over; what would be read wrongly is an
//! error with its line.

use theory::{ChordSymbol, Key, Meter, Mode, StrumPattern};

use super::error::{SongError, SongProblem};
use super::{Line, Part, Section, SectionKind, Song};

/// Lines of a file; a song has some hundred.
const LONGEST: usize = 5_000;
/// Letters of a line.
const WIDEST: usize = 2_000;
pub(super) const USUAL_TEMPO: u16 = 80;

/// Reads one song. `id` is its name in items.
///
/// # Errors
/// [`SongError`] with the line of what cannot be read.
pub fn read_chordpro(id: &str, text: &str) -> Result<Song, SongError> {
    let mut reader = Reader::new(id);
    for (place, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        reader.number = place + 1;
        if place >= LONGEST || line.chars().count() > WIDEST {
            return Err(reader.error(SongProblem::TooLong));
        }
        reader.line(line.trim_end())?;
    }
    reader.finish()
}

struct Reader {
    number: usize,
    song: Song,
    /// And on which line it stands.
    strum: Option<(StrumPattern, usize)>,
    /// The section that is being read, and whether a directive began it.
    section: Section,
    named: bool,
    /// Inside a block that is passed over.
    skipping: bool,
}

impl Song {
    /// A song of nothing yet.
    pub(super) fn empty(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: id.to_owned(),
            source: None,
            words: None,
            tune: None,
            key: None,
            meter: Meter::COMMON,
            tempo: USUAL_TEMPO,
            capo: 0,
            strum: StrumPattern::silent(Meter::COMMON),
            sections: Vec::new(),
        }
    }
}

impl Reader {
    fn new(id: &str) -> Self {
        let section = Section::default();
        let song = Song::empty(id);
        Self { number: 1, song, strum: None, section, named: false, skipping: false }
    }

    fn error(&self, problem: SongProblem) -> SongError {
        SongError::at(self.number, problem)
    }

    fn line(&mut self, line: &str) -> Result<(), SongError> {
        let trimmed = line.trim();
        if let Some(directive) = trimmed.strip_prefix('{') {
            let inside =
                directive.strip_suffix('}').ok_or_else(|| self.error(SongProblem::Open('{')))?;
            return self.directive(inside);
        }
        if self.skipping || trimmed.starts_with('#') {
            return Ok(());
        }
        if trimmed.is_empty() {
            if !self.named {
                self.close();
            }
            return Ok(());
        }
        let parsed = self.parts(line)?;
        self.section.lines.push(parsed);
        Ok(())
    }

    fn parts(&self, line: &str) -> Result<Line, SongError> {
        let mut parts = Vec::new();
        let (head, mut rest) = line.split_once('[').map_or((line, None), |(h, r)| (h, Some(r)));
        if !head.trim().is_empty() {
            parts.push(Part { chord: None, text: head.trim_start().to_owned() });
        }
        while let Some(open) = rest {
            let (name, after) =
                open.split_once(']').ok_or_else(|| self.error(SongProblem::Open('[')))?;
            let (text, next) = after.split_once('[').map_or((after, None), |(t, r)| (t, Some(r)));
            self.part(name.trim(), text, &mut parts)?;
            rest = next;
        }
        Ok(Line { parts })
    }

    fn part(&self, name: &str, text: &str, parts: &mut Vec<Part>) -> Result<(), SongError> {
        // `[*rit.]` is a remark; `[N.C.]` and `[|]` play nothing new.
        let silent =
            name.starts_with('*') || ["", "N.C.", "NC", "|", "||", "/", "%", "x"].contains(&name);
        if silent {
            match parts.last_mut() {
                Some(last) => last.text.push_str(text),
                None => parts.push(Part { chord: None, text: text.to_owned() }),
            }
            return Ok(());
        }
        let bare = name.trim_start_matches('(').trim_end_matches(')');
        let chord: ChordSymbol =
            bare.parse().map_err(|_| self.error(SongProblem::Chord(name.to_owned())))?;
        parts.push(Part { chord: Some(chord), text: text.to_owned() });
        Ok(())
    }

    fn directive(&mut self, inside: &str) -> Result<(), SongError> {
        let (name, value) = inside.split_once([':', ' ']).unwrap_or((inside, ""));
        let (name, value) = (name.trim().to_lowercase(), value.trim());
        if self.skipping {
            let ends = matches!(name.as_str(), "eot" | "eog") || name.starts_with("end_of_");
            self.skipping = !ends;
            return Ok(());
        }
        match name.as_str() {
            "meta" => match value.split_once([' ', ':']) {
                Some((key, value)) => self.meta(&key.trim().to_lowercase(), value.trim()),
                None => Ok(()),
            },
            "soc" | "start_of_chorus" => self.open(SectionKind::Chorus, value, &name),
            "sov" | "start_of_verse" => self.open(SectionKind::Verse, value, &name),
            "sob" | "start_of_bridge" => self.open(SectionKind::Bridge, value, &name),
            "eoc" | "eov" | "eob" | "end_of_chorus" | "end_of_verse" | "end_of_bridge" => {
                self.end(&name)
            }
            "chorus" => {
                self.close();
                self.repeat_chorus();
                Ok(())
            }
            "sot" | "sog" | "start_of_tab" | "start_of_grid" | "start_of_abc" | "start_of_ly"
            | "start_of_svg" | "start_of_textblock" => {
                self.skipping = true;
                Ok(())
            }
            other => self.meta(other, value),
        }
    }

    fn meta(&mut self, name: &str, value: &str) -> Result<(), SongError> {
        let bad = || self.error(SongProblem::Value(name.to_owned(), value.to_owned()));
        let number = |least: f32, most: f32| {
            let number = value.parse::<f32>().ok().filter(|n| (least..=most).contains(n));
            number.ok_or_else(bad)
        };
        let text = || Some(value.to_owned());
        match name {
            "title" | "t" => self.song.title = value.to_owned(),
            "lyricist" => self.song.words = text(),
            "composer" => self.song.tune = text(),
            "artist" if self.song.tune.is_none() => self.song.tune = text(),
            "source" | "copyright" => self.song.source = text(),
            "key" => self.song.key = Some(read_key(value).ok_or_else(bad)?),
            "time" => self.song.meter = value.parse().map_err(|_| bad())?,
            "tempo" => self.song.tempo = number(20.0, 300.0)?.round() as u16,
            "capo" => self.song.capo = number(0.0, 12.0)? as u8,
            "strum" => self.strum = Some((value.parse().map_err(|_| bad())?, self.number)),
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, kind: SectionKind, label: &str, name: &str) -> Result<(), SongError> {
        if self.named {
            return Err(self.error(SongProblem::Nested(name.to_owned())));
        }
        self.close();
        let label = (!label.is_empty()).then(|| label.to_owned());
        self.section = Section { kind, label, lines: Vec::new() };
        self.named = true;
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), SongError> {
        if !self.named {
            return Err(self.error(SongProblem::Nested(name.to_owned())));
        }
        self.close();
        Ok(())
    }

    fn close(&mut self) {
        let section = std::mem::take(&mut self.section);
        self.named = false;
        if !section.lines.is_empty() {
            self.song.sections.push(section);
        }
    }

    fn repeat_chorus(&mut self) {
        let chorus = |section: &&Section| section.kind == SectionKind::Chorus;
        if let Some(chorus) = self.song.sections.iter().rev().find(chorus).cloned() {
            self.song.sections.push(chorus);
        }
    }

    fn finish(mut self) -> Result<Song, SongError> {
        if self.skipping {
            return Err(self.error(SongProblem::Open('{')));
        }
        self.close();
        if self.song.chords().next().is_none() {
            return Err(self.error(SongProblem::NoChords));
        }
        let meter = self.song.meter;
        self.song.strum = match self.strum.take() {
            // The metre may stand after it.
            Some((strum, line)) if !strum.fits(meter) => {
                let problem = SongProblem::Value("strum".to_owned(), strum.to_string());
                return Err(SongError::at(line, problem));
            }
            Some((strum, _)) => strum,
            None => usual_strum(meter),
        };
        Ok(self.song)
    }
}

/// `Em`, `G`, `Bb`, `F#m`.
fn read_key(text: &str) -> Option<Key> {
    let tonic: ChordSymbol = text.parse().ok()?;
    let mode = if tonic.quality.is_minor()? { Mode::Minor } else { Mode::Major };
    Some(Key::new(tonic.root, mode))
}

/// Down on every beat.
pub(super) fn usual_strum(meter: Meter) -> StrumPattern {
    let of_unit = if meter.unit() >= 8 { 1 } else { 2 };
    let beat = |units: &u8| format!("D{}", "-".repeat(usize::from(*units) * of_unit - 1));
    let slots: String = meter.beats().iter().map(beat).collect();
    slots.parse().unwrap_or_else(|_| StrumPattern::silent(meter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (usize, SongProblem) {
        let error = read_chordpro("x", text).unwrap_err();
        (error.line, error.problem)
    }

    #[test]
    fn chords_stand_over_their_syllables() {
        let text = "{t: שלום}\n{key: G}\n{time: 3/4}\n\n{soc}\nבוא [G]הביתה [D/F#]עכ[Em]שיו\n{eoc}";
        let song = read_chordpro("x", text).unwrap();
        assert_eq!((song.title.as_str(), song.key), ("שלום", read_key("G")));
        assert_eq!(song.strum.to_string(), "D-D-D-");
        let line = &song.sections[0].lines[0];
        let chords: Vec<_> = line.parts.iter().map(|p| p.chord.map(|c| c.to_string())).collect();
        assert_eq!(chords, [None, Some("G".into()), Some("D/F#".into()), Some("Em".into())]);
        assert_eq!(line.text(), "בוא הביתה עכשיו");
        assert_eq!(song.sections[0].kind, SectionKind::Chorus);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        assert_eq!(problem("[G]a\n[H7q]b"), (2, SongProblem::Chord("H7q".into())));
        assert_eq!(problem("[G]a\n[D b"), (2, SongProblem::Open('[')));
        assert_eq!(problem("{title: x\n[G]a"), (1, SongProblem::Open('{')));
        let fast = SongProblem::Value("tempo".into(), "fast".into());
        assert_eq!(problem("\n{tempo: fast}"), (2, fast));
        assert_eq!(problem("{soc}\n{sov}"), (2, SongProblem::Nested("sov".into())));
        assert_eq!(problem("{eoc}"), (1, SongProblem::Nested("eoc".into())));
        assert_eq!(problem("words alone").1, SongProblem::NoChords);
        assert_eq!(problem("").1, SongProblem::NoChords);
        assert_eq!(problem(&"a\n".repeat(6_000)).1, SongProblem::TooLong);
    }

    #[test]
    fn what_no_sheet_shows_is_passed_over() {
        let text = "{textfont: x}\n# remark\n{sot}\ne|--[0]--|\n{eot}\n[N.C.]a [*slow]b [(Am)]c\n\
                    {define: Am base-fret 1}\n\n[G]d\n{chorus}\n";
        let song = read_chordpro("x", text).unwrap();
        assert_eq!(song.different().len(), 2);
        assert_eq!(song.sections.len(), 2);
        assert_eq!(song.sections[0].lines[0].text(), "a b c");
    }

    #[test]
    fn a_bar_without_a_pattern_is_struck_on_every_beat() {
        for (meter, strum) in [("4/4", "D-D-D-D-"), ("6/8", "D--D--"), ("3/4", "D-D-D-")] {
            assert_eq!(usual_strum(meter.parse().unwrap()).to_string(), strum);
        }
    }
}
