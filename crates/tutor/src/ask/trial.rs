//! What the commands are worth on lines of somebody whose lines were not learnt from. No part of a
//! lesson.

use super::Understood;
use super::commands::{classes, samples};
use super::learn::learn;
use super::understand::{Models, understood};
use super::{recognise, ways};

/// A line of the lesson, understood by models that have seen none of its writer's.
#[derive(Debug, Clone, PartialEq)]
pub struct CommandTrial {
    /// The text.
    pub text: &'static str,
    /// The intents that are right; `unknown` where the teacher was not meant.
    pub expected: Vec<&'static str>,
    /// What it is understood as.
    pub understood: Understood,
}

impl CommandTrial {
    /// Whether it is one of the right ones.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.expected.contains(&self.understood.intent.key())
    }

    /// Whether nothing should be done.
    #[must_use]
    pub fn is_talk(&self) -> bool {
        self.expected == ["unknown"]
    }
}

/// The lines of each writer, understood by models of the others. Takes minutes.
#[must_use]
pub fn commands_cross_validated() -> Vec<CommandTrial> {
    ways::writers(ways::COMMANDS).into_iter().flat_map(trials).collect()
}

pub(super) fn trials(writer: &'static str) -> Vec<CommandTrial> {
    let commands = learn(&samples(Some(writer)), classes().count(), 0);
    let questions = recognise::without(writer);
    let models = Models { commands: &commands, questions: &questions };
    let of_writer = ways::read(ways::COMMANDS).filter(|way| way.writer == writer);
    let trial = |way: ways::Way| {
        let understood = understood(way.text, None, &models).ok()?;
        Some(CommandTrial { text: way.text, expected: way.meanings().collect(), understood })
    };
    of_writer.filter_map(trial).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_is_understood_by_models_of_the_others() {
        let all = trials("a");
        let right = all.iter().filter(|trial| trial.is_right()).count();
        assert!(all.len() > 150 && right * 100 >= all.len() * 80, "{right} of {}", all.len());
    }
}
