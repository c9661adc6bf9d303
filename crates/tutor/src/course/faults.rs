//! What rows of the diagnosis table are called in a list of what went wrong: words to read, no tip.

use super::plan::Fault;
use crate::TipId;
use crate::diagnosis::table::records;
use crate::review::Item;

/// A few words for a row that tells of a fault; none for praise, doubt and the app's own state.
#[must_use]
pub fn fault_words(row: &TipId) -> Option<&'static str> {
    records(include_str!("../../data/course/faults.csv")).find_map(|fields| match fields[..] {
        [key, words] if key == row.0 => Some(words),
        _ => None,
    })
}

/// The most frequent fault of each item and how often it was, over all days of `faults`; of equals the
/// one whose row comes first. In the order in which the items come.
#[must_use]
pub fn most_common(faults: &[Fault]) -> Vec<Fault> {
    let mut sums: Vec<Fault> = Vec::new();
    for fault in faults {
        match sums.iter_mut().find(|sum| (&sum.item, &sum.row) == (&fault.item, &fault.row)) {
            Some(sum) => {
                sum.times = sum.times.saturating_add(fault.times);
                sum.day = sum.day.max(fault.day);
            }
            None => sums.push(fault.clone()),
        }
    }
    let rank = |fault: &Fault| (std::cmp::Reverse(fault.times), fault.row.clone());
    let mut items: Vec<&Item> = Vec::new();
    for sum in &sums {
        if !items.contains(&&sum.item) {
            items.push(&sum.item);
        }
    }
    let of_item =
        |item: &Item| sums.iter().filter(|sum| sum.item == *item).min_by_key(|it| rank(it));
    items.into_iter().filter_map(of_item).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Day;

    #[test]
    fn every_row_of_a_fault_has_words_and_no_other_has() {
        let rows = records(include_str!("../../data/rows.csv"));
        let of_faults: Vec<&str> =
            rows.filter(|row| row.last() == Some(&"fault")).map(|row| row[0]).collect();
        assert!(of_faults.len() > 60);
        for row in &of_faults {
            let words = fault_words(&TipId((*row).to_owned()));
            assert!(words.is_some_and(|words| !words.ends_with('.')), "{row}");
        }
        let named = records(include_str!("../../data/course/faults.csv"));
        for fields in named {
            assert!(of_faults.contains(&fields[0]), "{}", fields[0]);
            let hebrew = |c: char| ('א'..='ת').contains(&c) || matches!(c, ' ' | '\'');
            assert!(fields[1].chars().all(hebrew), "{}", fields[1]);
        }
        assert_eq!(fault_words(&TipId("OK1".to_owned())), None);
    }

    #[test]
    fn the_most_common_fault_of_an_item_is_summed_over_days() {
        let fault = |item: &str, row: &str, day: i32, times: u32| Fault {
            row: TipId(row.to_owned()),
            item: item.parse().unwrap(),
            day: Day(day),
            times,
        };
        let all = [
            fault("chord:E:min", "R02", 1, 3),
            fault("chord:E:min", "L05", 1, 2),
            fault("chord:A:min", "L02", 1, 1),
            fault("chord:A:min", "D01", 2, 1),
            fault("chord:E:min", "L05", 3, 2),
        ];
        let expected = [fault("chord:E:min", "L05", 3, 4), fault("chord:A:min", "D01", 2, 1)];
        assert_eq!(most_common(&all), expected);
        assert!(most_common(&[]).is_empty());
    }
}
