//! Why hearing cannot be trusted, and what listening does without: the same lines for every command.

use std::time::Duration;

use audio::SensingProblem;
use pipeline::ports::PortError;
use serde::Serialize;
use tutor::{Address, ErrorCode, Trouble, hebrew, trouble_words};

use super::hear::seconds;
use crate::failure::remark;

/// Why hearing cannot be trusted from now on.
#[derive(Serialize)]
pub(crate) struct SensingLine {
    at: f64,
    #[serde(flatten)]
    problem: SensingProblem,
}

impl SensingLine {
    pub(crate) fn of(problem: SensingProblem, at: Duration) -> Self {
        Self { at: seconds(at), problem }
    }

    /// For people.
    pub(crate) fn text(&self) -> String {
        let at = Duration::from_secs_f64(self.at);
        let words = trouble_words(&Trouble::Hearing(self.problem), Address::Neutral, at);
        // Only what is over has no words of the teacher's: the next strum speaks for itself.
        let words = words.map_or_else(|| "שומעים שוב כרגיל.".to_owned(), |words| words.display());
        format!("{}  {words}", hebrew::isolate(&format!("{:.2}", self.at)))
    }
}

/// A silent witness is remarked; hearing goes on.
pub(crate) fn without_witness(error: &PortError) {
    remark(ErrorCode::WitnessMissing, format!("{error}; scripts/start fetches it"));
}
