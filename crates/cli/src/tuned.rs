//! How the guitar is tuned that a command listens to: as the arguments say, else as its own guitar's
//! tuning is kept (the microphone) or as usual (a recording).

use host::{GuitarTuning, own_tuning};
use tutor::Trouble;

use crate::args::Tuned;
use crate::failure::Failure;

impl Tuned {
    /// The guitar of a recording: nothing that is kept touches it.
    pub(crate) fn of_a_recording(&self) -> Result<GuitarTuning, Failure> {
        self.over(GuitarTuning::default())
    }

    /// The student's own guitar, and what is wrong with what was kept of it.
    pub(crate) fn own(&self) -> Result<(GuitarTuning, Option<Trouble>), Failure> {
        let (kept, trouble) = own_tuning();
        // Who names both has nothing to be told of what was kept.
        let told = trouble.filter(|_| self.tuning.is_none() || self.a4.is_none());
        Ok((self.over(kept)?, told))
    }

    /// Whether anything is named at all.
    pub(crate) fn is_named(&self) -> bool {
        self.tuning.is_some() || self.a4.is_some()
    }

    fn over(&self, kept: GuitarTuning) -> Result<GuitarTuning, Failure> {
        let tuning = self.tuning.clone().unwrap_or_else(|| kept.id());
        GuitarTuning::of(&tuning, self.a4.unwrap_or(kept.a4))
            .map_err(|error| Failure::wrong_tuning(&error))
    }
}
