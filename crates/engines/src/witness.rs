//! basic-pitch through ONNX Runtime as a [`PitchWitness`]. It reports probabilities; what they
//! mean for a string is weighed in `audio`.

use std::path::Path;

use audio::{Posteriorgram, WitnessWindow};
use ort::session::Session;
use ort::value::TensorRef;
use pipeline::ports::{PitchWitness, PortError};

use crate::onnx;

/// Its name for messages.
const FILE: &str = "nmp.onnx";
/// Output names of `nmp.onnx` (basic-pitch 0.4.0).
const CONTOUR: &str = "StatefulPartitionedCall:0";
const NOTE: &str = "StatefulPartitionedCall:1";
const ONSET: &str = "StatefulPartitionedCall:2";
const NOTES: usize = 88;
const CONTOURS: usize = 264;

/// The net `nmp.onnx`, ready to look.
#[derive(Debug)]
pub struct BasicPitch {
    session: Session,
    input: String,
    what: String,
}

impl BasicPitch {
    /// Loads the net from the checked bytes of its file with the ONNX Runtime library `runtime`,
    /// and looks whether it is the net meant.
    ///
    /// # Errors
    /// As [`onnx::session`]; [`PortError::Damaged`] when the net has other inputs or outputs.
    pub fn load(runtime: &Path, net: &[u8]) -> Result<Self, PortError> {
        let what = FILE.to_owned();
        let session = onnx::session(runtime, FILE, net)?;
        let other = || PortError::Damaged { what: what.clone(), why: "it is another net".into() };
        let input = session.inputs().first().map(|i| i.name().to_owned()).ok_or_else(other)?;
        let outputs: Vec<&str> = session.outputs().iter().map(|o| o.name()).collect();
        if ![CONTOUR, NOTE, ONSET].iter().all(|name| outputs.contains(name)) {
            return Err(other());
        }
        Ok(Self { session, input, what })
    }
}

impl PitchWitness for BasicPitch {
    fn look(&mut self, window: &WitnessWindow) -> Result<Posteriorgram, PortError> {
        let what = self.what.clone();
        let refused = |why: String| PortError::Refused { what: what.clone(), why };
        if window.samples.len() != WitnessWindow::SAMPLES {
            return Err(refused(format!("a window of {} samples", window.samples.len())));
        }
        let shape = [1usize, WitnessWindow::SAMPLES, 1];
        let tensor = TensorRef::from_array_view((shape, window.samples.as_slice()))
            .map_err(|error| refused(error.to_string()))?;
        let answer = self
            .session
            .run(ort::inputs![self.input.as_str() => tensor])
            .map_err(|error| refused(error.to_string()))?;
        let take = |name: &str, width: usize| -> Result<Vec<f32>, PortError> {
            let value = answer.get(name).ok_or_else(|| refused(format!("no output {name}")))?;
            let (_, data) =
                value.try_extract_tensor::<f32>().map_err(|error| refused(error.to_string()))?;
            if data.is_empty() || data.len() % width != 0 {
                return Err(refused(format!("output {name} has {} values", data.len())));
            }
            Ok(data.to_vec())
        };
        let (note, onset, contour) =
            (take(NOTE, NOTES)?, take(ONSET, NOTES)?, take(CONTOUR, CONTOURS)?);
        Ok(Posteriorgram { frames: note.len() / NOTES, note, onset, contour })
    }
}
