//! Chooses the next token, within a grammar if there is one.
//!
//! llama.cpp's own `sample` accepts the token inside C++ and lets exceptions cross into Rust, so
//! choosing and accepting are two steps here, and a grammar without a way on is noticed before
//! a sampler asserts on it.

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::token::data::LlamaTokenData;
use llama_cpp_2::token::data_array::LlamaTokenDataArray;
use protocol::{Generate, Refusal, RefusalCode};

use crate::grammar;

const TOP_K: i32 = 40;
const TOP_P: f32 = 0.95;

/// What was chosen.
pub(crate) enum Choice {
    Token(LlamaToken),
    /// No token continues the grammar.
    Stuck,
}

pub(crate) struct Sampling {
    grammar: Option<LlamaSampler>,
    chain: LlamaSampler,
}

impl Sampling {
    pub(crate) fn new(model: &LlamaModel, request: &Generate) -> Result<Self, Refusal> {
        if !request.temperature.is_finite() {
            return Err(Refusal::new(RefusalCode::BadInput, "the temperature is no number"));
        }
        let grammar = match &request.grammar {
            Some(text) => Some(parsed(model, text)?),
            None => None,
        };
        Ok(Self { grammar, chain: chain(request) })
    }

    /// Chooses among the logits of the last position.
    pub(crate) fn choose(&mut self, logits: &[f32]) -> Result<Choice, Refusal> {
        if logits.iter().any(|logit| logit.is_nan()) {
            return Err(Refusal::new(RefusalCode::Failed, "the model answers with NaN"));
        }
        let Some(grammar) = &mut self.grammar else {
            return Ok(picked(&mut self.chain, &mut candidates(logits)));
        };
        // Asking the grammar about one token is cheaper by the size of the vocabulary, and a
        // trained model is nearly always right.
        if let Choice::Token(token) = picked(&mut self.chain, &mut candidates(logits)) {
            let mut alone =
                LlamaTokenDataArray::new(vec![LlamaTokenData::new(token, 1.0, 0.0)], false);
            alone.apply_sampler(grammar);
            if possible(&alone) {
                return Ok(Choice::Token(token));
            }
        }
        let mut allowed = candidates(logits);
        allowed.apply_sampler(grammar);
        allowed.data.retain(|candidate| candidate.logit() > f32::NEG_INFINITY);
        if allowed.data.is_empty() {
            return Ok(Choice::Stuck);
        }
        Ok(picked(&mut self.chain, &mut allowed))
    }

    /// Moves the grammar on. Not for end-of-text tokens.
    pub(crate) fn accept(&mut self, token: LlamaToken) -> Result<(), Refusal> {
        match &mut self.grammar {
            Some(grammar) => grammar.try_accept(token).map_err(|error| {
                Refusal::new(RefusalCode::Grammar, format!("the grammar broke: {error}"))
            }),
            None => Ok(()),
        }
    }
}

fn parsed(model: &LlamaModel, text: &str) -> Result<LlamaSampler, Refusal> {
    grammar::check(text)?;
    LlamaSampler::grammar(model, text, "root")
        .map_err(|error| Refusal::new(RefusalCode::Grammar, error.to_string()))
}

fn chain(request: &Generate) -> LlamaSampler {
    if request.temperature <= 0.0 {
        return LlamaSampler::greedy();
    }
    LlamaSampler::chain(
        [
            LlamaSampler::top_k(TOP_K),
            LlamaSampler::top_p(TOP_P, 1),
            LlamaSampler::temp(request.temperature),
            LlamaSampler::dist(request.seed),
        ],
        true,
    )
}

fn candidates(logits: &[f32]) -> LlamaTokenDataArray {
    let data = (0..)
        .zip(logits)
        .map(|(id, logit)| LlamaTokenData::new(LlamaToken::new(id), *logit, 0.0))
        .collect();
    LlamaTokenDataArray::new(data, false)
}

fn picked(chain: &mut LlamaSampler, candidates: &mut LlamaTokenDataArray) -> Choice {
    candidates.apply_sampler(chain);
    candidates.selected_token().map_or(Choice::Stuck, Choice::Token)
}

fn possible(candidates: &LlamaTokenDataArray) -> bool {
    candidates.data.iter().any(|candidate| candidate.logit() > f32::NEG_INFINITY)
}
