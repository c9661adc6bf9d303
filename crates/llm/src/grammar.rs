//! What may be handed to llama.cpp as a grammar.
//!
//! Its parser recurses without a limit, and loops over 2^64 rules where a repetition ends before
//! it begins; both are refused here. Whether the grammar is well-formed, and how often things may
//! repeat, is left to that parser, which answers with null.

use protocol::{Refusal, RefusalCode};

const MAX_BYTES: usize = 64 * 1024;
const MAX_DEPTH: usize = 32;

/// Refuses grammars that could exhaust the native parser.
pub(crate) fn check(grammar: &str) -> Result<(), Refusal> {
    let refuse = |why: &str| Err(Refusal::new(RefusalCode::Grammar, why));
    if grammar.len() > MAX_BYTES {
        return refuse("the grammar is too long");
    }
    if grammar.contains('\0') {
        return refuse("the grammar holds a zero byte");
    }
    if !grammar.lines().any(defines_root) {
        return refuse("the grammar has no rule `root`");
    }
    let structure = structure(grammar);
    if depth(&structure) > MAX_DEPTH {
        return refuse("the grammar nests too deep");
    }
    if structure.split('{').skip(1).any(ends_before_it_begins) {
        return refuse("a repetition ends before it begins");
    }
    Ok(())
}

fn defines_root(line: &str) -> bool {
    line.trim_start().strip_prefix("root").is_some_and(|rest| rest.trim_start().starts_with("::="))
}

/// The grammar without its literals, classes and comments.
fn structure(grammar: &str) -> String {
    let mut structure = String::new();
    let mut closer = None;
    let mut letters = grammar.chars();
    while let Some(letter) = letters.next() {
        match (closer, letter) {
            (Some('\n'), '\\') => {}
            (Some(_), '\\') => {
                letters.next();
            }
            (Some(end), letter) if letter == end => closer = None,
            (Some(_), _) => {}
            (None, '"') => closer = Some('"'),
            (None, '[') => closer = Some(']'),
            (None, '#') => closer = Some('\n'),
            (None, letter) => structure.push(letter),
        }
    }
    structure
}

fn depth(structure: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for letter in structure.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Of what follows a brace: `5,2}`.
fn ends_before_it_begins(repetition: &str) -> bool {
    let inside = repetition.split('}').next().unwrap_or_default();
    let Some((least, most)) = inside.split_once(',') else { return false };
    match (least.trim().parse::<u64>(), most.trim().parse::<u64>()) {
        (Ok(least), Ok(most)) => most < least,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{check, depth, structure};

    #[test]
    fn plain_grammars_pass() {
        check("root ::= (\"כן\" | \"לא\") [0-9]+ # (((\n").unwrap();
        assert_eq!(depth(&structure("root ::= \"((\" [(] (a (b))")), 2);
        check("root ::= \"{5,2}\" [0-9]{2,5} [a]{3,} [b]{3} # {5,2}").unwrap();
    }

    #[test]
    fn dangerous_grammars_are_refused() {
        check("").unwrap_err();
        check("roots ::= \"a\"").unwrap_err();
        check("root ::= \"\0\"").unwrap_err();
        check(&format!("root ::= {}\"a\"{}", "(".repeat(5000), ")".repeat(5000))).unwrap_err();
        check("root ::= \"a\"{5,2}").unwrap_err();
        check("root ::= (\"a\" b){ 10 , 9 }").unwrap_err();
        check(&format!("root ::= \"{}\"", "a".repeat(100_000))).unwrap_err();
    }
}
