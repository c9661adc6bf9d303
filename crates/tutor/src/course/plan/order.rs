//! What of the wanted fits into a day, and in which order.

use super::{Draft, Given, SHORTEST, gates, same};
use crate::review::{Item, take_turns};

/// Items that were tried before change their order from day to day; the tasks of one item keep
/// theirs. What opens the day, what has no item and what is new stays before them.
pub(super) fn turn(drafts: &mut Vec<Draft>, opening: usize, given: &Given<'_>) {
    let rest = drafts.split_off(opening.min(drafts.len()));
    let mut tried: Vec<(Item, Vec<Draft>)> = Vec::new();
    for draft in rest {
        let known = draft.item().filter(|item| gates::is_tried(given.measurements, item));
        match known {
            None => drafts.push(draft),
            Some(item) => match tried.iter_mut().find(|(other, _)| same(other, &item)) {
                Some((_, of_item)) => of_item.push(draft),
                None => tried.push((item, vec![draft])),
            },
        }
    }
    take_turns(&mut tried, given.today);
    drafts.extend(tried.into_iter().flat_map(|(_, of_item)| of_item));
}

/// The wanted tasks that fit, the first ones first.
pub(super) fn fit(wanted: Vec<Draft>, seconds: u32) -> Vec<Draft> {
    let mut left = seconds;
    let mut taken = Vec::new();
    for mut draft in wanted {
        draft.seconds = draft.seconds.min(left);
        if draft.seconds >= SHORTEST {
            left -= draft.seconds;
            taken.push(draft);
        }
    }
    taken
}

/// How often a minute of the same change comes in a day.
const ROUNDS: usize = 3;

/// Time that is left goes to more rounds of the changes, each of them once before any a third time.
pub(super) fn rounds(drafts: &mut Vec<Draft>, seconds: u32) {
    let used: u32 = drafts.iter().map(|draft| draft.seconds).sum();
    let mut left = seconds.saturating_sub(used);
    let pairs: Vec<Draft> = drafts
        .iter()
        .filter(|draft| matches!(draft.item(), Some(Item::Pair(..))))
        .cloned()
        .collect();
    for draft in std::iter::repeat_n(pairs, ROUNDS - 1).flatten() {
        if draft.seconds <= left {
            left -= draft.seconds;
            drafts.push(draft);
        }
    }
}

/// Spreads the changes of different pairs, so that none follows its own kind where another could
/// stand between; the first `opening` tasks stay.
pub(super) fn interleave(drafts: &mut Vec<Draft>, opening: usize) {
    let opening = opening.min(drafts.len());
    let mut rest = drafts.split_off(opening);
    while !rest.is_empty() {
        let last = drafts.last();
        let place = rest.iter().position(|draft| !alike(last, draft)).unwrap_or(0);
        drafts.push(rest.remove(place));
    }
    // What could not be spread is one longer task.
    drafts.dedup_by(|next, last| {
        let one = next.kind == last.kind && next.subject == last.subject;
        if one {
            last.seconds += next.seconds;
        }
        one
    });
}

/// Whether one would follow the other as more of the same: two changes, or twice one item.
fn alike(last: Option<&Draft>, next: &Draft) -> bool {
    let Some(last) = last else { return false };
    match (last.item(), next.item()) {
        (Some(Item::Pair(a, b)), Some(Item::Pair(c, d))) => {
            [a, b].contains(&c) && [a, b].contains(&d)
        }
        (Some(one), Some(other)) => same(&one, &other) && last.kind == next.kind,
        _ => false,
    }
}
