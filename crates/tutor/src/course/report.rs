//! What improved in a week: one sentence with two numbers, and the evidence behind it.
//!
//! A week is compared with the one before it, and only where both heard enough. What went worse is
//! said as plainly. Minutes are no merit and are not counted here.

use theory::{Chord, StringNumber};

use super::Measurement;
use super::gates::Rang;
use crate::hebrew::{feminine, isolate, string_ordinal};
use crate::review::{Day, Item, streak};

/// Days that are compared.
const WEEK: i32 = 7;
/// Days of playing before there is anything to compare.
const ENOUGH_DAYS: usize = 3;
/// Tries of a string from which its share says something.
const ENOUGH_TRIES: u32 = 5;
/// A share has moved when it moved by so many tenths…
const MOVED: i32 = 2;
/// …and a rate when it moved by so many changes a minute.
const FASTER: f32 = 3.0;

/// What a student reads of the last weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The sentence; none where there is nothing to compare yet.
    pub headline: Option<String>,
    /// Whether it tells of something that went worse.
    pub worse: bool,
    /// The strings of the chord it is about, or of the one that was practised most.
    pub strings: Option<StringsReport>,
    /// The changes that were practised last.
    pub changes: Option<ChangesReport>,
    /// How many days of the last seven, and that a free day breaks nothing.
    pub week: String,
}

/// How the strings of a chord ring.
#[derive(Debug, Clone, PartialEq)]
pub struct StringsReport {
    /// Of this chord.
    pub chord: Chord,
    /// The string that moved furthest, if the sentence is about one.
    pub moved: Option<StringNumber>,
    /// From string 6 to string 1; none where it is not asked or was told too seldom.
    pub strings: [Option<StringReport>; 6],
}

/// How a string rings, in tries out of ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StringReport {
    /// This week.
    pub now: u8,
    /// The week before.
    pub before: Option<u8>,
}

/// How fast a change became, day by day.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangesReport {
    /// From this chord.
    pub from: Chord,
    /// To this one, and back.
    pub to: Chord,
    /// Changes a minute of each day, in order: the slower one of the two directions.
    pub days: Vec<(Day, f32)>,
}

/// The report of a day.
#[must_use]
pub fn report(measurements: &[Measurement], today: Day) -> Report {
    let mut days: Vec<Day> = measurements.iter().map(|measured| measured.day).collect();
    days.sort_unstable();
    days.dedup();
    let week = week(streak(&days, today).of_seven);
    let changes = changes(measurements);
    let all = chords(measurements, today);
    let moved = furthest(&all);
    let chord = moved.map(|moved| moved.chord).or_else(|| all.first().map(|of| of.chord));
    let string = moved.map(|moved| moved.string);
    let strings = all.into_iter().find(|of| Some(of.chord) == chord);
    let strings = strings.map(|of| StringsReport { moved: string, ..of });
    let (headline, worse) = if days.len() < ENOUGH_DAYS {
        (None, false)
    } else {
        headline(moved, strings.as_ref(), changes.as_ref(), today)
    };
    Report { headline, worse, strings, changes, week }
}

/// The string that moved furthest.
#[derive(Debug, Clone, Copy)]
struct Moved {
    chord: Chord,
    string: StringNumber,
    now: u8,
    before: u8,
}

fn furthest(all: &[StringsReport]) -> Option<Moved> {
    let each = all.iter().flat_map(|of| {
        let strings = StringNumber::THICK_TO_THIN.into_iter().zip(of.strings);
        strings.filter_map(|(string, report)| {
            let StringReport { now, before } = report?;
            Some(Moved { chord: of.chord, string, now, before: before? })
        })
    });
    let by = |moved: &Moved| i32::from(moved.now) - i32::from(moved.before);
    // What improved comes before what went worse, however far.
    each.filter(|moved| by(moved).abs() >= MOVED)
        .max_by_key(|moved| (by(moved) > 0, by(moved).abs(), moved.string.number()))
}

fn headline(
    moved: Option<Moved>,
    strings: Option<&StringsReport>,
    changes: Option<&ChangesReport>,
    today: Day,
) -> (Option<String>, bool) {
    let rates = changes.and_then(|changes| weeks_of(changes, today));
    match (moved, changes.zip(rates)) {
        (Some(moved), _) if moved.now > moved.before => (Some(rose(moved)), false),
        (_, Some((changes, (now, before)))) if now - before >= FASTER => {
            (Some(faster(changes, now, before)), false)
        }
        (Some(moved), _) => (Some(fell(moved)), true),
        (None, Some((changes, (now, before)))) if before - now >= FASTER => {
            (Some(slower(changes, now, before)), true)
        }
        _ => (steady(strings), false),
    }
}

fn rose(moved: Moved) -> String {
    let (string, now) = (string_ordinal(moved.string), of_ten(moved.now));
    let before = match moved.before {
        0 => "אף אחת",
        before => feminine(usize::from(before)).unwrap_or("פחות"),
    };
    format!("המיתר {string} מצלצל עכשיו {now}. לפני שבוע: {before}.")
}

fn fell(moved: Moved) -> String {
    let (string, now) = (string_ordinal(moved.string), of_ten(moved.now));
    let chord = isolate(&moved.chord.name());
    format!("המיתר {string} מצלצל השבוע {now}, פחות מלפני שבוע. מתחילים ב־{chord}, מיתר אחרי מיתר.")
}

fn faster(changes: &ChangesReport, now: f32, before: f32) -> String {
    let (from, to) = names(changes);
    format!("המעבר בין {from} לבין {to} הגיע ל־{now:.0} בדקה. לפני שבוע: {before:.0}.")
}

fn slower(changes: &ChangesReport, now: f32, before: f32) -> String {
    let (from, to) = names(changes);
    format!("המעבר בין {from} לבין {to} ירד ל־{now:.0} בדקה, מ־{before:.0}. מנגנים אותו לאט.")
}

/// The weakest string, where nothing moved.
fn steady(strings: Option<&StringsReport>) -> Option<String> {
    let strings = strings?;
    let each = StringNumber::THICK_TO_THIN.into_iter().zip(strings.strings);
    let weakest = each.filter_map(|(string, report)| Some((report?.now, string))).min()?;
    let chord = isolate(&strings.chord.name());
    Some(match weakest {
        (10, _) => format!("כל המיתרים של {chord} מצלצלים בכל עשר הפריטות. ככה ממשיכים."),
        (now, string) => {
            let (string, now) = (string_ordinal(string), of_ten(now));
            format!("ב־{chord} המיתר {string} מצלצל {now}. ממנו ממשיכים.")
        }
    })
}

fn of_ten(tenths: u8) -> String {
    match tenths {
        0 => "באף אחת מעשר פריטות".to_owned(),
        10 => "בכל עשר הפריטות".to_owned(),
        some => format!("ב{} מעשר פריטות", feminine(usize::from(some)).unwrap_or("כמה")),
    }
}

fn names(changes: &ChangesReport) -> (String, String) {
    (isolate(&changes.from.name()), isolate(&changes.to.name()))
}

/// «ארבעה ימי נגינה מתוך שבעה».
fn week(days: u32) -> String {
    let played = match days {
        0 => return "השבוע עוד לא ניגנו. יום חופש לא מוחק כלום.".to_owned(),
        1 => "יום נגינה אחד",
        2 => "שני ימי נגינה",
        3 => "שלושה ימי נגינה",
        4 => "ארבעה ימי נגינה",
        5 => "חמישה ימי נגינה",
        6 => "שישה ימי נגינה",
        _ => return "שבעה ימי נגינה מתוך שבעה. גם יום חופש לא היה מוחק כלום.".to_owned(),
    };
    format!("{played} מתוך שבעה. יום חופש לא מוחק כלום.")
}

/// Chords whose strings were told this week, the most practised first.
fn chords(measurements: &[Measurement], today: Day) -> Vec<StringsReport> {
    let mut found: Vec<(u32, Chord)> = Vec::new();
    for measured in measurements.iter().filter(|measured| within(measured.day, today, 0)) {
        let (Item::Chord(chord), Some(strings)) = (&measured.item, measured.strings) else {
            continue;
        };
        let tried = strings.iter().map(|it| it.tried).max().unwrap_or_default();
        match found.iter_mut().find(|(_, known)| known == chord) {
            Some((sum, _)) => *sum = sum.saturating_add(tried),
            None => found.push((tried, *chord)),
        }
    }
    found.sort_by_key(|(tried, _)| std::cmp::Reverse(*tried));
    let of = |(_, chord)| {
        let now = rang(measurements, chord, |day| within(day, today, 0));
        let before = rang(measurements, chord, |day| within(day, today, 1));
        let strings = std::array::from_fn(|place| {
            let now = tenths(now[place])?;
            Some(StringReport { now, before: tenths(before[place]) })
        });
        StringsReport { chord, moved: None, strings }
    };
    found.into_iter().map(of).filter(|of| of.strings.iter().any(Option::is_some)).collect()
}

/// Whether a day lies in the week that ends `back` weeks ago.
fn within(day: Day, today: Day, back: i32) -> bool {
    let last = today.plus(-WEEK * back);
    (last.plus(1 - WEEK)..=last).contains(&day)
}

fn rang(measurements: &[Measurement], chord: Chord, of: impl Fn(Day) -> bool) -> [Rang; 6] {
    let mut sum = [Rang::default(); 6];
    let those = measurements.iter().filter(|it| it.item == Item::Chord(chord) && of(it.day));
    for strings in those.filter_map(|measured| measured.strings) {
        for (sum, one) in sum.iter_mut().zip(strings) {
            sum.rang = sum.rang.saturating_add(one.rang);
            sum.tried = sum.tried.saturating_add(one.tried);
        }
    }
    sum
}

fn tenths(rang: Rang) -> Option<u8> {
    let share = rang.rang as f32 / rang.tried.max(1) as f32;
    (rang.tried >= ENOUGH_TRIES).then_some((share * 10.0).round() as u8)
}

/// The change that was measured last, with its days.
fn changes(measurements: &[Measurement]) -> Option<ChangesReport> {
    let rated = |it: &&Measurement| matches!(it.item, Item::Pair(..)) && it.per_minute.is_some();
    let last = measurements.iter().filter(rated).max_by_key(|measured| measured.day)?;
    let Item::Pair(from, to) = last.item else { return None };
    // The earlier chord of the alphabet of ids first, whichever way was measured last.
    let (from, to) = if from.to_string() <= to.to_string() { (from, to) } else { (to, from) };
    let mut days: Vec<Day> = measurements.iter().filter(rated).map(|it| it.day).collect();
    days.sort_unstable();
    days.dedup();
    let of_day = |day: Day| {
        let best = |item: Item| {
            let those = measurements.iter().filter(|it| it.day == day && it.item == item);
            those.filter_map(|it| it.per_minute).reduce(f32::max)
        };
        match (best(Item::Pair(from, to)), best(Item::Pair(to, from))) {
            (Some(there), Some(back)) => Some((day, there.min(back))),
            (one, other) => one.or(other).map(|rate| (day, rate)),
        }
    };
    Some(ChangesReport { from, to, days: days.into_iter().filter_map(of_day).collect() })
}

/// The best rate of this week and of the one before.
fn weeks_of(changes: &ChangesReport, today: Day) -> Option<(f32, f32)> {
    let best = |back| {
        let those = changes.days.iter().filter(|(day, _)| within(*day, today, back));
        those.map(|(_, rate)| *rate).reduce(f32::max)
    };
    Some((best(0)?, best(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Tally;

    const TODAY: Day = Day(20_783);

    fn played(item: &str, day: i32) -> Measurement {
        let (day, tally) = (TODAY.plus(day), Tally::default());
        Measurement {
            item: item.parse().unwrap(),
            day,
            tally,
            per_minute: None,
            strings: None,
            picked: false,
        }
    }

    /// The third string rang so often out of ten, the others always.
    fn third(day: i32, rang: u32) -> Measurement {
        let mut strings = [Rang { rang: 10, tried: 10 }; 6];
        strings[3].rang = rang;
        Measurement { strings: Some(strings), ..played("chord:E:min", day) }
    }

    fn rate(item: &str, day: i32, per_minute: f32) -> Measurement {
        Measurement { per_minute: Some(per_minute), ..played(item, day) }
    }

    fn said(all: &[Measurement]) -> (String, bool) {
        let report = report(all, TODAY);
        (crate::hebrew::without_isolates(&report.headline.unwrap_or_default()), report.worse)
    }

    #[test]
    fn a_string_that_rings_more_often_is_told_with_two_numbers() {
        let all = [third(-9, 2), third(-8, 2), third(-1, 6), third(0, 6)];
        let (text, worse) = said(&all);
        assert_eq!(text, "המיתר השלישי מצלצל עכשיו בשש מעשר פריטות. לפני שבוע: שתיים.");
        assert!(!worse);
        let strings = report(&all, TODAY).strings.unwrap().strings;
        assert_eq!(strings[3], Some(StringReport { now: 6, before: Some(2) }));
        assert_eq!(strings[0], Some(StringReport { now: 10, before: Some(10) }));
    }

    #[test]
    fn what_went_worse_is_said_plainly_and_only_when_nothing_improved() {
        let fell = [third(-9, 8), third(-8, 8), third(-1, 4)];
        let (text, worse) = said(&fell);
        assert!(worse && text.starts_with("המיתר השלישי מצלצל השבוע בארבע מעשר"), "{text}");
        let mut both = fell.to_vec();
        both.extend([
            rate("pair:E:min>A:min", -8, 15.0),
            rate("pair:A:min>E:min", -8, 18.0),
            rate("pair:E:min>A:min", 0, 25.0),
            rate("pair:A:min>E:min", 0, 22.0),
        ]);
        let (text, worse) = said(&both);
        assert_eq!(text, "המעבר בין Am לבין Em הגיע ל־22 בדקה. לפני שבוע: 15.");
        assert!(!worse, "the slower way counts");
    }

    #[test]
    fn nothing_is_compared_before_there_is_enough() {
        assert_eq!(said(&[]), (String::new(), false));
        assert_eq!(said(&[third(-1, 2), third(0, 9)]), (String::new(), false));
        let few = Measurement {
            strings: Some([Rang { rang: 1, tried: 1 }; 6]),
            ..played("chord:E:min", -1)
        };
        assert_eq!(report(&[few], TODAY).strings, None);
        let (text, _) = said(&[third(-2, 7), third(-1, 7), third(0, 7)]);
        assert_eq!(
            text,
            "בEm המיתר השלישי מצלצל בשבע מעשר פריטות. ממנו ממשיכים.".replace("בEm", "ב־Em")
        );
    }

    #[test]
    fn free_days_are_forgiven_in_words() {
        let week = |days: &[i32]| {
            let all: Vec<_> = days.iter().map(|day| third(*day, 5)).collect();
            report(&all, TODAY).week
        };
        assert_eq!(week(&[0, -1, -3, -5]), "ארבעה ימי נגינה מתוך שבעה. יום חופש לא מוחק כלום.");
        assert!(week(&[-9]).starts_with("השבוע עוד לא"));
    }
}
