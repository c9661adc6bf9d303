use std::sync::Arc;

use audio::{GuitarPrint, ListenerConfig, Tuner, TunerConfig};
use engines::microphone::Microphone;
use pipeline::ports::{AudioSource, Clock, PortError};
use pipeline::{
    Check, CheckParts, CheckScreen, Ear, SystemClock, Tuning, TuningParts, TuningScreen,
};
use tutor::{Address, TuningGuide};

use crate::lesson::{no_threads, voice};
use crate::{GuitarShelf, GuitarTuning, MY_GUITAR, own_tuning};

/// Begins to tune with a microphone by its id, or the system's choice.
///
/// # Errors
/// There are no more threads.
pub fn begin_tuning(
    config: TunerConfig,
    device: Option<String>,
    screen: Arc<dyn TuningScreen>,
) -> Result<Tuning, PortError> {
    let (source, clock) = microphone(device);
    let (tuner, guide) = (Tuner::new(config), TuningGuide::new(Address::Neutral));
    let (print, keep) = guitar();
    let voice = voice();
    let hears_itself = true;
    let parts =
        TuningParts { source, hears_itself, tuner, guide, print, keep, voice, screen, clock };
    Tuning::begin(parts).map_err(|error| no_threads(&error))
}

/// Begins the check of the sound of a microphone by its id, or the system's choice.
///
/// # Errors
/// There are no more threads.
pub fn begin_check(
    device: Option<String>,
    screen: Arc<dyn CheckScreen>,
) -> Result<Check, PortError> {
    let (source, clock) = microphone(device);
    let (GuitarTuning { tuning, a4 }, _) = own_tuning();
    let ear = Ear::new(ListenerConfig { tuning, a4, ..ListenerConfig::default() }, None);
    Check::begin(CheckParts { source, ear, screen, clock }).map_err(|error| no_threads(&error))
}

type Keeper = Box<dyn FnMut(&GuitarPrint) + Send>;

/// What is known of the student's guitar, and who keeps what is learnt.
fn guitar() -> (GuitarPrint, Keeper) {
    let Some(shelf) = GuitarShelf::discover() else {
        tracing::warn!("no folder for data: what is learnt of the guitar is forgotten");
        return (GuitarPrint::default(), Box::new(|_| ()));
    };
    let print = shelf.print(MY_GUITAR);
    let keep = move |print: &GuitarPrint| {
        if let Err(error) = shelf.keep(MY_GUITAR, print) {
            tracing::warn!(%error, "what was learnt of the guitar cannot be kept");
        }
    };
    (print, Box::new(keep))
}

fn microphone(device: Option<String>) -> (Box<dyn AudioSource>, Arc<dyn Clock>) {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::start());
    (Box::new(Microphone::new(device, Arc::clone(&clock))), clock)
}
