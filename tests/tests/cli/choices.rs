//! Where something is named that does not exist, the sentence below tells what does; standard error
//! holds nothing before it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use prita_tests::built_program;
use prita_tests::command::{demo, in_hebrew, models, prita, text};

#[test]
fn what_is_not_known_is_told_beside_what_is() {
    let demo = demo();
    let practice = |rest: &[&'static str]| {
        let mut args = vec!["practice", "--audio"];
        args.extend(rest);
        args
    };
    for (args, says, offers) in [
        (practice(&["{}", "--changes", "Em"]), "שני אקורדים שונים", "\u{2066}Em,Am\u{2069}"),
        (practice(&["{}", "--changes", "A,D,E"]), "שני אקורדים שונים", "\u{2066}Em,Am\u{2069}"),
        (practice(&["{}", "--changes", "Em,Em"]), "שני אקורדים שונים", "\u{2066}Em,Am\u{2069}"),
        (practice(&["{}", "--song", "nothing"]), "אין כאן שיר", "\u{2066}hatikva\u{2069}"),
        (
            practice(&["{}", "--song", "hatikva", "--section", "77"]),
            "אין בשיר הזה חלק",
            "\u{2066}1\u{2069}, \u{2066}2\u{2069}",
        ),
        (
            practice(&["{}", "--song", "hatikva", "--section", "two"]),
            "הערך הזה לא מתאים",
            "\u{2066}--section\u{2069}: \u{2066}1–999\u{2069}",
        ),
        (
            practice(&["{}", "--pattern", "DU", "--bpm", "999"]),
            "הערך הזה לא מתאים",
            "\u{2066}--bpm\u{2069}: \u{2066}30–240\u{2069}",
        ),
        (practice(&["{}", "--pattern", "DU", "--way", "x"]), "הערך הזה", "\u{2066}rejoin\u{2069}"),
        (practice(&["{}", "--mic", "--chord", "Em"]), "לא הולכים יחד", "\u{2066}--mic\u{2069}"),
        (
            practice(&["{}", "--strings", "F", "--bars", "4"]),
            "לא הולכים יחד",
            "\u{2066}--bars\u{2069} הולך עם: \u{2066}--pattern\u{2069}",
        ),
        (
            practice(&["{}", "--chord", "Em", "--bpm", "80"]),
            "לא הולכים יחד",
            "\u{2066}--bpm\u{2069} הולך עם: \u{2066}--pattern\u{2069}, \u{2066}--song\u{2069}",
        ),
        (practice(&["{}", "--changes", "Em,022000"]), "שני אקורדים שונים", ""),
        (practice(&["{}"]), "הפקודה לא שלמה", "--changes <A,B>"),
        (vec!["practice", "--chord", "Em"], "הפקודה לא שלמה", "--mic"),
        (vec!["tune"], "הפקודה לא שלמה", "--mic"),
        (vec!["song", "show", "nothing"], "אין כאן שיר", "\u{2066}yonatan\u{2069}"),
        (vec!["song", "sing"], "הפקודה לא מובנת", "\u{2066}import\u{2069}"),
        (vec!["sing"], "הפקודה לא מובנת", "\u{2066}practice\u{2069}"),
        (vec!["today", "--sing"], "אין כאן אפשרות", ""),
        (vec!["today", "--day", "yesterday"], "התאריך לא מובן", "\u{2066}20"),
        (vec!["today", "--day", "2026-02-30"], "התאריך לא מובן", "\u{2066}20"),
        (vec!["path", "--move-on", "x"], "אין בקורס שלב", "\u{2066}em-am\u{2069}"),
        (vec!["path", "--come-back", "em-am.x"], "אין בקורס שלב", "\u{2066}em-am.changes\u{2069}"),
        (vec!["path", "--order", "x"], "הערך הזה", "\u{2066}a-d-first\u{2069}"),
        (vec!["hear", "{}", "--tuning", "banjo"], "הכיוון הזה", "\u{2066}dadgad\u{2069}"),
        (vec!["diagnose", "-", "--style", "loud"], "אין סגנון", "\u{2066}playful\u{2069}"),
        (vec!["bench", "x"], "הערך הזה", "\u{2066}soak\u{2069}"),
    ] {
        let args: Vec<&str> =
            args.iter().map(|arg| if *arg == "{}" { &demo } else { *arg }).collect();
        let output = prita(&args);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(output.stdout.is_empty(), "{args:?}");
        let mut lines = said.lines();
        assert!(lines.next().unwrap().contains(says), "{args:?}: {said}");
        assert!(lines.next().unwrap().contains(offers), "{args:?}: {said}");
    }
}

#[test]
fn a_file_of_another_kind_is_called_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (here, demo) = (folder.path().to_str().unwrap(), demo());
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (empty, open) = (file("empty.cho", ""), file("open.cho", "{t: x}\n[Am]la\n[G la\n"));
    let (words, blank) = (file("words.cho", "la la\n"), file("blank.json", " \n"));
    let nowhere = folder.path().join("no/such/folder/x");
    let nowhere = nowhere.to_str().unwrap();
    for (args, says) in [
        (vec!["song", "import", &empty], "הקובץ ריק."),
        (vec!["song", "import", &open], "שורה \u{2066}3\u{2069}"),
        (vec!["song", "import", &words], "אין בקובץ אף אקורד"),
        (vec!["song", "import", here], "זו תיקייה ולא קובץ"),
        (vec!["diagnose", &blank], "הקובץ ריק."),
        (vec!["replay", &empty], "הקובץ ריק."),
        (vec!["progress", "import", &empty, "--profile", here], "הקובץ ריק."),
        (vec!["progress", "import", here, "--profile", here], "זו תיקייה ולא קובץ"),
        (vec!["progress", "export", here, "--profile", here], "זו תיקייה ולא קובץ"),
        (vec!["progress", "show", "--profile", &words], "זה קובץ ולא תיקייה"),
        (vec!["today", "--profile", &words], "זה קובץ ולא תיקייה"),
        (
            vec!["practice", "--audio", &demo, "--chord", "Em", "--profile", &words],
            "זה קובץ ולא תיקייה",
        ),
        (
            vec!["practice", "--audio", &demo, "--chord", "Em", "--keep", &words],
            "זה קובץ ולא תיקייה",
        ),
        (vec!["hear", here], "זו תיקייה ולא קובץ"),
        (vec!["notes", here], "זו תיקייה ולא קובץ"),
        (vec!["say", "שלום", "--out", here], "זו תיקייה ולא קובץ"),
        (vec!["say", "שלום", "--out", nowhere], "אי אפשר לכתוב"),
    ] {
        let output = prita(&args);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{args:?}: {said}");
        assert!(said.lines().next().unwrap().contains(says), "{args:?}: {said}");
        assert!(!said.contains("מקליטים"), "nothing was recorded: {args:?}: {said}");
    }
}

/// The command on a machine without a sound card.
fn without_sound(home: &Path, args: &[&str]) -> Output {
    let no_sound = home.join("asound.conf");
    fs::write(&no_sound, "").unwrap();
    Command::new(built_program("prita").unwrap())
        .args(args)
        .env("PRITA_MODELS", models())
        .env("HOME", home)
        .env("ALSA_CONFIG_PATH", &no_sound)
        .env("PULSE_SERVER", "unix:/nonexistent")
        .env_remove("XDG_DATA_HOME")
        .env_remove("PRITA_LOG")
        .output()
        .unwrap()
}

#[test]
fn without_a_loudspeaker_the_sentence_is_read() {
    let home = tempfile::tempdir().unwrap();
    let output = without_sound(home.path(), &["say", "המיתר השלישי נחנק"]);
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(text(&output.stdout).trim(), "המיתר השלישי נחנק");
    assert!(in_hebrew(&output.stderr), "{}", text(&output.stderr));
    let output = without_sound(home.path(), &["--json", "say", "המיתר השלישי נחנק"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(output.stdout.is_empty(), "nothing was spoken: {}", text(&output.stdout));
}

#[test]
fn the_sentence_is_the_first_line_of_standard_error() {
    let home = tempfile::tempdir().unwrap();
    for args in [
        &["practice", "--mic", "--chord", "Em"][..],
        &["practice", "--mic", "--chord", "Em", "--device", "nothing"],
        &["tune", "--mic"],
        &["say", "שלום"],
    ] {
        let output = without_sound(home.path(), args);
        assert_eq!(output.status.code(), Some(4), "{args:?}");
        let said = text(&output.stderr);
        let first = said.lines().next().unwrap();
        assert!(first.starts_with(|c: char| ('א'..='ת').contains(&c)), "{args:?}: {said}");
        assert!(!said.contains("WARN") && !said.contains("ALSA"), "{args:?}: {said}");
    }
    let loud = without_sound(home.path(), &["--verbose", "say", "שלום"]);
    assert!(text(&loud.stderr).contains("WARN"), "{}", text(&loud.stderr));
}
