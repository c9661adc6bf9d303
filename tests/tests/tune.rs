//! `prita tune` from outside: guitars of our own with known pitch, and input that is none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use engines::wave::wave;
use prita_tests::built_program;
use prita_tests::command::{in_hebrew, lines, of_type, prita, text};
use serde_json::Value;
use synth::{Dice, How, Instrument, Pluck, Room, StiffGuitar};

const RATE: u32 = 22_050;
const OPEN: [f32; 6] = [40.0, 45.0, 50.0, 55.0, 59.0, 64.0];
/// A pluck of this guitar begins at most so many cents sharp.
const GLIDE: f64 = 7.0;

fn tune(args: &[&str]) -> Output {
    prita(&[&["tune"][..], args].concat())
}

/// (string index, MIDI number with cents as its fraction), one after another, damped in between.
fn played(notes: &[(usize, f32)]) -> Vec<f32> {
    let guitar = StiffGuitar::new(RATE, 21);
    let mut dice = Dice::new(3);
    let mut sound = vec![0.0; RATE as usize / 2];
    for (string, pitch) in notes {
        let (open, length) = (OPEN[*string], 2 * RATE as usize);
        let pluck = Pluck { string: *string, pitch: *pitch, open, how: How::Rings, gain: 1.0 };
        let mut note = guitar.pluck(&pluck, length, &mut dice);
        note.resize(length, 0.0);
        let fade = RATE as usize / 8;
        for (n, sample) in note[length - fade..].iter_mut().enumerate() {
            *sample *= 1.0 - n as f32 / fade as f32;
        }
        sound.extend(note);
    }
    Room::dry(RATE).hear(&sound, &mut Dice::new(1))
}

fn saved(folder: &Path, name: &str, sound: &[f32]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, wave(sound, RATE)).unwrap();
    path
}

#[test]
fn six_strings_are_recognised_summed_up_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let off = [-0.32, 0.0, 0.28, -0.25, 0.3, -0.4];
    let notes: Vec<(usize, f32)> =
        (0..6).map(|string| (string, OPEN[string] + off[string])).collect();
    let file = saved(folder.path(), "six.wav", &played(&notes));
    let print = folder.path().join("guitar.json");
    let file = file.to_str().unwrap();
    let output = tune(&["--json", file, "--print", print.to_str().unwrap()]);
    let lines = lines(&output);
    assert!(lines.iter().all(|line| line["v"] == 1 && line["type"].is_string()));
    let readings = of_type(&lines, "pitch");
    assert!(readings.len() > 60, "{}", readings.len());
    for reading in &readings {
        for key in ["at", "hz", "string", "cents", "confidence"] {
            assert!(reading[key].is_number(), "{reading}");
        }
    }
    let tuned = of_type(&lines, "tuned");
    assert_eq!(tuned.len(), 6, "{tuned:?}");
    for (index, line) in tuned.iter().enumerate() {
        assert_eq!(line["string"], 6 - index);
        let miss = line["cents"].as_f64().unwrap() - f64::from(100.0 * off[index]);
        assert!((-1.0..GLIDE).contains(&miss), "{miss}: {line}");
        match off[index] {
            off if off < -0.2 => assert_eq!(line["hint"], "tighten"),
            off if off > 0.2 => assert_eq!(line["hint"], "loosen"),
            _ => assert!(line["hint"].is_string()),
        }
    }
    let learnt: Value = serde_json::from_slice(&fs::read(&print).unwrap()).unwrap();
    assert_eq!(learnt["v"], 1);
    let strings = learnt["strings"].as_array().unwrap();
    assert!(strings.iter().all(|string| string["levels"].as_array().unwrap().len() == 10));
}

#[test]
fn people_read_hebrew() {
    let folder = tempfile::tempdir().unwrap();
    let sound = played(&[(1, 44.6), (3, 55.4)]);
    let file = saved(folder.path(), "two.wav", &sound);
    let output = tune(&[file.to_str().unwrap()]);
    let said = text(&output.stdout);
    assert!(said.contains("מיתר חמש") && said.contains("להדק"), "{said}");
    assert!(said.contains("מיתר שלוש") && said.contains("לשחרר"), "{said}");
    assert!(!said.contains("למעלה") && !said.contains("למטה"), "{said}");
}

#[test]
fn another_tuning_reference_and_aim_change_what_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let flat = 12.0 * (432f32 / 440.0).log2();
    let file = saved(folder.path(), "low.wav", &played(&[(0, 38.0 + flat)]));
    let file = file.to_str().unwrap();
    let drop = lines(&tune(&["--json", file, "--tuning", "drop-d", "--a4", "432"]));
    let tuned = of_type(&drop, "tuned");
    assert_eq!(tuned.len(), 1);
    assert_eq!(tuned[0]["string"], 6);
    assert!((-2.0..GLIDE).contains(&tuned[0]["cents"].as_f64().unwrap()), "{}", tuned[0]);
    let aimed =
        lines(&tune(&["--json", file, "--tuning", "drop-d", "--a4", "432", "--string", "5"]));
    let aimed = of_type(&aimed, "pitch");
    assert!(!aimed.is_empty());
    for reading in aimed {
        assert_eq!(reading["string"], 5);
        assert_eq!(reading["hint"], "wrong_string");
        assert_eq!(reading["meant"], 6);
    }
}

#[test]
fn an_octave_off_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for (name, index, pitch, string, hint) in
        [("high.wav", 0, 52.0, "6", "octave_high"), ("low.wav", 5, 52.0, "1", "octave_low")]
    {
        let file = saved(folder.path(), name, &played(&[(index, pitch)]));
        let lines = lines(&tune(&["--json", file.to_str().unwrap(), "--string", string]));
        let readings = of_type(&lines, "pitch");
        assert!(!readings.is_empty(), "{name}");
        assert!(readings.iter().all(|reading| reading["hint"] == hint), "{name} {readings:?}");
    }
}

#[test]
fn a_twelfth_fret_is_compared_with_its_open_string() {
    let folder = tempfile::tempdir().unwrap();
    let file = saved(folder.path(), "twelfth.wav", &played(&[(1, 45.0), (1, 57.25)]));
    let file = file.to_str().unwrap();
    let found = lines(&tune(&["--json", file, "--intonation"]));
    let found = of_type(&found, "intonation");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["string"], 5);
    assert_eq!(found[0]["verdict"], "sharp");
    assert!((25.0 - GLIDE..25.0 + GLIDE).contains(&found[0]["cents"].as_f64().unwrap()));
    assert!(of_type(&lines(&tune(&["--json", file])), "intonation").is_empty());
    assert!(text(&tune(&[file, "--intonation"]).stdout).contains("סריג שתים עשרה"));
}

#[test]
fn a_twelfth_fret_is_no_string_to_tighten_or_loosen() {
    let folder = tempfile::tempdir().unwrap();
    // Three open strings, each with its twelfth fret after it: string 4 is 20 cents flat, the
    // fret of string 6 is 15 cents sharp.
    let notes = [(0, 40.0), (0, 52.15), (1, 45.0), (1, 57.0), (2, 49.8), (2, 61.8)];
    let file = saved(folder.path(), "three.wav", &played(&notes));
    let file = file.to_str().unwrap();
    for aim in [&[][..], &["--string", "6"]] {
        let heard = lines(&tune(&[&["--json", file, "--intonation"], aim].concat()));
        let pitches = of_type(&heard, "pitch");
        let fretted: Vec<_> = pitches.iter().filter(|line| line["fret"] == 12).collect();
        assert!(fretted.len() > 30, "{} of {}", fretted.len(), pitches.len());
        for line in fretted {
            assert!(line["hint"].is_null(), "{line}");
            assert!(line["cents"].as_f64().unwrap().abs() < 40.0 || !aim.is_empty(), "{line}");
        }
        assert_eq!(of_type(&heard, "intonation").len(), 3, "{aim:?}");
    }
    let heard = lines(&tune(&["--json", file, "--intonation"]));
    let tuned: Vec<(u64, &str)> = of_type(&heard, "tuned")
        .into_iter()
        .map(|line| (line["string"].as_u64().unwrap(), line["hint"].as_str().unwrap()))
        .collect();
    assert_eq!(tuned.len(), 3, "{tuned:?}");
    assert_eq!(tuned[2], (4, "tighten"));
    let said = text(&tune(&[file, "--intonation"]).stdout);
    assert!(!said.contains("מיתר שתיים") && !said.contains("מיתר שלוש"), "{said}");
}

#[test]
fn silence_and_noise_give_no_pitch_and_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice::new(9);
    let silence = saved(folder.path(), "silence.wav", &vec![0.0; 3 * RATE as usize]);
    let hiss: Vec<f32> = (0..3 * RATE as usize).map(|_| 0.2 * dice.signed()).collect();
    let hiss = saved(folder.path(), "hiss.wav", &hiss);
    for (file, says, sensed) in [(silence, "לא נשמע כלום", 1), (hiss, "לא נשמע מיתר", 0)]
    {
        let file = file.to_str().unwrap();
        let lines = lines(&tune(&["--json", file]));
        assert!(of_type(&lines, "pitch").is_empty(), "{file}");
        assert_eq!(of_type(&lines, "sensing").len(), sensed, "{file}");
        let said = text(&tune(&[file]).stdout);
        assert!(said.contains(says), "{said}");
    }
}

#[test]
fn wrong_use_is_two_and_bad_files_are_three() {
    let folder = tempfile::tempdir().unwrap();
    let file = saved(folder.path(), "a.wav", &played(&[(1, 45.0)]));
    let file = file.to_str().unwrap();
    for args in [
        vec![file, "--a4", "600"],
        vec![file, "--a4", "-440"],
        vec![file, "--a4", "NaN"],
        vec![file, "--a4", "high"],
        vec![file, "--tuning", "banjo"],
        vec![file, "--tuning", "E2 A2 D3"],
        vec![file, "--string", "9"],
        vec![file, "--mic"],
        vec![],
    ] {
        let output = tune(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
    let whole = fs::read(file).unwrap();
    for (name, bytes) in [
        ("empty.wav", &whole[..0]),
        ("header.wav", &whole[..44]),
        ("cut.wav", &whole[..whole.len() / 2]),
        ("noise.flac", &whole[44..9000]),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let output = tune(&[path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(3), "{name}");
        assert!(in_hebrew(&output.stderr), "{}", text(&output.stderr));
    }
    let nowhere = folder.path().join("no/such/folder/guitar.json");
    let output = tune(&[file, "--print", nowhere.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
    assert!(in_hebrew(&output.stderr));
}

/// A machine whose only microphone is silent.
#[cfg(target_os = "linux")]
fn silent_machine(folder: &Path, args: &[&str]) -> Command {
    let sound = folder.join("asound.conf");
    let silent = "pcm.!default { type null hint { show on description \"Silent\" } }\n";
    fs::write(&sound, format!("</usr/share/alsa/alsa.conf>\n{silent}")).unwrap();
    let mut command = Command::new(built_program("prita").unwrap());
    command.args(args).env("ALSA_CONFIG_PATH", sound).env("HOME", folder);
    command.env_remove("XDG_DATA_HOME").env("PRITA_LOG", "info");
    command
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_ends_listening_in_order() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    use rustix::process::{Pid, Signal, kill_process};

    let folder = tempfile::tempdir().unwrap();
    let (print, takes) = (folder.path().join("guitar.json"), folder.path().join("takes"));
    let tune = ["--json", "tune", "--mic", "--print", print.to_str().unwrap()];
    let practice =
        ["practice", "--mic", "--chord", "Em", "--no-witness", "--keep", takes.to_str().unwrap()];
    for (args, says) in [(&tune[..], "silence"), (&practice[..], "נשמרו 0 נגינות")] {
        let mut command = silent_machine(folder.path(), args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("microphone open") {
            assert!(log.read_line(&mut said).unwrap() > 0, "{args:?}: {said}");
        }
        let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
        kill_process(pid, Signal::INT).unwrap();
        let drained = std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        let output = child.wait_with_output().unwrap();
        drained.join().unwrap().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert!(text(&output.stdout).contains(says), "{args:?}: {}", text(&output.stdout));
    }
    let learnt: Value = serde_json::from_slice(&fs::read(&print).unwrap()).unwrap();
    assert_eq!(learnt["v"], 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_microphone_that_does_not_open_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let device = ["--mic", "--device", "alsa:nothing-of-that-name"];
    let practice = ["practice", "--chord", "Em", "--no-witness"];
    for command in [&["tune"][..], &practice] {
        let args = [command, &device].concat();
        let output = silent_machine(folder.path(), &args).output().unwrap();
        assert_eq!(output.status.code(), Some(4), "{args:?}: {}", text(&output.stderr));
        let said = text(&output.stderr);
        assert!(said.contains("alsa:nothing-of-that-name` is missing"), "{args:?}: {said}");
        // A machine without any cannot offer another one.
        let told = ["אין כאן מיקרופון בשם הזה", "אין מיקרופון מחובר"];
        assert!(told.iter().any(|words| said.contains(words)), "{args:?}: {said}");
    }
}

#[test]
#[ignore = "needs PRITA_ASSETS"]
fn rendered_plucks_are_read_to_a_cent_down_to_twenty_decibels() {
    let assets = std::env::var("PRITA_ASSETS").expect("PRITA_ASSETS names the folder of assets");
    let folder = Path::new(&assets).join("audio");
    let index = fs::read_to_string(folder.join("index.csv")).unwrap();
    for (snr, most) in [("snr60", 1.0), ("snr20", 1.0), ("snr10", 1.5)] {
        let mut errors: Vec<f64> = Vec::new();
        let mut clips = 0;
        for row in index.lines().filter(|row| row.contains(",tuner,") && row.contains(snr)) {
            let fields: Vec<&str> = row.split(',').collect();
            let truth: f64 = fields[2].parse().unwrap();
            let lines = lines(&tune(&["--json", folder.join(fields[0]).to_str().unwrap()]));
            let readings = of_type(&lines, "pitch");
            assert!(!readings.is_empty(), "{}", fields[0]);
            for reading in readings {
                assert_eq!(reading["string"].to_string(), fields[0]["synth-tuner/s".len()..][..1]);
                let hz = reading["hz"].as_f64().unwrap();
                errors.push((1200.0 * (hz / truth).log2()).abs());
            }
            clips += 1;
        }
        assert_eq!(clips, 54);
        errors.sort_by(f64::total_cmp);
        let p95 = errors[errors.len() * 95 / 100];
        println!("{snr}: p95 {p95:.3} cents over {} readings of {clips} clips", errors.len());
        assert!(p95 <= most, "{snr}: {p95}");
    }
}
