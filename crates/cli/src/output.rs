use std::io::{self, BufWriter, ErrorKind, Stdout, Write};

use serde::Serialize;

use crate::failure::Failure;

/// Standard output: JSON lines or text for people, never both.
pub(crate) struct Output {
    json: bool,
    out: BufWriter<Stdout>,
    /// What [`Output::news`] wrote last.
    told: String,
}

/// A JSON line: version and type, then the fields. A LessonEvent brings its own version.
#[derive(Serialize)]
struct Line<'a, T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    v: Option<u8>,
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(flatten)]
    fields: &'a T,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self { json, out: BufWriter::new(io::stdout()), told: String::new() }
    }

    /// Whether machines read this.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Writes `fields` as an object of type `kind`, or `text` for people.
    pub(crate) fn line<T: Serialize>(
        &mut self,
        kind: &str,
        fields: &T,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        self.write_line(Some(1), kind, fields, text)
    }

    /// An object that carries its version itself and says nothing to people.
    pub(crate) fn machine_line<T: Serialize>(
        &mut self,
        kind: &str,
        fields: &T,
    ) -> Result<(), Failure> {
        if self.json { self.write_line(None, kind, fields, String::new) } else { Ok(()) }
    }

    /// An object that says nothing to people.
    pub(crate) fn silent_line<T: Serialize>(
        &mut self,
        kind: &str,
        fields: &T,
    ) -> Result<(), Failure> {
        if self.json { self.write_line(Some(1), kind, fields, String::new) } else { Ok(()) }
    }

    fn write_line<T: Serialize>(
        &mut self,
        v: Option<u8>,
        kind: &str,
        fields: &T,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        if self.json {
            let line = Line { v, kind, fields };
            let json = serde_json::to_string(&line).map_err(Failure::internal)?;
            self.write(&json)
        } else {
            self.write(&text())
        }
    }

    /// Writes for people only.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Failure> {
        if self.json { Ok(()) } else { self.write(text) }
    }

    /// Writes for people only, and only what was not the last news.
    pub(crate) fn news(&mut self, text: String) -> Result<(), Failure> {
        if self.told == text {
            return Ok(());
        }
        self.told = text;
        self.text(&self.told.clone())
    }

    fn write(&mut self, line: &str) -> Result<(), Failure> {
        // Flushed line by line: whoever reads a live lesson through a pipe waits for it.
        let written = writeln!(self.out, "{line}").and_then(|()| self.out.flush());
        check(written)
    }

    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        check(self.out.flush())
    }
}

fn check(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::ReaderLeft),
        Err(error) => Err(Failure::internal(error)),
        Ok(()) => Ok(()),
    }
}
