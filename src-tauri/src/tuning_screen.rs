//! The page as the screen of tuning and of the check of the sound.

use audio::TunerHint;
use pipeline::{CheckScreen, CheckUpdate as Check, TuningScreen, TuningUpdate as Tuning};
use tauri::ipc::Channel;

use crate::error::AppError;
use crate::view::{CheckUpdate, GuideView, StageView, TroubleView, TunerUpdate};

/// A page that tunes.
pub(crate) struct TunerPage(pub(crate) Channel<TunerUpdate>);

impl TuningScreen for TunerPage {
    fn show(&self, update: Tuning) {
        let view = match update {
            Tuning::Status(status) => TunerUpdate::Status { status: status.into() },
            Tuning::Level { level, peak, floor } => TunerUpdate::Level { level, peak, floor },
            Tuning::Reading(reading) => TunerUpdate::Pitch {
                string: reading.string.number(),
                cents: reading.cents,
                // Of another string the measured cents say nothing.
                sure: !matches!(reading.hint, None | Some(TunerHint::WrongString { .. })),
            },
            Tuning::Quiet => TunerUpdate::Quiet,
            Tuning::Guide(guide) => TunerUpdate::Guide { guide: GuideView::from(&guide) },
            Tuning::Trouble(trouble, words) => {
                TunerUpdate::Trouble { trouble: TroubleView::of(&trouble, &words) }
            }
            Tuning::TroubleOver => TunerUpdate::Trouble { trouble: None },
            Tuning::Speaking(speaking) => TunerUpdate::Speaking { speaking },
            Tuning::Broken(error) => {
                let error = AppError::in_the_middle(&error);
                TunerUpdate::Trouble { trouble: Some(TroubleView::lost(&error)) }
            }
        };
        send(&self.0, view);
    }
}

/// A page that checks the sound.
pub(crate) struct CheckPage(pub(crate) Channel<CheckUpdate>);

impl CheckScreen for CheckPage {
    fn show(&self, update: Check) {
        let view = match update {
            Check::Status(status) => CheckUpdate::Status { status: status.into() },
            Check::Level { level, peak, floor } => CheckUpdate::Level { level, peak, floor },
            Check::Step(step, words) => match StageView::of(step) {
                Some(stage) => CheckUpdate::Stage {
                    stage,
                    diagnosis: words.diagnosis.display,
                    tip: words.tip.display,
                },
                None => CheckUpdate::Trouble { trouble: Some(TroubleView::too_quiet(&words)) },
            },
            Check::Trouble(trouble, words) => {
                CheckUpdate::Trouble { trouble: TroubleView::of(&trouble, &words) }
            }
            Check::TroubleOver => CheckUpdate::Trouble { trouble: None },
        };
        send(&self.0, view);
    }
}

fn send<T: tauri::ipc::IpcResponse>(updates: &Channel<T>, update: T) {
    if let Err(error) = updates.send(update) {
        tracing::debug!(%error, "the page has gone");
    }
}
