//! FSRS-6, the free spaced repetition scheduler, with its default parameters: formulas and numbers
//! as published by Open Spaced Repetition («The Algorithm», FSRS-6; the crate `fsrs` 6.6.2 gives the
//! same states, see the test). No parameter is fitted to a student here.

use serde::{Deserialize, Serialize};

use super::Grade;

/// The chance of still knowing an item on the day it is due.
pub const RETENTION: f64 = 0.9;

const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];
const STABILITY: (f64, f64) = (0.001, 36_500.0);
const DIFFICULTY: (f64, f64) = (1.0, 10.0);

/// What is kept of an item's memory.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Days after which the chance of knowing it has fallen to nine in ten.
    pub stability: f64,
    /// 1 is easy, 10 hard.
    pub difficulty: f64,
}

impl Memory {
    /// After the first time.
    #[must_use]
    pub fn first(grade: Grade) -> Self {
        let difficulty = clamp(first_difficulty(number(grade)), DIFFICULTY);
        Self { stability: W[grade as usize - 1], difficulty }
    }

    /// After another time, `days` after the last one.
    #[must_use]
    pub fn after(self, days: u32, grade: Grade) -> Self {
        let stability = clamp(self.stability, STABILITY);
        let difficulty = clamp(self.difficulty, DIFFICULTY);
        let next = match (days, grade) {
            (0, _) => same_day(stability, grade),
            (_, Grade::Again) => forgotten(stability, difficulty, self.chance(days)),
            _ => known(stability, difficulty, self.chance(days), grade),
        };
        Self {
            stability: clamp(next, STABILITY),
            difficulty: clamp(next_difficulty(difficulty, number(grade)), DIFFICULTY),
        }
    }

    /// The chance of still knowing it `days` after the last time, 0–1.
    #[must_use]
    pub fn chance(self, days: u32) -> f64 {
        let stability = clamp(self.stability, STABILITY);
        (1.0 + factor() * f64::from(days) / stability).powf(-W[20])
    }

    /// Days until the chance of knowing it has fallen to `retention`.
    #[must_use]
    pub fn interval(self, retention: f64) -> f64 {
        clamp(self.stability, STABILITY) / factor() * (retention.powf(-1.0 / W[20]) - 1.0)
    }
}

fn clamp(value: f64, (least, most): (f64, f64)) -> f64 {
    if value.is_nan() { least } else { value.clamp(least, most) }
}

fn number(grade: Grade) -> f64 {
    f64::from(grade as u8)
}

fn factor() -> f64 {
    0.9f64.powf(-1.0 / W[20]) - 1.0
}

fn first_difficulty(grade: f64) -> f64 {
    W[4] - (W[5] * (grade - 1.0)).exp() + 1.0
}

fn next_difficulty(difficulty: f64, grade: f64) -> f64 {
    let damped = difficulty - W[6] * (grade - 3.0) * (10.0 - difficulty) / 9.0;
    W[7] * (first_difficulty(4.0) - damped) + damped
}

fn known(stability: f64, difficulty: f64, chance: f64, grade: Grade) -> f64 {
    let bonus = match grade {
        Grade::Hard => W[15],
        Grade::Easy => W[16],
        Grade::Again | Grade::Good => 1.0,
    };
    let growth = W[8].exp()
        * (11.0 - difficulty)
        * stability.powf(-W[9])
        * (((1.0 - chance) * W[10]).exp() - 1.0);
    stability * (growth * bonus + 1.0)
}

fn forgotten(stability: f64, difficulty: f64, chance: f64) -> f64 {
    let left = W[11]
        * difficulty.powf(-W[12])
        * ((stability + 1.0).powf(W[13]) - 1.0)
        * ((1.0 - chance) * W[14]).exp();
    left.min(stability / (W[17] * W[18]).exp())
}

fn same_day(stability: f64, grade: Grade) -> f64 {
    let growth = (W[17] * (number(grade) - 3.0 + W[18])).exp() * stability.powf(-W[19]);
    stability * if grade == Grade::Again { growth } else { growth.max(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graded(number: &str) -> Grade {
        match number {
            "1" => Grade::Again,
            "2" => Grade::Hard,
            "3" => Grade::Good,
            "4" => Grade::Easy,
            _ => panic!("{number}"),
        }
    }

    fn remembered(reviews: &str) -> Memory {
        let mut memory: Option<Memory> = None;
        for review in reviews.split(' ') {
            let (days, grade) = review.split_once(':').unwrap();
            let grade = graded(grade);
            memory = Some(match memory {
                None => Memory::first(grade),
                Some(before) => before.after(days.parse().unwrap(), grade),
            });
        }
        memory.unwrap()
    }

    #[test]
    fn agrees_with_the_published_scheduler() {
        let rows = include_str!("fsrs-reference.csv").lines().filter(|line| !line.starts_with('#'));
        let mut compared = 0;
        for row in rows {
            let fields: Vec<&str> = row.split(';').collect();
            let expected = |n: usize| fields[n].parse::<f64>().unwrap();
            let memory = remembered(fields[0]);
            // The reference counts in single precision.
            let close = |ours: f64, theirs: f64| (ours - theirs).abs() <= 2e-4 * theirs.max(0.1);
            assert!(close(memory.stability, expected(1)), "{row}: {memory:?}");
            assert!(close(memory.difficulty, expected(2)), "{row}: {memory:?}");
            assert!(close(memory.interval(RETENTION), expected(3)), "{row}: {memory:?}");
            compared += 1;
        }
        assert_eq!(compared, 80);
    }

    #[test]
    fn agrees_with_the_values_its_own_tests_publish() {
        let memory = remembered("0:1 0:3 1:3 3:3 8:3 21:3");
        assert!((memory.stability - 53.626_91).abs() < 1e-3, "{memory:?}");
        assert!((memory.difficulty - 6.357_486_7).abs() < 1e-4, "{memory:?}");
        let one = Memory { stability: 1.0, difficulty: 5.0 };
        let intervals = [0.4, 0.5, 0.6, 0.7, 0.8].map(|r| one.interval(r).round());
        assert_eq!(intervals, [387.0, 90.0, 27.0, 9.0, 3.0]);
    }

    #[test]
    fn nonsense_does_not_spread() {
        let nonsense = Memory { stability: f64::NAN, difficulty: f64::INFINITY };
        for grade in [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy] {
            for days in [0, 1, u32::MAX] {
                let memory = nonsense.after(days, grade);
                assert!(memory.stability.is_finite() && memory.difficulty.is_finite());
                assert!((0.0..=1.0).contains(&memory.chance(days)));
            }
        }
    }
}
