use std::time::Instant;

use protocol::serving::{Engine, Turn};
use protocol::{Capability, Done, Generate, Load, Refusal, RefusalCode, model_file};

use crate::context::Loaded;

/// The engine: at most one model at a time.
#[derive(Default)]
pub struct LanguageModel {
    loaded: Option<Loaded>,
}

impl LanguageModel {
    /// Without a model.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Engine for LanguageModel {
    fn name(&self) -> String {
        concat!("prita-llm ", env!("CARGO_PKG_VERSION")).to_owned()
    }

    fn capabilities(&self) -> Vec<Capability> {
        vec![Capability::Generate]
    }

    fn load(&mut self, load: &Load) -> Result<protocol::Loaded, Refusal> {
        let started = Instant::now();
        // The old model goes first: two rarely fit.
        self.loaded = None;
        let path = model_file::verified(load)?;
        let loaded = Loaded::open(&path)?;
        let answer = protocol::Loaded {
            model: loaded.name(),
            ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            context: loaded.context(),
        };
        self.loaded = Some(loaded);
        Ok(answer)
    }

    fn generate(&mut self, request: &Generate, turn: &mut Turn<'_>) -> Result<Done, Refusal> {
        match &mut self.loaded {
            Some(loaded) => loaded.generate(request, turn),
            None => Err(Refusal::new(RefusalCode::NoModel, "no model is loaded")),
        }
    }
}
