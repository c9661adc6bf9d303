//! The one place where Latin tokens are kept left-to-right inside Hebrew.

/// Left-to-right isolate, U+2066.
pub const ISOLATE_START: char = '\u{2066}';
/// Pop directional isolate, U+2069.
pub const ISOLATE_END: char = '\u{2069}';

/// Wraps a token (`Em`, `D/F#`, `-15`, `80 BPM`, `e|--0--2--|`) so that it reads left to right
/// inside Hebrew. One token a call: a list is isolated token by token, so that it runs right to
/// left. Already isolated or empty text comes back unchanged.
#[must_use]
pub fn isolate(token: &str) -> String {
    if token.is_empty() || token.starts_with(ISOLATE_START) {
        return token.to_owned();
    }
    format!("{ISOLATE_START}{token}{ISOLATE_END}")
}

/// The text without isolation marks, as a reader counts its characters.
#[must_use]
pub fn without_isolates(text: &str) -> String {
    text.chars().filter(|c| !matches!(*c, ISOLATE_START | ISOLATE_END)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_that_breaks_without_isolation_is_wrapped_whole() {
        let tokens = [
            "C#",
            "D/F#",
            "A7+",
            "-15",
            "80 BPM",
            "1–4",
            "1–2–3–4",
            "e|--0--2--|",
            "↓↑",
            "1-4",
            "x02210",
            "F#m",
            "(Em)",
            "3/4",
        ];
        for token in tokens {
            let wrapped = isolate(token);
            assert_eq!(wrapped, format!("\u{2066}{token}\u{2069}"));
            assert_eq!(isolate(&wrapped), wrapped, "twice is once");
            assert_eq!(without_isolates(&wrapped), token);
        }
        assert_eq!(isolate(""), "");
    }

    #[test]
    fn a_list_is_isolated_token_by_token() {
        let list = ["Em", "C", "G", "D"].map(isolate).join(", ");
        assert_eq!(list.matches('\u{2066}').count(), 4);
        assert_eq!(list.matches('\u{2069}').count(), 4);
    }
}
