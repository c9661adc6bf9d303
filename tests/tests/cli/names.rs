//! `--notes letters`: wherever a note or a chord is named.

use std::fs;

use prita_tests::command::{demo, lines, prita, text};

#[test]
fn letters_are_the_names_everywhere() {
    let demo = demo();
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().to_str().unwrap();
    let nobody = folder.path().join("nobody");
    let nobody = nobody.to_str().unwrap();
    let event = folder.path().join("event.json");
    let wrong = r#"{"v":1,"target":"E:min","heard":"G:maj"}"#;
    fs::write(&event, wrong).unwrap();
    let event = event.to_str().unwrap();
    let e_minor = "\u{2066}Em\u{2069} · \u{2066}E\u{2069} מינור";
    let practice = ["practice", "--audio", &demo, "--chord", "Em", "--no-witness"];
    let practice = |rest: &[&str]| text(&prita(&[&practice[..], rest].concat()).stdout);
    assert!(practice(&["--notes", "letters"]).starts_with(e_minor));
    assert!(practice(&[]).starts_with("\u{2066}Em\u{2069} · מי מינור"));
    practice(&["--profile", profile]);
    let shown = prita(&["progress", "show", "--profile", profile, "--notes", "letters"]);
    assert!(text(&shown.stdout).contains(e_minor), "{}", text(&shown.stdout));

    for (args, key) in [
        (vec!["diagnose", event], "speech"),
        (vec!["ask", "איך מנגנים מי מינור?"], "speech"),
        (vec!["ask", "מה הצלילים של האקורד Em?"], "text"),
        (vec!["path", "--profile", nobody], "speech"),
        (vec!["today", "--profile", nobody, "--minutes", "7"], "speech"),
    ] {
        let told = |names: &str| {
            let output = prita(&[&args[..], &["--notes", names, "--json"]].concat());
            let lines = lines(&output);
            let tasks = lines[0]["tasks"].as_array().cloned().unwrap_or(lines);
            tasks.iter().map(|line| line[key].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let (letters, solfege) = (told("letters"), told("solfege"));
        assert_ne!(letters, solfege, "{args:?}");
        for said in letters {
            let words: Vec<&str> = said.split([' ', ',', '.', '?', ':', '־']).collect();
            // «סי» is the letter C as well.
            let solfege = ["דו", "רה", "מי", "פה", "סול"];
            let left = words.iter().find(|word| solfege.contains(word));
            assert_eq!(left, None, "{args:?}: {said}");
            assert!(!said.contains("לה מינור") && !said.contains("לה מז'ור"), "{args:?}: {said}");
            if key == "speech" {
                assert!(!said.contains(|c: char| c.is_ascii_alphanumeric()), "{args:?}: {said}");
            }
        }
    }
}
