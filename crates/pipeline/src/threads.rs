//! Threads that end together: of a lesson, of tuning, of a check.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle};

use crate::speech::SpeechQueue;

/// Stopped and joined when dropped; also when a later thread could not be started.
#[derive(Default)]
pub(crate) struct Threads {
    pub(crate) stop: Arc<AtomicBool>,
    pub(crate) speech: Arc<SpeechQueue>,
    running: Vec<JoinHandle<()>>,
}

impl Threads {
    pub(crate) fn spawn(
        &mut self,
        name: &str,
        body: impl FnOnce() + Send + 'static,
    ) -> std::io::Result<()> {
        self.running.push(Builder::new().name(name.to_owned()).spawn(body)?);
        Ok(())
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.speech.close();
        for thread in self.running.drain(..) {
            let _ = thread.join();
        }
    }
}
