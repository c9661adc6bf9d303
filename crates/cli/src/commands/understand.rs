use tutor::ask::understand;

use crate::failure::Failure;
use crate::output::Output;

pub(crate) fn run(text: &str, lesson: Option<&str>, output: &mut Output) -> Result<(), Failure> {
    let understood = understand(text, lesson).map_err(Failure::no_question)?;
    output.line("intent", &understood, || {
        let slots = serde_json::to_string(&understood.slots).unwrap_or_default();
        format!("{} {slots}", understood.intent.key())
    })
}
