use serde::Serialize;

use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct DeviceLine {
    kind: &'static str,
    id: String,
    name: String,
    default: bool,
}

pub(crate) fn run(output: &mut Output) -> Result<(), Failure> {
    let microphones = host::input_devices().into_iter().map(|device| DeviceLine {
        kind: "microphone",
        id: device.id,
        name: device.name,
        default: device.is_default,
    });
    let voices = host::voices().into_iter().enumerate().map(|(index, id)| DeviceLine {
        kind: "voice",
        name: id.clone(),
        id,
        default: index == 0,
    });
    for device in microphones.chain(voices) {
        output.line("device", &device, || {
            let mark = if device.default { '*' } else { ' ' };
            format!("{mark} {:<10} {}  ({})", device.kind, device.name, device.id)
        })?;
    }
    Ok(())
}
