//! Days as people name them.

use crate::review::Day;

const WEEKDAYS: [&str; 7] = ["ראשון", "שני", "שלישי", "רביעי", "חמישי", "שישי", "שבת"];
const MONTHS: [&str; 12] = [
    "ינואר",
    "פברואר",
    "מרץ",
    "אפריל",
    "מאי",
    "יוני",
    "יולי",
    "אוגוסט",
    "ספטמבר",
    "אוקטובר",
    "נובמבר",
    "דצמבר",
];

/// «יום שני, 23 בנובמבר»; a Saturday is «שבת».
#[must_use]
pub fn date_name(day: Day) -> String {
    // 1 January 1970 was a Thursday.
    let weekday = WEEKDAYS[usize::try_from((day.0 + 4).rem_euclid(7)).unwrap_or_default()];
    let (_, month, of_month) = day.date();
    let month = MONTHS[usize::from(month.clamp(1, 12) - 1)];
    match weekday {
        "שבת" => format!("שבת, {of_month} ב{month}"),
        weekday => format!("יום {weekday}, {of_month} ב{month}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_names() {
        let name = |year, month, day| date_name(Day::of(year, month, day).unwrap());
        assert_eq!(name(2026, 11, 23), "יום שני, 23 בנובמבר");
        assert_eq!(name(2026, 11, 28), "שבת, 28 בנובמבר");
        assert_eq!(name(1969, 12, 31), "יום רביעי, 31 בדצמבר");
        assert_eq!(name(2024, 2, 29), "יום חמישי, 29 בפברואר");
    }
}
