use std::sync::Arc;

use audio::{ListenerConfig, Portrait, Tuner, TunerConfig};
use engines::microphone::Microphone;
use pipeline::ports::{AudioSource, Clock, PortError};
use pipeline::{
    Check, CheckParts, CheckScreen, Ear, SystemClock, Tuning, TuningParts, TuningScreen,
};
use tutor::{Address, Guitar, TuningGuide};

use crate::lesson::{no_threads, voice};
use crate::{GuitarShelf, GuitarTuning, MY_GUITAR, own_tuning};

/// Begins to tune with a microphone by its id, or the system's choice.
///
/// # Errors
/// There are no more threads.
pub fn begin_tuning(
    config: TunerConfig,
    device: Option<String>,
    address: Address,
    screen: Arc<dyn TuningScreen>,
) -> Result<Tuning, PortError> {
    let (source, clock) = microphone(device);
    let (tuner, guide) = (Tuner::new(config), TuningGuide::new(address));
    let learn = learner_of_the_guitar();
    let voice = voice();
    let hears_itself = true;
    let parts = TuningParts { source, hears_itself, tuner, guide, learn, voice, screen, clock };
    Tuning::begin(parts).map_err(|error| no_threads(&error))
}

/// Begins the check of the sound of a microphone by its id, or the system's choice.
///
/// # Errors
/// There are no more threads.
pub fn begin_check(
    device: Option<String>,
    (address, guitar): (Address, Option<Guitar>),
    screen: Arc<dyn CheckScreen>,
) -> Result<Check, PortError> {
    let (source, clock) = microphone(device);
    let (GuitarTuning { tuning, a4 }, _) = own_tuning();
    let ear = Ear::new(ListenerConfig { tuning, a4, ..ListenerConfig::default() }, None);
    let parts = CheckParts { source, ear, address, guitar, screen, clock };
    Check::begin(parts).map_err(|error| no_threads(&error))
}

/// Learns what is heard of the student's guitar, and keeps it.
fn learner_of_the_guitar() -> Box<dyn FnMut(&Portrait) + Send> {
    let Some(shelf) = GuitarShelf::discover() else {
        tracing::warn!("no folder for data: what is learnt of the guitar is forgotten");
        return Box::new(|_| ());
    };
    let (mut print, mut wear) = (shelf.print(MY_GUITAR), shelf.wear(MY_GUITAR));
    Box::new(move |note: &Portrait| {
        let aged = wear.learn(crate::now().day.0, note);
        let known = print.learn(note);
        let kept = if known { shelf.keep(MY_GUITAR, &print) } else { Ok(()) };
        let kept =
            kept.and_then(|()| if aged { shelf.keep_wear(MY_GUITAR, &wear) } else { Ok(()) });
        if let Err(error) = kept {
            tracing::warn!(%error, "what was learnt of the guitar cannot be kept");
        }
    })
}

fn microphone(device: Option<String>) -> (Box<dyn AudioSource>, Arc<dyn Clock>) {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::start());
    (Box::new(Microphone::new(device, Arc::clone(&clock))), clock)
}
