//! A loaded model with its context, and one generation at a time on it.

use std::num::NonZeroU32;
use std::path::Path;
use std::sync::OnceLock;
use std::thread;
use std::time::Instant;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::{LogOptions, send_logs_to_tracing};
use protocol::serving::Turn;
use protocol::{Done, Generate, Refusal, RefusalCode, Stop};
use self_cell::self_cell;

use crate::sampling::{Choice, Sampling};
use crate::text::Utf8Stream;

/// Two sentences and their prompt fit many times; a larger context only costs memory.
const MAX_CONTEXT: u32 = 4096;

/// Prompt tokens decoded between two looks at the cancel flag.
const STRIDE: u32 = 64;

use pair::Pair;

#[allow(clippy::mem_forget, reason = "inside the macro, to move the model into its cell")]
mod pair {
    use super::{LlamaContext, LlamaModel, self_cell};

    self_cell!(
        pub(super) struct Pair {
            owner: LlamaModel,
            #[covariant]
            dependent: LlamaContext,
        }
    );
}

/// Model and context together.
pub(crate) struct Loaded {
    pair: Pair,
}

impl Loaded {
    /// Parses a file whose checksum was verified.
    pub(crate) fn open(path: &Path) -> Result<Self, Refusal> {
        let backend = backend()?;
        let model = LlamaModel::load_from_file(backend, path, &LlamaModelParams::default())
            .map_err(|error| damaged(path, &error.to_string()))?;
        if model.n_vocab() <= 0 {
            return Err(damaged(path, "it has no vocabulary"));
        }
        let context = NonZeroU32::new(model.n_ctx_train().clamp(1, MAX_CONTEXT));
        let threads = threads();
        let params = LlamaContextParams::default()
            .with_n_ctx(context)
            .with_n_batch(STRIDE)
            .with_n_ubatch(STRIDE)
            .with_n_threads(threads)
            .with_n_threads_batch(threads);
        let pair = Pair::try_new(model, |model| model.new_context(backend, params))
            .map_err(|error| Refusal::new(RefusalCode::Failed, error.to_string()))?;
        Ok(Self { pair })
    }

    /// Tokens that fit.
    pub(crate) fn context(&self) -> u32 {
        self.pair.borrow_dependent().n_ctx()
    }

    /// What the model calls itself.
    pub(crate) fn name(&self) -> String {
        self.pair.borrow_owner().meta_val_str("general.name").unwrap_or_default()
    }

    /// Writes until the model, the limit, the grammar or the student ends it.
    pub(crate) fn generate(
        &mut self,
        request: &Generate,
        turn: &mut Turn<'_>,
    ) -> Result<Done, Refusal> {
        self.pair
            .with_dependent_mut(|model, context| Writing::new(model, context, request)?.run(turn))
    }
}

/// One generation.
struct Writing<'a, 'model> {
    model: &'model LlamaModel,
    context: &'a mut LlamaContext<'model>,
    request: &'a Generate,
    sampling: Sampling,
    prompt: Vec<LlamaToken>,
    batch: LlamaBatch<'static>,
    position: i32,
}

impl<'a, 'model> Writing<'a, 'model> {
    fn new(
        model: &'model LlamaModel,
        context: &'a mut LlamaContext<'model>,
        request: &'a Generate,
    ) -> Result<Self, Refusal> {
        let sampling = Sampling::new(model, request)?;
        let prompt = model.vocab().tokenize(request.prompt.as_bytes(), true, true);
        if prompt.is_empty() {
            return Err(Refusal::new(RefusalCode::BadInput, "the prompt is empty"));
        }
        let room = u64::from(context.n_ctx());
        let needed = prompt.len() as u64 + u64::from(request.max_tokens);
        if needed > room {
            let why = format!("{needed} tokens asked for, {room} fit");
            return Err(Refusal::new(RefusalCode::TooLong, why));
        }
        context.clear_kv_cache();
        let batch = LlamaBatch::new(STRIDE as usize, 1);
        Ok(Self { model, context, request, sampling, prompt, batch, position: 0 })
    }

    fn run(mut self, turn: &mut Turn<'_>) -> Result<Done, Refusal> {
        let started = Instant::now();
        let read = self.read_prompt(turn)?;
        let prompt_ms = millis(started);
        let started = Instant::now();
        let (stop, tokens) = if read { self.write(turn)? } else { (Stop::Cancelled, 0) };
        Ok(Done {
            id: self.request.id,
            stop,
            prompt_tokens: u32::try_from(self.prompt.len()).unwrap_or(u32::MAX),
            tokens,
            prompt_ms,
            generate_ms: millis(started),
        })
    }

    /// False when cancelled on the way.
    fn read_prompt(&mut self, turn: &Turn<'_>) -> Result<bool, Refusal> {
        let prompt = std::mem::take(&mut self.prompt);
        let mut left = prompt.len();
        for stride in prompt.chunks(STRIDE as usize) {
            if turn.cancelled() {
                self.prompt = prompt;
                return Ok(false);
            }
            left -= stride.len();
            self.decode(stride, left == 0)?;
        }
        self.prompt = prompt;
        Ok(true)
    }

    fn write(&mut self, turn: &mut Turn<'_>) -> Result<(Stop, u32), Refusal> {
        let mut text = Utf8Stream::default();
        for written in 0..self.request.max_tokens {
            if turn.cancelled() {
                return Ok((Stop::Cancelled, written));
            }
            let Choice::Token(token) = self.sampling.choose(self.context.get_logits())? else {
                return Ok((Stop::Stuck, written));
            };
            if self.model.vocab().is_eog(token) {
                return Ok((Stop::End, written));
            }
            self.sampling.accept(token)?;
            let piece = text.push(&self.model.vocab().token_to_piece(token, false, None));
            if !piece.is_empty() {
                turn.say(piece);
            }
            self.decode(&[token], true)?;
        }
        Ok((Stop::Length, self.request.max_tokens))
    }

    fn decode(&mut self, tokens: &[LlamaToken], last: bool) -> Result<(), Refusal> {
        self.batch.clear();
        for (index, token) in tokens.iter().enumerate() {
            let wanted = last && index + 1 == tokens.len();
            self.batch.add(*token, self.position, &[0], wanted).map_err(failed)?;
            self.position += 1;
        }
        self.context.decode(&mut self.batch).map_err(failed)
    }
}

/// llama.cpp may be initialised once in a process.
fn backend() -> Result<&'static LlamaBackend, Refusal> {
    static BACKEND: OnceLock<Option<LlamaBackend>> = OnceLock::new();
    BACKEND
        .get_or_init(|| {
            send_logs_to_tracing(LogOptions::default());
            LlamaBackend::init().ok()
        })
        .as_ref()
        .ok_or_else(|| Refusal::new(RefusalCode::Failed, "llama.cpp is initialised elsewhere"))
}

/// One core is left to the listening path.
fn threads() -> i32 {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    i32::try_from(cores.saturating_sub(1).max(1)).unwrap_or(1)
}

fn damaged(path: &Path, why: &str) -> Refusal {
    Refusal::new(RefusalCode::Damaged, format!("{}: {why}", path.display()))
}

fn failed(error: impl std::fmt::Display) -> Refusal {
    Refusal::new(RefusalCode::Failed, error.to_string())
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
