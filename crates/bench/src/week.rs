//! A first week: a student who is drawn, not taken from the teacher's table, plays the plan of each
//! day. Shows whether plan, gates and what is due behave over days; it says nothing of real hands.
//!
//! The student has a speed, a memory and a hard time with some strings, all from a seed. What a
//! choked or buzzing string is called is left to the real diagnosis.

use std::collections::BTreeMap;

use serde::Serialize;
use theory::StringNumber;
use tutor::course::song::own_songs;
use tutor::course::{self, Choices, DrillKind, Fault, Given, Measurement, Plan, State, Task};
use tutor::review::{Day, Item, Review, Tally, grade};
use tutor::{Address, LessonEvent, NoteNames, TipId, diagnose};

/// What a student is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Drawn {
    /// The seed of everything that is drawn.
    pub seed: u64,
    /// Minutes of each day.
    pub minutes: u8,
    /// Days, of which the fifth is left out.
    pub days: u32,
}

/// One day, before and after it was played.
#[derive(Debug, Clone, Serialize)]
pub struct WeekDay {
    /// Counted from 1.
    pub day: u32,
    /// The day's plan: item and minutes of each task.
    pub plan: Vec<(String, f32)>,
    /// Whether it begins with a sure win.
    pub eased: bool,
    /// The current step in the morning.
    pub current: String,
    /// Items that were due.
    pub due: Vec<String>,
    /// Of them in the plan.
    pub due_planned: usize,
    /// Share of clean tries.
    pub clean: f32,
    /// The best changes a minute.
    pub per_minute: Option<f32>,
    /// Steps passed by the evening.
    pub passed: usize,
    /// Rows of the diagnosis table that came up, and how often.
    pub faults: BTreeMap<String, u32>,
}

/// A day without playing between the fourth and the sixth.
const FREE: u32 = 5;

/// Plays the days.
#[must_use]
pub fn week(drawn: Drawn) -> Vec<WeekDay> {
    let mut student = Student::draw(drawn.seed);
    let mut diary = Diary::default();
    (1..=drawn.days)
        .filter(|day| *day != FREE)
        .map(|day| diary.play(&mut student, Day(20_000).plus(day as i32), day, drawn.minutes))
        .collect()
}

/// What is kept of the student.
#[derive(Default)]
struct Diary {
    measurements: Vec<Measurement>,
    faults: Vec<Fault>,
    reviews: BTreeMap<String, (Item, Review)>,
}

impl Diary {
    fn due(&self, today: Day) -> Vec<Item> {
        let due = self.reviews.values().filter(|(_, review)| review.is_due(today));
        let mut due: Vec<_> = due.collect();
        due.sort_by_key(|(item, review)| (review.due, item.to_string()));
        due.into_iter().map(|(item, _)| item.clone()).collect()
    }

    fn play(&mut self, student: &mut Student, today: Day, day: u32, minutes: u8) -> WeekDay {
        student.sleep();
        let due = self.due(today);
        let before = course::path(&self.measurements, &Choices::default());
        let plan = course::today(&Given {
            today,
            minutes,
            path: &before,
            measurements: &self.measurements,
            due: &due,
            faults: &self.faults,
            songs: &[],
            address: Address::Neutral,
            notes: NoteNames::Solfege,
        });
        let first = self.measurements.len();
        let of_faults = self.faults.len();
        for task in &plan.tasks {
            self.task(student, task, today);
        }
        let played = self.measurements.get(first..).unwrap_or_default();
        let attempts: u32 = played.iter().map(|measured| measured.tally.attempts).sum();
        let clean: u32 = played.iter().map(|measured| measured.tally.clean).sum();
        let mut rows = BTreeMap::new();
        for fault in self.faults.get(of_faults..).unwrap_or_default() {
            *rows.entry(fault.row.0.clone()).or_insert(0) += fault.times;
        }
        let after = course::path(&self.measurements, &Choices::default());
        WeekDay {
            day,
            eased: eased(&plan),
            current: before.current().map_or(String::new(), |state| state.step.id.to_owned()),
            due_planned: due.iter().filter(|item| in_plan(&plan, item)).count(),
            due: due.iter().map(ToString::to_string).collect(),
            clean: clean as f32 / attempts.max(1) as f32,
            per_minute: played.iter().filter_map(|m| m.per_minute).reduce(f32::max),
            passed: after.steps.iter().filter(|state| state.state == State::Done).count(),
            faults: rows,
            plan: plan.tasks.into_iter().map(|task| (task.item, task.minutes)).collect(),
        }
    }

    fn task(&mut self, student: &mut Student, task: &Task, today: Day) {
        let Ok(item) = task.item.parse::<Item>() else { return };
        let (tally, per_minute, rows) = student.practise(&item, task);
        let practised = match &item {
            Item::Pair(from, to) => vec![item.clone(), Item::Pair(*to, *from)],
            // A song is played whole: every section counts.
            Item::Song { id, .. } => sections(id),
            other => vec![other.clone()],
        };
        for item in practised {
            let measured = Measurement {
                item: item.clone(),
                day: today,
                tally,
                per_minute,
                strings: None,
                picked: task.target.kind == DrillKind::Strings,
            };
            self.measurements.push(measured);
            if let Some(grade) = grade(&tally, per_minute) {
                let before = self.reviews.get(&item.to_string()).map(|(_, review)| *review);
                let review = Review::after(before, today, grade);
                self.reviews.insert(item.to_string(), (item, review));
            }
        }
        for (row, times) in rows {
            self.faults.push(Fault { row: TipId(row), item: item.clone(), day: today, times });
        }
    }
}

fn sections(id: &str) -> Vec<Item> {
    let song = own_songs().iter().find(|song| song.id == id);
    let count = song.map_or(1, |song| song.sections.len());
    let numbers = (1..=count).filter_map(|number| u16::try_from(number).ok());
    numbers.map(|section| Item::Song { id: id.to_owned(), section }).collect()
}

fn eased(plan: &Plan) -> bool {
    let starts = |task: &&Task| {
        ["מתחילים במשהו", "אחרי הפסקה"].iter().any(|way| task.why.display.starts_with(way))
    };
    plan.tasks.iter().take(2).any(|task| starts(&task))
}

fn in_plan(plan: &Plan, item: &Item) -> bool {
    let back = match item {
        Item::Pair(from, to) => Item::Pair(*to, *from).to_string(),
        other => other.to_string(),
    };
    plan.tasks.iter().any(|task| task.item == item.to_string() || task.item == back)
}

/// A drawn student.
struct Student {
    dice: Dice,
    /// How fast skill grows, 0.5–1.5.
    speed: f32,
    /// What is left of a day's gain in the morning, 0.7–0.95.
    memory: f32,
    /// How hard each string is, thick to thin, 0–1.
    strings: [f32; 6],
    /// Minutes that count, of each item.
    skill: BTreeMap<String, f32>,
}

impl Student {
    fn draw(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let speed = 0.5 + dice.share();
        let memory = 0.7 + 0.25 * dice.share();
        let strings = std::array::from_fn(|_| dice.share());
        Self { dice, speed, memory, strings, skill: BTreeMap::new() }
    }

    fn sleep(&mut self) {
        self.skill.values_mut().for_each(|minutes| *minutes *= self.memory);
    }

    /// Plays a task: what was counted, how fast, and which rows came up.
    fn practise(
        &mut self,
        item: &Item,
        task: &Task,
    ) -> (Tally, Option<f32>, BTreeMap<String, u32>) {
        let skill = self.skill.get(&item.to_string()).copied().unwrap_or(0.0);
        let mut tally = Tally::default();
        let mut rows = BTreeMap::new();
        let tries = self.tries(task);
        for attempt in 0..tries {
            let so_far = skill + self.speed * task.minutes * attempt as f32 / tries as f32;
            let clean = self.dice.share() < 1.0 - 0.75 / (1.0 + 0.6 * so_far);
            tally.count(clean);
            if let (false, Item::Chord(chord)) = (clean, item) {
                let string = self.fault_string();
                *rows.entry(self.row(chord.to_string(), string)).or_insert(0) += 1;
            }
        }
        let learnt = skill + self.speed * task.minutes;
        self.skill.insert(item.to_string(), learnt);
        let noise = 0.9 + 0.2 * self.dice.share();
        let rate = matches!(item, Item::Pair(..));
        let rate = rate.then(|| (noise * (10.0 + 14.0 * learnt.ln_1p())).min(75.0));
        (tally, rate, rows)
    }

    fn tries(&self, task: &Task) -> u32 {
        let seconds = match task.target.kind {
            DrillKind::Song => 60.0,
            DrillKind::Changes => 4.0,
            DrillKind::Place | DrillKind::Strings => 15.0,
            _ => 6.0,
        };
        ((task.minutes * 60.0 / seconds) as u32).max(1)
    }

    /// The string that fails: hard ones more often.
    fn fault_string(&mut self) -> u8 {
        let all: f32 = self.strings.iter().sum::<f32>().max(1e-3);
        let mut at = self.dice.share() * all;
        for (place, hard) in self.strings.iter().enumerate() {
            at -= hard;
            if at <= 0.0 {
                return 6 - place as u8;
            }
        }
        StringNumber::THICK_TO_THIN.len() as u8
    }

    /// What the real teacher calls that.
    fn row(&mut self, chord: String, string: u8) -> String {
        let state = if self.dice.share() < 0.6 { "dead" } else { "buzz" };
        let event = format!(
            "{{\"v\":1,\"target\":\"{chord}\",\"strings\":[{{\"string\":{string},\
             \"state\":\"{state}\",\"confidence\":0.95}}]}}"
        );
        let told = LessonEvent::parse(&event).map(|event| diagnose(&event, Address::Neutral));
        told.map_or_else(|_| "none".to_owned(), |feedback| feedback.tip_id.0)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Dice(u64);

impl Dice {
    fn share(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 40) as f32 / (1_u64 << 24) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_gates_and_reviews_behave_for_whoever_is_drawn() {
        let (mut due, mut planned, mut eased) = (0, 0, 0);
        for seed in 0..40 {
            for minutes in [5, 7, 20] {
                let days = week(Drawn { seed, minutes, days: 8 });
                assert_eq!(days.len(), 7);
                let mut passed = 0;
                for day in &days {
                    let sum: f32 = day.plan.iter().map(|(_, minutes)| minutes).sum();
                    assert!((sum - f32::from(minutes)).abs() < 1e-3, "{day:?}");
                    // A short day has no song before the first chord is strummed.
                    let sung = day.plan.last().unwrap().0.starts_with("song:");
                    let first = |item: &str| item.starts_with("step:") || item == "chord:E:min";
                    let first = day.plan.iter().all(|(item, _)| first(item));
                    assert!(sung || (minutes == 5 && first), "{day:?}");
                    let longest = day.plan.iter().map(|(_, minutes)| *minutes).fold(0.0, f32::max);
                    assert!(longest <= (f32::from(minutes) / 2.0).max(3.0), "{day:?}");
                    assert!(day.passed >= passed, "a gate closed again: {day:?}");
                    let songs = |item: &String| item.starts_with("song:");
                    let waits = day.due.iter().all(songs) || day.due_planned > 0;
                    assert!(waits, "nothing due is planned: {day:?}");
                    assert!(!day.faults.contains_key("none"), "{day:?}");
                    for two in day.plan.windows(2) {
                        assert!(two[0].0 != two[1].0 || !two[0].0.starts_with("pair"), "{day:?}");
                    }
                    passed = day.passed;
                    due += day.due.len();
                    planned += day.due_planned;
                    eased += usize::from(day.eased);
                }
                assert_eq!(days[0].current, "setup.hold");
                assert!(days[0].due.is_empty() && days[1].current != "setup.hold");
                assert!(days[6].passed > days[0].passed, "{seed} {minutes}: {days:?}");
                let again = week(Drawn { seed, minutes, days: 8 });
                assert_eq!(format!("{days:?}"), format!("{again:?}"));
            }
        }
        assert!(due > 100 && planned * 2 > due, "{planned} of {due} due items were planned");
        assert!(eased > 0, "no hard day was followed by a sure win");
    }
}
