use std::sync::atomic::Ordering;
use std::thread;
use std::time::Instant;

use protocol::serving::{Engine, Turn};
use protocol::{
    Capability, Load, Loaded, Refusal, RefusalCode, Transcribe, Transcript, model_file,
};
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperState,
    get_lang_id, install_logging_hooks,
};

use crate::{clip, words};

/// The engine: at most one model at a time.
#[derive(Default)]
pub struct SpeechModel {
    loaded: Option<(WhisperContext, WhisperState)>,
}

impl SpeechModel {
    /// Without a model.
    #[must_use]
    pub fn new() -> Self {
        install_logging_hooks();
        Self::default()
    }
}

impl Engine for SpeechModel {
    fn name(&self) -> String {
        concat!("prita-asr ", env!("CARGO_PKG_VERSION")).to_owned()
    }

    fn capabilities(&self) -> Vec<Capability> {
        vec![Capability::Transcribe]
    }

    fn load(&mut self, load: &Load) -> Result<Loaded, Refusal> {
        let started = Instant::now();
        // The old model goes first: two rarely fit.
        self.loaded = None;
        let path = model_file::verified(load)?;
        let damaged =
            |error| Refusal::new(RefusalCode::Damaged, format!("{}: {error}", path.display()));
        let context = WhisperContext::new_with_params(&path, WhisperContextParameters::default())
            .map_err(damaged)?;
        let state = context.create_state().map_err(damaged)?;
        let answer = Loaded {
            model: context.model_type_readable_str_lossy().unwrap_or_default().into_owned(),
            ms: millis(started),
            context: u32::try_from(context.n_audio_ctx()).unwrap_or(0),
        };
        self.loaded = Some((context, state));
        Ok(answer)
    }

    fn transcribe(&mut self, request: &Transcribe, turn: &Turn<'_>) -> Result<Transcript, Refusal> {
        let Some((context, state)) = &mut self.loaded else {
            return Err(Refusal::new(RefusalCode::NoModel, "no model is loaded"));
        };
        let started = Instant::now();
        let clip = clip::prepared(&request.samples)?;
        check_words(request, context)?;
        let mut params = params(request, clip.len(), context);
        // A boxed closure, because whisper-rs 0.16 boxes what it is given and then reads it back
        // as the type it was given: only this type survives that.
        let cancelled = turn.cancel_flag();
        let abort: Box<dyn FnMut() -> bool> = Box::new(move || cancelled.load(Ordering::Relaxed));
        params.set_abort_callback_safe(abort);
        let outcome = state.full(params, &clip);
        if turn.cancelled() {
            return Err(Refusal::new(RefusalCode::Cancelled, "cancelled"));
        }
        outcome.map_err(|error| Refusal::new(RefusalCode::Failed, error.to_string()))?;
        let (text, confidence) = words::read(state, context.token_eot());
        Ok(Transcript { id: request.id, text, confidence, ms: millis(started) })
    }
}

/// whisper-rs panics on zero bytes, and takes unknown languages for a wish to guess.
fn check_words(request: &Transcribe, context: &WhisperContext) -> Result<(), Refusal> {
    let prompt = request.initial_prompt.as_deref().unwrap_or_default();
    if request.language.contains('\0') || prompt.contains('\0') {
        return Err(Refusal::new(RefusalCode::BadInput, "a zero byte in the text"));
    }
    let known = get_lang_id(&request.language).is_some() && request.language != "auto";
    let spoken = known && (context.is_multilingual() || request.language == "en");
    if spoken {
        Ok(())
    } else {
        let why = format!("the model does not know the language {:?}", request.language);
        Err(Refusal::new(RefusalCode::Language, why))
    }
}

fn params<'a>(
    request: &'a Transcribe,
    samples: usize,
    context: &WhisperContext,
) -> FullParams<'a, 'a> {
    let mut params = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
    let model_frames = usize::try_from(context.n_audio_ctx()).unwrap_or(0);
    let frames = clip::encoder_frames(samples, model_frames);
    params.set_audio_ctx(i32::try_from(frames).unwrap_or(0));
    params.set_n_threads(threads());
    params.set_language(Some(&request.language));
    params.set_translate(false);
    params.set_no_context(true);
    // No second tries at higher temperatures: they cost six times the time, drop the initial
    // prompt and make the answer depend on the clips before. Low confidence says as much.
    params.set_temperature_inc(0.0);
    params.set_no_timestamps(true);
    params.set_suppress_nst(true);
    params.set_print_special(false);
    params.set_print_progress(false);
    params.set_print_realtime(false);
    params.set_print_timestamps(false);
    if let Some(prompt) = &request.initial_prompt {
        params.set_initial_prompt(prompt);
    }
    params
}

/// One core is left to the listening path.
fn threads() -> i32 {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    i32::try_from(cores.saturating_sub(1).max(1)).unwrap_or(1)
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
