//! `prita tune`: a recording to its end, or the microphone until what is asked for is in tune.

mod lines;
mod sheet;

use std::fs;
use std::path::Path;
use std::time::Duration;

use audio::{GuitarPrint, Tuner, TunerConfig};
use host::{GuitarTuning, Recording};
use pipeline::ports::{AudioSource, Capture, PortError};
use theory::StringNumber;
use tutor::{Address, ErrorCode, trouble_words};

use self::sheet::Sheet;
use crate::args::Tune;
use crate::failure::{Failure, remark};
use crate::interrupt::Interrupt;
use crate::output::Output;

/// How long one read of the microphone waits.
const WAIT: Duration = Duration::from_millis(100);

pub(crate) fn run(args: &Tune, output: &mut Output) -> Result<(), Failure> {
    let GuitarTuning { tuning, a4 } = guitar(args, output)?;
    let aim = args.string;
    let mut tuner = Tuner::new(TunerConfig { tuning, a4 });
    tuner.aim(aim);
    let wanted = aim.as_ref().map_or(&StringNumber::THICK_TO_THIN[..], std::slice::from_ref);
    let mut sheet = Sheet::new(wanted, args.intonation);
    match &args.file {
        Some(path) => recording(path, &mut tuner, &mut sheet, output)?,
        None => {
            if host::input_devices().is_empty() {
                return Err(Failure::no_microphone());
            }
            let interrupt = Interrupt::watch()?;
            let mut microphone = host::microphone(args.device.clone());
            // A twelfth fret follows its open string: only the student knows the last one.
            let done = |sheet: &Sheet| interrupt.pressed() || !args.intonation && sheet.is_tuned();
            let device = args.device.as_deref();
            follow(microphone.as_mut(), device, &mut tuner, (&mut sheet, &done), output)?;
        }
    }
    sheet.close(&mut tuner, output)?;
    sheet.summary(output)?;
    args.print.as_deref().map_or(Ok(()), |path| write_print(path, sheet.print()))
}

fn write_print(path: &Path, print: &GuitarPrint) -> Result<(), Failure> {
    let json = serde_json::to_string_pretty(print).map_err(Failure::internal)?;
    fs::write(path, json + "\n").map_err(|error| Failure::unwritable(path, &error))
}

/// What the guitar is tuned to. The microphone hears the student's own: what is named is kept for
/// the lessons, what is not is as it was kept.
fn guitar(args: &Tune, output: &mut Output) -> Result<GuitarTuning, Failure> {
    if args.file.is_some() {
        return args.tuned.of_a_recording();
    }
    let (guitar, trouble) = args.tuned.own()?;
    let words = trouble.and_then(|it| trouble_words(&it, Address::Neutral, Duration::ZERO));
    words.map_or(Ok(()), |words| output.text(&words.display()))?;
    if args.tuned.is_named()
        && let Err(error) = host::keep_own_tuning(&guitar)
    {
        remark(ErrorCode::FileUnwritable, error);
    }
    Ok(guitar)
}

fn recording(
    path: &Path,
    tuner: &mut Tuner,
    sheet: &mut Sheet,
    output: &mut Output,
) -> Result<(), Failure> {
    let failed = |error: PortError| Failure::file(path, &error);
    let mut recording = Recording::open(path).map_err(failed)?;
    loop {
        match recording.read(Duration::ZERO).map_err(failed)? {
            Capture::Chunk(chunk) => sheet.hear(tuner, &chunk, output)?,
            Capture::Idle => {}
            Capture::Ended => return Ok(()),
        }
    }
}

/// Listens to a microphone until it is `done`.
fn follow(
    microphone: &mut dyn AudioSource,
    device: Option<&str>,
    tuner: &mut Tuner,
    (sheet, done): (&mut Sheet, &dyn Fn(&Sheet) -> bool),
    output: &mut Output,
) -> Result<(), Failure> {
    let mut opened = false;
    while !done(sheet) {
        match microphone.read(WAIT) {
            Ok(Capture::Chunk(chunk)) => {
                opened = true;
                sheet.hear(tuner, &chunk, output)?;
            }
            Ok(Capture::Idle) => {}
            Ok(Capture::Ended) => break,
            // One that is taken away comes back by itself; one that never came does not.
            Err(error) if !opened => return Err(Failure::silent_microphone(&error, device)),
            Err(_) => std::thread::sleep(WAIT),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

    use std::collections::VecDeque;

    use audio::AudioChunk;
    use synth::{Dice, How, Instrument, Pluck, Room, StiffGuitar};

    use super::*;

    const RATE: u32 = 22_050;
    const OPEN: [f32; 6] = [40.0, 45.0, 50.0, 55.0, 59.0, 64.0];

    /// A microphone before which these strings are plucked one after another, two seconds each; at
    /// the end it is switched off.
    struct Plucked(VecDeque<AudioChunk>);

    impl Plucked {
        fn of(notes: &[(usize, f32)]) -> Self {
            let guitar = StiffGuitar::new(RATE, 21);
            let mut dice = Dice::new(3);
            let mut sound = vec![0.0; RATE as usize / 2];
            for (string, cents) in notes {
                let open = OPEN[*string];
                let pitch = open + cents / 100.0;
                let pluck = Pluck { string: *string, pitch, open, how: How::Rings, gain: 1.0 };
                let mut note = guitar.pluck(&pluck, 2 * RATE as usize, &mut dice);
                note.resize(2 * RATE as usize, 0.0);
                sound.extend(note);
            }
            let sound = Room::dry(RATE).hear(&sound, &mut Dice::new(1));
            let chunk = |(turn, samples): (usize, &[f32])| AudioChunk {
                at: Duration::from_secs_f64(turn as f64 * 441.0 / f64::from(RATE)),
                rate: RATE,
                samples: samples.to_vec(),
            };
            Self(sound.chunks(441).enumerate().map(chunk).collect())
        }
    }

    impl AudioSource for Plucked {
        fn read(&mut self, _: Duration) -> Result<Capture, PortError> {
            Ok(self.0.pop_front().map_or(Capture::Ended, Capture::Chunk))
        }
    }

    fn string(number: u8) -> StringNumber {
        StringNumber::new(number).unwrap()
    }

    /// What stands on the sheet, and how many seconds were not listened to any more.
    fn tuned(notes: &[(usize, f32)], aim: Option<StringNumber>) -> (Sheet, f64) {
        let wanted = aim.as_ref().map_or(&StringNumber::THICK_TO_THIN[..], std::slice::from_ref);
        let mut microphone = Plucked::of(notes);
        let mut tuner = Tuner::new(TunerConfig::default());
        tuner.aim(aim);
        let (mut sheet, mut output) = (Sheet::new(wanted, false), Output::new(true));
        follow(&mut microphone, None, &mut tuner, (&mut sheet, &Sheet::is_tuned), &mut output)
            .unwrap();
        sheet.close(&mut tuner, &mut output).unwrap();
        (sheet, microphone.0.len() as f64 * 441.0 / f64::from(RATE))
    }

    #[test]
    fn the_aimed_string_in_tune_is_the_end_and_is_remembered() {
        let (sheet, left) = tuned(&[(1, -30.0), (1, -3.0), (2, 0.0)], Some(string(5)));
        assert!((2.0..4.0).contains(&left), "the second note was in tune: {left} s left");
        assert_eq!(sheet.print().string(string(5)).map(|known| known.notes), Some(2));
    }

    #[test]
    fn six_strings_are_wanted_where_none_is_aimed_at() {
        let all: Vec<(usize, f32)> = (0..6).map(|string| (string, -3.0)).collect();
        let (sheet, left) = tuned(&[&all[..], &[(0, 0.0)]].concat(), None);
        assert!((2.0..4.0).contains(&left), "the sixth note was the last: {left} s left");
        for string in StringNumber::THICK_TO_THIN {
            assert!(sheet.print().string(string).is_some(), "{string:?}");
        }
        let (sheet, left) = tuned(&all[..5], None);
        assert!(left == 0.0 && !sheet.is_tuned());
        assert!(sheet.print().string(string(2)).is_some(), "the last note is remembered, too");
    }

    #[test]
    fn a_microphone_that_does_not_open_says_which() {
        struct Absent;
        impl AudioSource for Absent {
            fn read(&mut self, _: Duration) -> Result<Capture, PortError> {
                Err(PortError::Missing { what: "microphone `usb:7`".to_owned() })
            }
        }
        let mut tuner = Tuner::new(TunerConfig::default());
        let (mut sheet, mut output) = (Sheet::new(&[], false), Output::new(true));
        let never = |_: &Sheet| false;
        match follow(&mut Absent, Some("usb:7"), &mut tuner, (&mut sheet, &never), &mut output) {
            Err(Failure::Unavailable { detail, .. }) => assert!(detail.contains("usb:7")),
            other => panic!("{other:?}"),
        }
    }
}
