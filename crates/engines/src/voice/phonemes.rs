//! From our IPA to the phoneme names of espeak-ng's Hebrew table (1.51, voice `he`).

/// IPA to `[[…]]` input. `ˈ` stands before the stressed syllable in ours; espeak-ng wants `'`
/// right before the vowel's syllable too, so it is kept in place. A pause (`,` `.` `?`) becomes
/// `_:` inside a phrase. The symbol that cannot be spoken, if there is one, is the error.
///
/// # Errors
/// The first character that is no phoneme of ours.
pub fn to_espeak(ipa: &str) -> Result<String, char> {
    let mut out = String::from("[[");
    let mut symbols = ipa.chars().peekable();
    while let Some(symbol) = symbols.next() {
        let name = match symbol {
            'ˈ' => "'",
            'ʃ' => "S",
            'ʒ' => "Z",
            'χ' => "X",
            'ʁ' => "R",
            'ʔ' => "?",
            ' ' => "_|",
            // Sentences are separated by a longer rest than clauses.
            '.' | '?' if symbols.peek().is_some() => "_:_:",
            ',' => "_:",
            '.' | '?' => "",
            'a'..='z' if "abdefghijklmnopstuvz".contains(symbol) => {
                out.push(symbol);
                continue;
            }
            other => return Err(other),
        };
        out.push_str(name);
    }
    out.push_str("]]");
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_becomes_phonemes() {
        assert_eq!(to_espeak("haˈzeʁet neχˈnak.").as_deref(), Ok("[[ha'zeRet_|neX'nak]]"));
        assert_eq!(to_espeak("ʃˈtajim, ʔod."), Ok("[[S'tajim_:_|?od]]".to_owned()));
        assert_eq!(to_espeak("w"), Err('w'));
        assert_eq!(to_espeak("]]"), Err(']'));
    }
}
