//! `prita hear`: targets, verdicts, hard input.

use std::fs;

use prita_tests::command::{demo, lines, of_type, prita};
use serde_json::Value;

use crate::sound::{RATE, demo_samples, noise, wav};

fn state_of(strum: &Value, number: u8) -> &Value {
    let strings = strum["strings"].as_array().unwrap();
    &strings.iter().find(|string| string["string"] == number).unwrap()["state"]
}

#[test]
fn a_target_is_what_the_tuning_gives() {
    let demo = demo();
    let hear = |args: &[&str]| prita(&[&["--json", "hear", &demo], args].concat());
    let asked = |args: &[&str]| -> Vec<bool> {
        let heard = lines(&hear(args));
        let strum = of_type(&heard, "strum")[0];
        let strings = strum["strings"].as_array().unwrap();
        strings.iter().map(|string| string["asked"].as_bool().unwrap()).collect()
    };
    // The shape of D keeps its name in drop D, with a capo as well; Em has none there.
    for capo in ["0", "2"] {
        let drop_d = ["--tuning", "drop-d", "--capo", capo, "--target"];
        let strings = asked(&[&drop_d[..], &["D"]].concat());
        assert_eq!(strings, [false, false, true, true, true, true], "capo {capo}");
        let none = hear(&[&drop_d[..], &["Em"]].concat());
        assert_eq!(none.status.code(), Some(2), "capo {capo}");
        assert!(String::from_utf8_lossy(&none.stderr).contains("אין כאן צורה מוכרת"));
        assert_eq!(asked(&[&drop_d[..], &["222000"]].concat()), [true; 6], "capo {capo}");
    }
}

#[test]
fn people_read_the_verdict_and_what_stands_in_the_way_in_hebrew() {
    let output = prita(&["hear", &demo(), "--target", "Em"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(text.matches("יש מה לתקן").count(), 3, "{text}");
    let unasked = prita(&["hear", &demo()]);
    assert!(!String::from_utf8_lossy(&unasked.stdout).contains("יש מה לתקן"));

    let folder = tempfile::tempdir().unwrap();
    let silence = folder.path().join("silence.wav");
    fs::write(&silence, wav(&vec![0.0; RATE as usize * 8], RATE, 1)).unwrap();
    let output = prita(&["hear", silence.to_str().unwrap()]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("לא נשמע כלום"), "{text}");
    assert!(!text.chars().any(|c| c.is_ascii_alphabetic()), "{text}");
}

/// A string that is plucked by itself, for a second.
fn pluck(hz: f32) -> Vec<f32> {
    let of = |n: usize| {
        let t = n as f32 / RATE as f32;
        let partial =
            |k: f32| (std::f32::consts::TAU * hz * k * t).sin() * (-t * (1.0 + 0.5 * k)).exp() / k;
        0.3 * (1..9).map(|k| partial(k as f32)).sum::<f32>()
    };
    (0..RATE as usize).map(of).collect()
}

#[test]
fn notes_that_are_played_by_themselves_are_told_and_so_is_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plucks.wav");
    let mut samples = vec![0.0; RATE as usize / 2];
    [82.41, 146.83, 329.63].into_iter().for_each(|hz| samples.extend(pluck(hz)));
    fs::write(&path, wav(&samples, RATE, 1)).unwrap();
    let output = prita(&["--json", "hear", path.to_str().unwrap()]);
    let heard = lines(&output);
    let pitches: Vec<&Value> = of_type(&heard, "note").iter().map(|note| &note["midi"]).collect();
    assert_eq!(pitches, [40, 50, 64], "{heard:?}");
    let output = prita(&["hear", path.to_str().unwrap()]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("צליל אחד  \u{2066}D3\u{2069}"), "{text}");

    // Too short to tell a room from noise.
    fs::write(&path, wav(&[0.0; 10], RATE, 1)).unwrap();
    let output = prita(&["hear", path.to_str().unwrap()]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("לא נשמע כלום"), "{text}");
    let tuned = prita(&["tune", path.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&tuned.stdout).contains("לא נשמע כלום"));
}

#[test]
fn what_no_peg_brings_there_is_tuned_no_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("far.wav");
    let samples = [vec![0.0; RATE as usize / 2], pluck(329.63 * 2.245), pluck(329.63 * 2.245)];
    fs::write(&path, wav(&samples.concat(), RATE, 1)).unwrap();
    let heard = lines(&prita(&["--json", "tune", path.to_str().unwrap()]));
    let pitches = of_type(&heard, "pitch");
    assert!(!pitches.is_empty() && pitches.iter().all(|pitch| pitch["hint"].is_null()));
    let output = prita(&["tune", path.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("רחוק מכל מיתר"));
}

#[test]
fn hard_input_is_judged_or_named_but_never_praised() {
    let folder = tempfile::tempdir().unwrap();
    let strums = demo_samples();
    let clipped: Vec<f32> = strums.iter().map(|s| (s * 40.0).clamp(-1.0, 1.0)).collect();
    let hiss: Vec<f32> = noise(RATE as usize * 4).iter().map(|s| s * 0.3).collect();
    let silence = vec![0.0; RATE as usize * 4];
    for (name, samples, expected) in [
        ("silence.wav", &silence, Some("silence")),
        ("hiss.wav", &hiss, None),
        ("clipped.wav", &clipped, Some("clipping")),
    ] {
        let rate = if name == "clipped.wav" { 44_100 } else { RATE };
        let path = folder.path().join(name);
        fs::write(&path, wav(samples, rate, 1)).unwrap();
        let output = prita(&["--json", "hear", path.to_str().unwrap(), "--target", "Em"]);
        assert_eq!(output.status.code(), Some(0), "{name}");
        let lines = lines(&output);
        assert!(of_type(&lines, "strum").iter().all(|s| s["verdict"] != "right"), "{name}");
        if let Some(problem) = expected {
            let named = of_type(&lines, "sensing").iter().any(|line| line["problem"] == problem);
            assert!(named, "{name}: {problem} is named");
        }
    }
}

#[test]
fn eight_kilohertz_and_stereo_are_heard() {
    let folder = tempfile::tempdir().unwrap();
    let strums = demo_samples();
    let stereo: Vec<f32> = strums.iter().flat_map(|s| [*s, *s]).collect();
    let low: Vec<f32> = strums.chunks(5).map(|c| c.iter().sum::<f32>() / c.len() as f32).collect();
    for (name, file) in [("stereo", wav(&stereo, 44_100, 2)), ("low", wav(&low, 8_820, 1))] {
        let path = folder.path().join(format!("{name}.wav"));
        fs::write(&path, file).unwrap();
        let output = prita(&["--json", "hear", path.to_str().unwrap(), "--target", "Em"]);
        assert_eq!(output.status.code(), Some(0), "{name}");
        let lines = lines(&output);
        let strums = of_type(&lines, "strum");
        assert!(strums.iter().all(|strum| strum["verdict"] != "right"), "{name}");
        if name == "low" {
            assert!(!strums.is_empty() || !of_type(&lines, "sensing").is_empty());
        } else {
            assert_eq!(strums.len(), 3);
            assert!(strums.iter().all(|strum| state_of(strum, 3) == "dead"), "{strums:?}");
        }
    }
}
