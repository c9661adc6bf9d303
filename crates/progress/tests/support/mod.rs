//! Students and their practice, for tests.
#![allow(dead_code, reason = "each test file uses some of it")]

use pipeline::journal::{Journal, Practised, Settings, Student};
use progress::Profile;
use tutor::TipId;
use tutor::review::{Day, Moment};

/// The day on which the tests begin: 26 November 2026.
pub(crate) const TODAY: Day = Day(20_783);

/// Noon of a day, and some seconds.
pub(crate) fn at(day: i32, second: i64) -> Moment {
    Moment::of((i64::from(TODAY.0 + day) * 86_400 + 43_200 + second) * 1_000, 0)
}

/// Tries as signs: `+` clean.
pub(crate) fn practised(item: &str, began: Moment, tries: &str) -> Practised {
    let mut practised = Practised::new(item.parse().unwrap(), began);
    tries.chars().for_each(|sign| practised.tally.count(sign == '+'));
    practised.seconds = tries.len() as f32 * 2.5;
    let wrong = tries.matches('-').count() as u32;
    if wrong > 0 {
        practised.faults.insert(TipId("L05".to_owned()), wrong);
    }
    practised
}

/// Somebody with default settings.
pub(crate) fn student(profile: &mut Profile, name: &str) -> Student {
    profile.admit(name, &Settings::default(), TODAY).unwrap()
}

/// A profile with one student and `records` records over some days.
pub(crate) fn filled(profile: &mut Profile, name: &str, records: usize) -> Student {
    let student = student(profile, name);
    for n in 0..records {
        let item = ["chord:E:min", "chord:A:min", "pair:E:min>A:min"][n % 3];
        let day = (n / 10) as i32 - (records / 10) as i32;
        profile.record(student.id, &practised(item, at(day, n as i64), "-+++")).unwrap();
    }
    student
}
