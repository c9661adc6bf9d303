//! One measured figure, and the table they stand in.

use std::fmt::Write as _;

use serde::Serialize;

/// What a figure must reach or must not pass.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// At least this.
    Least(f64),
    /// At most this.
    Most(f64),
}

impl Bound {
    /// Whether `figure` keeps it.
    #[must_use]
    pub fn holds(self, figure: f64) -> bool {
        match self {
            Self::Least(least) => figure >= least,
            Self::Most(most) => figure <= most,
        }
    }
}

/// A figure over one group of takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What is counted.
    pub row: String,
    /// `percent`, `s`, `cents`, `ms` or `ece`.
    pub unit: &'static str,
    /// The value for our ears; none where nothing was measured.
    pub value: Option<f64>,
    /// Over how many cases.
    pub n: usize,
    /// What is hoped for.
    pub expect: Option<Bound>,
    /// The same figure for each reference that has one, by name.
    pub references: Vec<(&'static str, f64)>,
}

impl Figure {
    /// A share in percent.
    pub(crate) fn share(row: impl Into<String>, hits: usize, n: usize) -> Self {
        let value = (n > 0).then(|| percent(hits, n));
        Self { row: row.into(), unit: "percent", value, n, expect: None, references: Vec::new() }
    }

    pub(crate) fn of(
        row: impl Into<String>,
        unit: &'static str,
        value: Option<f64>,
        n: usize,
    ) -> Self {
        let value = value.filter(|value| value.is_finite());
        Self { row: row.into(), unit, value, n, expect: None, references: Vec::new() }
    }

    pub(crate) fn least(mut self, bound: f64) -> Self {
        self.expect = Some(Bound::Least(bound));
        self
    }

    pub(crate) fn most(mut self, bound: f64) -> Self {
        self.expect = Some(Bound::Most(bound));
        self
    }

    pub(crate) fn beside(mut self, name: &'static str, value: Option<f64>) -> Self {
        self.references.extend(value.filter(|v| v.is_finite()).map(|value| (name, value)));
        self
    }

    fn cell(&self) -> String {
        match self.value {
            None => "–".to_owned(),
            Some(value) => format!("{} ({})", number(value, self.unit), self.n),
        }
    }
}

pub(crate) fn percent(hits: usize, n: usize) -> f64 {
    100.0 * hits as f64 / n.max(1) as f64
}

fn number(value: f64, unit: &str) -> String {
    match unit {
        "percent" => format!("{value:.1}"),
        "ms" => format!("{value:.1}"),
        "cents" => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// A suite's figures, for all takes and for groups of them.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name on the command line.
    pub suite: &'static str,
    /// What it is made of, and what may have been seen before.
    pub about: String,
    /// Group by group, `all` first; every group has the same rows.
    pub groups: Vec<(String, Vec<Figure>)>,
}

impl Table {
    /// The figure of a row over all takes.
    #[must_use]
    pub fn overall(&self, row: &str) -> Option<&Figure> {
        self.groups.first()?.1.iter().find(|figure| figure.row == row)
    }
}

/// A table for people: a row for each figure, a column for each group, references behind.
impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}: {}", self.suite, self.about)?;
        let Some((_, all)) = self.groups.first() else { return Ok(()) };
        let mut head = format!("{:<38} {:>8}", "figure (cases)", "expect");
        for (name, _) in &self.groups {
            let _ = write!(head, " {name:>15}");
        }
        writeln!(f, "{head}   beside, all")?;
        for (place, figure) in all.iter().enumerate().filter(|(_, figure)| figure.n > 0) {
            let unit = if figure.unit == "percent" { "%" } else { figure.unit };
            write!(f, "{:<38} {:>8}", format!("{}, {unit}", figure.row), bound(figure.expect))?;
            for (_, figures) in &self.groups {
                write!(f, " {:>15}", figures.get(place).map_or("–".to_owned(), Figure::cell))?;
            }
            let beside: Vec<String> = figure
                .references
                .iter()
                .map(|(name, value)| format!("{name} {}", number(*value, figure.unit)))
                .collect();
            writeln!(f, "   {}", beside.join(", "))?;
        }
        Ok(())
    }
}

fn bound(expect: Option<Bound>) -> String {
    match expect {
        None => String::new(),
        Some(Bound::Least(least)) => format!("≥ {least}"),
        Some(Bound::Most(most)) => format!("≤ {most}"),
    }
}

/// The value below which a share of `values` lies.
#[must_use]
pub fn quantile(mut values: Vec<f64>, share: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    values.get((share * last as f64).round() as usize).copied()
}

pub(crate) fn deviation(values: &[f64]) -> Option<f64> {
    let n = values.len();
    let mean = values.iter().sum::<f64>() / n.max(1) as f64;
    let square = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n.max(2) as f64;
    (n > 1).then(|| square.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_bounds_and_quantiles() {
        let figure = Figure::share("right", 19, 20).least(95.0);
        assert_eq!(figure.value, Some(95.0));
        assert!(Bound::Least(95.0).holds(95.0) && !Bound::Most(5.0).holds(5.1));
        assert_eq!(Figure::share("none", 0, 0).value, None);
        assert_eq!(quantile(vec![3.0, 1.0, 2.0], 0.5), Some(2.0));
        assert_eq!(quantile(Vec::new(), 0.5), None);
    }
}
