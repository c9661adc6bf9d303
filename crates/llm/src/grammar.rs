//! What may be handed to llama.cpp as a grammar.
//!
//! Its parser recurses without a limit and counts repetitions without a budget; both are bounded
//! here. Whether the grammar is well-formed is left to that parser, which answers with null.

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
    if depth(grammar) > MAX_DEPTH {
        return refuse("the grammar nests too deep");
    }
    Ok(())
}

fn defines_root(line: &str) -> bool {
    line.trim_start().strip_prefix("root").is_some_and(|rest| rest.trim_start().starts_with("::="))
}

/// The deepest nesting of parentheses outside literals, classes and comments.
fn depth(grammar: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
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
            (None, '(') => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (None, ')') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::{check, depth};

    #[test]
    fn plain_grammars_pass() {
        check("root ::= (\"כן\" | \"לא\") [0-9]+ # (((\n").unwrap();
        assert_eq!(depth("root ::= \"((\" [(] (a (b))"), 2);
    }

    #[test]
    fn dangerous_grammars_are_refused() {
        check("").unwrap_err();
        check("roots ::= \"a\"").unwrap_err();
        check("root ::= \"\0\"").unwrap_err();
        check(&format!("root ::= {}\"a\"{}", "(".repeat(5000), ")".repeat(5000))).unwrap_err();
        check(&format!("root ::= \"{}\"", "a".repeat(100_000))).unwrap_err();
    }
}
