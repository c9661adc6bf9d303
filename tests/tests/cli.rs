//! The command line from outside: exit codes, one clear sentence, nothing but JSON lines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use prita_tests::{built_program, tiny_models};
use serde_json::Value;

const RATE: u32 = 22_050;

fn prita(args: &[&str]) -> Output {
    let mut command = Command::new(built_program("prita").unwrap());
    command.args(args).env("PRITA_MODELS", models()).output().unwrap()
}

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/cache")
}

fn demo() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("demo/em-third-string-dead.wav")
        .to_string_lossy()
        .into_owned()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn of_type<'a>(lines: &'a [Value], kind: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["type"] == kind).collect()
}

fn state_of(strum: &Value, number: u8) -> &Value {
    let strings = strum["strings"].as_array().unwrap();
    &strings.iter().find(|string| string["string"] == number).unwrap()["state"]
}

fn says_in_hebrew(output: &Output) -> bool {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    said.chars().any(|c| ('א'..='ת').contains(&c)) && !said.contains("panicked")
}

/// 16 bit PCM, `channels` interleaved.
fn wav(samples: &[f32], rate: u32, channels: u16) -> Vec<u8> {
    let data: Vec<u8> =
        samples.iter().flat_map(|s| ((s * 32_767.0) as i16).to_le_bytes()).collect();
    let mut file = b"RIFF".to_vec();
    file.extend((36 + data.len() as u32).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16u32.to_le_bytes());
    file.extend(1u16.to_le_bytes());
    file.extend(channels.to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend((rate * 2 * u32::from(channels)).to_le_bytes());
    file.extend((2 * channels).to_le_bytes());
    file.extend(16u16.to_le_bytes());
    file.extend(b"data");
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(data);
    file
}

/// Reproducible white noise, −1…1.
fn noise(samples: usize) -> Vec<f32> {
    let mut state = 0x2545_f491_u32;
    (0..samples)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as f32 / u32::MAX as f32 * 2.0 - 1.0
        })
        .collect()
}

fn demo_samples() -> Vec<f32> {
    let bytes = fs::read(demo()).unwrap();
    bytes[44..]
        .chunks_exact(2)
        .map(|b| f32::from(i16::from_le_bytes([b[0], b[1]])) / 32_768.0)
        .collect()
}

#[test]
fn the_demo_lesson_names_the_dead_string() {
    let output = prita(&["--json", "practice", "--audio", &demo(), "--chord", "מי מינור"]);
    assert_eq!(output.status.code(), Some(0));
    let lines = lines(&output);
    assert!(lines.iter().all(|line| line["v"] == 1 && line["type"].is_string()));
    let strums = of_type(&lines, "strum");
    assert_eq!(strums.len(), 3);
    for strum in strums {
        assert_eq!(strum["verdict"], "fault");
        for string in strum["strings"].as_array().unwrap() {
            let dead = string["string"] == 3;
            assert_eq!(string["state"], if dead { "dead" } else { "rings" });
        }
    }
    let feedback = of_type(&lines, "feedback");
    assert!(feedback[0]["display"].as_str().unwrap().contains("המיתר השלישי"));
    for said in feedback {
        let speech = said["speech"].as_str().unwrap();
        assert!(!speech.chars().any(|c| c.is_ascii_alphanumeric()), "{speech}");
    }
}

#[test]
fn bad_files_are_exit_code_three_with_a_hebrew_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(demo()).unwrap();
    let cases: [(&str, &[u8]); 5] = [
        ("empty.wav", &[]),
        ("cut.wav", &whole[..whole.len() / 2]),
        ("header-only.wav", &whole[..44]),
        ("text.mp3", b"this is not a recording"),
        ("noise.flac", &whole[44..20_000]),
    ];
    for (name, bytes) in cases {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let path = path.to_str().unwrap();
        for args in [
            vec!["hear", path],
            vec!["notes", path],
            vec!["practice", "--audio", path, "--chord", "Em"],
        ] {
            let output = prita(&args);
            assert_eq!(output.status.code(), Some(3), "{args:?}");
            assert!(says_in_hebrew(&output), "{args:?}");
        }
    }
    let missing = prita(&["hear", "nowhere.wav"]);
    assert_eq!(missing.status.code(), Some(3));
    assert!(says_in_hebrew(&missing));
}

#[test]
fn wrong_use_is_exit_code_two() {
    for args in [
        vec!["hear", &demo(), "--target", "Qx"],
        vec!["hear", &demo(), "--tuning", "banjo"],
        vec!["practice", "--chord", "Em"],
        vec!["sing"],
    ] {
        assert_eq!(prita(&args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn an_option_of_another_measurement_is_refused_not_swallowed() {
    for (args, home) in [
        (vec!["bench", "--floors"], "bench ears"),
        (vec!["bench", "tutor", "--suite", "rendered"], "bench ears"),
        (vec!["bench", "--limit", "3"], "bench ears"),
        (vec!["bench", "--recordings", "."], "bench ears"),
        (vec!["bench", "--minutes", "3"], "bench soak"),
        (vec!["bench", "soak", "--floors"], "bench ears"),
        (vec!["bench", "ears", "--minutes", "3"], "bench soak"),
        (vec!["bench", "ears", "--audio", "x.wav"], "the stages"),
    ] {
        let output = prita(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(home) && said.contains("--"), "{args:?}: {said}");
    }
}

/// The program away from the checkout, so that no model is found.
fn without_models(folder: &Path, args: &[&str]) -> Output {
    let alone = folder.join("prita");
    fs::copy(built_program("prita").unwrap(), &alone).unwrap();
    let mut command = Command::new(alone);
    command.args(args).env("PRITA_MODELS", folder).env("HOME", folder);
    command.env_remove("XDG_DATA_HOME").output().unwrap()
}

#[test]
fn a_named_stage_without_its_engine_is_exit_code_four() {
    let folder = tempfile::tempdir().unwrap();
    let demo = demo();
    let named = without_models(folder.path(), &["bench", "witness", "--audio", &demo]);
    assert_eq!(named.status.code(), Some(4), "{}", String::from_utf8_lossy(&named.stderr));
    assert!(says_in_hebrew(&named) && named.stdout.is_empty());
    let other = without_models(folder.path(), &["--json", "bench", "decode", "--audio", &demo]);
    assert_eq!(other.status.code(), Some(0));
    assert_eq!(lines(&other).len(), 1);
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

#[test]
fn a_file_that_is_not_there_and_a_folder_that_cannot_be_are_called_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let below = file.join("takes");
    let (demo, below) = (demo(), below.to_str().unwrap());
    for (args, says) in [
        (vec!["hear", &demo, "--print", "nowhere.json"], "הקובץ לא נמצא"),
        (vec!["practice", "--audio", &demo, "--chord", "Em", "--keep", below], "אי אפשר לפתוח"),
        (
            vec!["practice", "--audio", &demo, "--chord", "Em", "--speak", "--keep", below],
            "אי אפשר לפתוח",
        ),
    ] {
        let output = prita(&args);
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(says), "{args:?}: {said}");
    }
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

#[test]
fn a_damaged_or_missing_witness_costs_a_sentence_not_the_lesson() {
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(models()).unwrap().flatten() {
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let net = folder.path().join("nmp.onnx");
    let mut bytes = fs::read(&net).unwrap();
    bytes[1_000] ^= 1;
    fs::write(&net, bytes).unwrap();
    // Away from the checkout, so that no other model folder is found.
    let without = tempfile::tempdir().unwrap();
    let alone = without.path().join("prita");
    fs::copy(built_program("prita").unwrap(), &alone).unwrap();
    for (program, models) in
        [(built_program("prita").unwrap(), folder.path()), (alone, without.path())]
    {
        let output = Command::new(program)
            .args(["--json", "practice", "--audio", &demo(), "--chord", "Em"])
            .env("PRITA_MODELS", models)
            .env("HOME", without.path())
            .env_remove("XDG_DATA_HOME")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0));
        let lines = lines(&output);
        assert_eq!(of_type(&lines, "strum").len(), 3);
        let tips: Vec<&str> =
            of_type(&lines, "feedback").iter().filter_map(|f| f["tip"].as_str()).collect();
        assert!(tips.contains(&"A05"), "{tips:?}: the silent witness is said");
        assert!(tips.contains(&"L05"), "{tips:?}: the lesson goes on");
    }
}

#[test]
fn an_event_is_diagnosed_in_its_shortest_form() {
    let folder = tempfile::tempdir().unwrap();
    let event = folder.path().join("event.json");
    let shortest = r#"{"v":1,"target":"E:min","strings":[{"string":3,"state":"dead","confidence":0.95}],"presses":[{"string":4,"fret":2,"finger":"middle","confidence":0.9}]}"#;
    fs::write(&event, shortest).unwrap();
    let output = prita(&["--json", "diagnose", event.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let lines = lines(&output);
    assert_eq!(lines[0]["type"], "feedback");
    assert_eq!(lines[0]["source"], "template");
    assert!(lines[0]["display"].as_str().unwrap().contains("השלישי"));
    for nonsense in ["", "{}", r#"{"v":9,"target":"E:min"}"#, r#"{"v":1,"target":"Q"}"#] {
        fs::write(&event, nonsense).unwrap();
        let output = prita(&["diagnose", event.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(3), "{nonsense}");
        assert!(says_in_hebrew(&output));
    }
}

#[test]
fn without_a_model_transcription_says_what_is_missing() {
    let output = prita(&["transcribe", &demo(), "--model", "nowhere.bin"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(says_in_hebrew(&output));
}

#[test]
fn a_clip_is_transcribed_and_one_that_is_too_long_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("tiny-whisper.bin");
    tiny_models::write_speech_model(&model).unwrap();
    let model = model.to_str().unwrap();
    let output = prita(&["--json", "transcribe", &demo(), "--model", model]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let heard = lines(&output);
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0]["type"], "utterance");
    assert!(heard[0]["text"].is_string() && heard[0]["until"].as_f64().unwrap() > 1.0);

    let long = folder.path().join("long.wav");
    fs::write(&long, wav(&noise(8_000 * 122), 8_000, 1)).unwrap();
    let output = prita(&["transcribe", long.to_str().unwrap(), "--model", model]);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("ארוכה מדי") && said.contains("120s"), "{said}");
}

#[test]
fn observations_are_replayed_and_a_broken_line_is_named() {
    let recording = Path::new(env!("CARGO_MANIFEST_DIR")).join("replay/same_fault_thrice.jsonl");
    let output = prita(&["--json", "replay", recording.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let actions = lines(&output);
    assert!(actions.iter().all(|line| line["type"] == "action" && line["action"].is_string()));
    assert!(actions.iter().any(|line| line["action"] == "say"), "{actions:?}");

    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.jsonl");
    let whole = fs::read_to_string(&recording).unwrap();
    let lesson = whole.lines().next().unwrap();
    fs::write(&broken, format!("{lesson}\n\n{{\"type\": \"strum\"}}\n")).unwrap();
    let output = prita(&["replay", broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
    assert!(says_in_hebrew(&output));
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 3"));
}

#[test]
fn a_lesson_on_another_tuning_is_replayed_to_the_words_it_gave() {
    let recording = Path::new(env!("CARGO_MANIFEST_DIR")).join("replay/other_tuning.jsonl");
    let output = prita(&["--json", "replay", recording.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let actions = lines(&output);
    let practised = prita(&[
        "--json",
        "practice",
        "--no-witness",
        "--audio",
        &demo(),
        "--chord",
        "Em",
        "--tuning",
        "dadgad",
    ]);
    let practised = lines(&practised);
    let told = of_type(&practised, "feedback")[0];
    assert_eq!((&actions[0]["at"], &actions[0]["action"]), (&0.0.into(), &"say".into()));
    assert_eq!(actions[0]["feedback"]["speech"], told["speech"]);

    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("wrong.jsonl");
    for setting in [r#""tuning":"banjo""#, r#""voicing":"0220""#] {
        let lesson = format!(r#"{{"type":"lesson","chord":"E:min",{setting}}}"#);
        fs::write(&wrong, lesson + "\n").unwrap();
        let output = prita(&["replay", wrong.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(3), "{setting}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("line 1"), "{setting}");
    }
}

#[test]
fn a_sentence_is_spoken_into_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("said.wav");
    let output = prita(&["--json", "say", "המיתר השלישי נחנק", "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let spoken = lines(&output);
    assert_eq!(spoken.len(), 1);
    assert_eq!(spoken[0]["type"], "spoken");
    assert!(spoken[0]["seconds"].as_f64().unwrap() > 0.5);
    let file = fs::read(&out).unwrap();
    assert_eq!((&file[..4], &file[8..12]), (&b"RIFF"[..], &b"WAVE"[..]));
    let loudest = file[44..].chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]]).abs()).max();
    assert!(loudest.unwrap() > 1_000, "{loudest:?}");
}

#[test]
fn devices_are_told_in_json_alone() {
    let output = prita(&["--json", "devices"]);
    assert_eq!(output.status.code(), Some(0));
    let found = lines(&output);
    assert!(found.iter().all(|line| line["type"] == "device" && line["id"].is_string()));
    assert!(found.iter().any(|line| line["kind"] == "voice"), "{found:?}");
}

#[test]
fn every_stage_has_its_cost() {
    let stages = ["decode", "resample", "listen", "witness", "path", "tutor"];
    let demo = demo();
    let output = prita(&[&["--json", "bench", "--audio", &demo], &stages[..]].concat());
    assert_eq!(output.status.code(), Some(0));
    let costs = lines(&output);
    assert_eq!(costs.iter().map(|line| &line["stage"]).collect::<Vec<_>>(), stages);
    assert!(costs.iter().all(|line| line["figure"].as_f64().unwrap() > 0.0), "{costs:?}");
}

#[test]
fn the_ears_are_measured_beside_references() {
    let output = prita(&["--json", "bench", "ears", "--suite", "rendered", "--limit", "1"]);
    assert_eq!(output.status.code(), Some(0));
    let lines = lines(&output);
    assert!(lines.iter().all(|line| line["type"] == "bench" && line["stage"] == "ears"));
    let right = lines
        .iter()
        .find(|line| line["row"] == "correct: right at once" && line["group"] == "all")
        .unwrap();
    assert_eq!((&right["n"], &right["unit"]), (&16.into(), &"percent".into()));
    for key in ["figure", "reference"] {
        assert!((0.0..=100.0).contains(&right[key].as_f64().unwrap()), "{right}");
    }
    let again = prita(&["--json", "bench", "ears", "--suite", "rendered", "--limit", "1"]);
    let untimed = |output: &Output| -> Vec<String> {
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        let timed = |line: &&str| line.contains("verdict, ") || line.contains("CPU");
        text.lines().filter(|line| !timed(line)).map(str::to_owned).collect()
    };
    assert_eq!(untimed(&output), untimed(&again));
    let unknown = prita(&["bench", "ears", "--suite", "guessed"]);
    assert_eq!(unknown.status.code(), Some(2));
    let missing =
        prita(&["bench", "ears", "--suite", "recorded", "--recordings", "/no/such/folder"]);
    assert_eq!(missing.status.code(), Some(3));
}

#[test]
fn hours_of_listening_leave_memory_where_it_was() {
    let output = prita(&["--json", "bench", "soak", "--minutes", "12"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = lines(&output);
    assert!(lines.iter().all(|line| line["type"] == "bench" && line["stage"] == "soak"));
    let row = |name: &str| lines.iter().find(|line| line["row"] == name).unwrap();
    let stands = lines.iter().rfind(|line| line["row"] == "memory").unwrap();
    assert_eq!((stands["at"].as_u64(), &stands["unit"]), (Some(720), &"MiB".into()));
    for event in ["onsets", "strums", "notes", "troubles", "actions"] {
        assert!(stands[event].as_u64().unwrap() > 10, "{event}: {stands}");
    }
    let grown = row("memory grown after minute 10");
    assert!(grown["figure"].as_f64().unwrap() <= 1.0 && grown["n"] == 2, "{grown}");
    assert!(row("onset told after, median")["n"].as_u64().unwrap() > 40);
    let refused = prita(&["bench", "soak", "--minutes", "0"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn where_there_is_no_microphone_nobody_waits_for_one() {
    let folder = tempfile::tempdir().unwrap();
    let no_sound = folder.path().join("asound.conf");
    fs::write(&no_sound, "").unwrap();
    let output = Command::new(built_program("prita").unwrap())
        .args(["practice", "--mic", "--chord", "Em", "--no-witness"])
        .env("HOME", folder.path())
        .env("ALSA_CONFIG_PATH", &no_sound)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stderr).contains("אין מיקרופון מחובר"));
}

#[test]
fn a_voicing_without_a_name_is_told_from_a_wrong_chord() {
    let output = prita(&["practice", "--audio", &demo(), "--chord", "0x1xx7"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("אין כאן צורה מוכרת"));
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_not_called_missing() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody can open a link to itself, not even root.
    let closed = folder.path().join("closed.wav");
    std::os::unix::fs::symlink(&closed, &closed).unwrap();
    let closed = closed.to_str().unwrap();
    let binary = folder.path().join("binary.json");
    fs::write(&binary, [0xff, 0xfe, 0x00]).unwrap();
    let here = folder.path().to_str().unwrap();
    for (args, says) in [
        (["hear", closed], "אי אפשר לפתוח"),
        (["diagnose", closed], "אי אפשר לפתוח"),
        (["replay", here], "אי אפשר לפתוח"),
        (["diagnose", "nowhere.json"], "הקובץ לא נמצא"),
        (["diagnose", binary.to_str().unwrap()], "not UTF-8"),
    ] {
        let output = prita(&args);
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(says), "{args:?}: {said}");
    }
}

#[test]
fn the_witness_queues_nothing_for_its_maker() {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(built_program("prita").unwrap());
    command.args(["--json", "bench", "witness", "--audio", &demo()]).env("PRITA_MODELS", models());
    command.env("HOME", home.path()).env("USERPROFILE", home.path());
    let output =
        command.env_remove("XDG_CACHE_HOME").env_remove("ORT_DISABLE_TELEMETRY").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(lines(&output).len(), 1, "the witness was measured");
    let left: Vec<_> = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap()).collect();
    assert!(left.is_empty(), "{left:?}");
}
