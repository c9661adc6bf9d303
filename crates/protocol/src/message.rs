use serde::{Deserialize, Serialize};

/// The version both sides must name in their [`Hello`].
pub const VERSION: u32 = 1;

/// Everything that can be said, in either direction.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// First frame of the engine.
    Hello(Hello),
    /// Load a model.
    Load(Load),
    /// The model is loaded.
    Loaded(Loaded),
    /// Write text.
    Generate(Generate),
    /// A piece of the text.
    Piece(Piece),
    /// The text is complete.
    Done(Done),
    /// Stop a request that is queued or running.
    Cancel(Cancel),
    /// Write down speech.
    Transcribe(Transcribe),
    /// What was said.
    Transcript(Transcript),
    /// Are you there?
    Ping(Ping),
    /// Yes.
    Pong(Pong),
    /// No, and why.
    Refused(Refused),
}

/// What an engine can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// [`Generate`].
    Generate,
    /// [`Transcribe`].
    Transcribe,
    /// Something a later version knows.
    #[serde(other)]
    Other,
}

/// The greeting; a [`VERSION`] other than ours is refused while reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Version of the protocol.
    pub v: u32,
    /// Who speaks, e.g. `prita-llm 0.1.0`.
    pub engine: String,
    /// What it can do.
    pub capabilities: Vec<Capability>,
}

/// Asks to load a model file, replacing the one loaded before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Path on the engine's machine.
    pub path: String,
    /// Lower-case hex; checked before a byte of the file is parsed.
    pub sha256: Option<String>,
}

/// The answer to [`Load`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// What the model calls itself.
    pub model: String,
    /// Time it took, checksum included, in milliseconds.
    pub ms: u64,
    /// The context in tokens (text) or in encoder frames of 20 ms (speech).
    pub context: u32,
}

/// Asks for text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Generate {
    /// Named in every answer.
    pub id: u64,
    /// The whole prompt.
    pub prompt: String,
    /// GBNF with a rule `root`.
    pub grammar: Option<String>,
    /// At most so many tokens.
    pub max_tokens: u32,
    /// Same seed, same answer.
    pub seed: u32,
    /// 0 is greedy; finite.
    pub temperature: f32,
}

/// The next characters of an answer; never half a character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Whose.
    pub id: u64,
    /// May hold several tokens.
    pub text: String,
}

/// Why generation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// The model said so.
    End,
    /// `max_tokens` were written.
    Length,
    /// [`Cancel`].
    Cancelled,
    /// No token of the vocabulary continues the grammar.
    Stuck,
}

/// Generation ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Whose.
    pub id: u64,
    /// Why.
    pub stop: Stop,
    /// Tokens of the prompt.
    pub prompt_tokens: u32,
    /// Tokens written.
    pub tokens: u32,
    /// Milliseconds spent reading the prompt.
    pub prompt_ms: u64,
    /// Milliseconds spent writing.
    pub generate_ms: u64,
}

/// Stops a request; answered by the end of that request, or not at all if it had ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancel {
    /// Whose.
    pub id: u64,
}

/// Asks for a transcript. The samples travel as the binary tail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transcribe {
    /// Named in the answer.
    pub id: u64,
    /// ISO 639-1, e.g. `he`.
    pub language: String,
    /// Words the speaker is likely to use.
    pub initial_prompt: Option<String>,
    /// Mono at 16,000 Hz, −1…1.
    #[serde(skip)]
    pub samples: Vec<f32>,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// Whose.
    pub id: u64,
    /// The words.
    pub text: String,
    /// Geometric mean of the token probabilities, 0–1; 0 for no words.
    pub confidence: f32,
    /// Milliseconds it took.
    pub ms: u64,
}

/// Answered at once by the reading thread, also while the engine works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ping {
    /// Comes back.
    pub n: u64,
}

/// The answer to [`Ping`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pong {
    /// As asked.
    pub n: u64,
}

/// Why an engine says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// The file is not there or cannot be read.
    Missing,
    /// The file is not what it should be.
    Damaged,
    /// Another version of the protocol.
    Version,
    /// Nothing is loaded.
    NoModel,
    /// The queue is full.
    Busy,
    /// The input does not fit.
    TooLong,
    /// The input makes no sense (empty, not a number, a zero byte).
    BadInput,
    /// The grammar cannot be used.
    Grammar,
    /// The model does not know the language.
    Language,
    /// It was cancelled.
    Cancelled,
    /// The engine cannot do that at all.
    Unsupported,
    /// The engine tried and failed.
    Failed,
    /// Something a later version knows.
    #[serde(other)]
    Other,
}

/// An engine's reason, before it is addressed to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// For the program.
    pub code: RefusalCode,
    /// For the log.
    pub why: String,
}

impl Refusal {
    /// A refusal.
    #[must_use]
    pub fn new(code: RefusalCode, why: impl Into<String>) -> Self {
        Self { code, why: why.into() }
    }

    /// Addresses it: to a request, or to whatever was said last.
    #[must_use]
    pub fn of(self, id: Option<u64>) -> Refused {
        Refused { id, code: self.code, why: self.why }
    }
}

/// A refusal on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Of which request; none for [`Load`] and the wire itself.
    pub id: Option<u64>,
    /// For the program.
    pub code: RefusalCode,
    /// For the log.
    pub why: String,
}
