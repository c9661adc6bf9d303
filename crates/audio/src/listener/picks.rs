//! A string that is played by itself, in a round of strings: the ears hear no strum meanwhile.

use super::{Listener, SHORTEST};
use crate::group::Group;
use crate::impair;
use crate::judge::{self, Finding};
use crate::picking::{Pick, Picking};
use crate::pluck::Pluck;
use crate::recall::Told;
use crate::{Heard, NoteEvent, StringState};

/// Log-odds of a rattle from which it is named, and from which nothing is said: the string is played
/// again. A real steel guitar rings at up to −0.6; of 338 rattling plucks of the bench a third lies
/// over −0.3, of 659 clean ones three.
const BUZZES: f32 = 0.2;
const CLEAN: f32 = -0.3;
/// Share of the added power that the comb of a single string explains: 98 % of those of the bench had
/// more; strums had 0.56–0.84.
const SINGLE: f32 = 0.7;

impl Listener {
    /// From now on the strings of what is asked are played one by one, this one next: each pluck is
    /// told as a strum of the strings that were played so far, the others
    /// [`crate::Doubt::Awaited`]; one that did not ring is told by itself. Another of the strings is
    /// told as a note and no strum. [`Listener::aim`] ends it. A string that is not asked to sound is
    /// never heard.
    pub fn pick(&mut self, pick: Pick) {
        if let Some(picking) = &mut self.picking {
            return picking.turn_to(pick);
        }
        let target = self.config.target.as_ref();
        self.picking =
            target.and_then(|target| Picking::new(target, pick.string, self.config.tuning));
        (self.question, self.told) = (None, None);
        // A strum under way is no pluck.
        (self.group, self.pending) = (None, None);
    }

    /// What is told of a pluck. Another string, a click or a bump is no answer, and no strum either.
    pub(super) fn judge_pick(&mut self, group: Group, end: u64, out: &mut Vec<Heard>) {
        let (Some(stream), Some(picking)) = (&self.stream, &self.picking) else { return };
        let span = group.span(end);
        if end - span.from < SHORTEST || self.senses.are_foreign(end) {
            return;
        }
        let pluck = Pluck::heard(&stream.history, span.first, span.end);
        let (string, judged) = (picking.string(), (span, pluck));
        let answers = picking
            .pitches()
            .into_iter()
            .filter_map(|pitch| judge::answered(stream, judged, (string, pitch), &self.config));
        let answer = rather_right(answers, picking);
        // A thump is short and quiet; all else must stand out of the room.
        let reception = judge::reception(stream, span, self.meter.floor(), &self.config);
        let thump = matches!(answer, Some(Answer::Thump));
        if thump && picking.is_too_soon(stream.time(span.first)) {
            return;
        }
        if !thump && (reception.snr_db < impair::NOTHING_DB || reception.is_noise()) {
            return;
        }
        // How well it is heard is known from any sound, an answer or none.
        let limit = if thump { None } else { self.senses.strum(reception, out) };
        if limit.is_some() {
            return;
        }
        let Some(answer) = answer else { return out.extend(self.another(judged).map(Heard::Note)) };
        if let Some(answer) = self.unless_it_rattles(answer, span) {
            self.tell_pick(answer, span, out);
        }
    }

    /// The note of another string of what is asked, where that was played instead.
    fn another(&self, judged: (judge::Span, Option<Pluck>)) -> Option<NoteEvent> {
        let (stream, picking) = (self.stream.as_ref()?, self.picking.as_ref()?);
        let heard = picking.others().into_iter().filter_map(|of| {
            match judge::answered(stream, judged, of, &self.config)? {
                Finding::Note(note) if note.confidence > SINGLE && note.pitch == of.1 => Some(note),
                _ => None,
            }
        });
        heard.max_by(|one, other| one.confidence.total_cmp(&other.confidence))
    }

    /// A string that rings, or rattles plainly; none where it may rattle.
    fn unless_it_rattles(&self, answer: Answer, span: judge::Span) -> Option<Answer> {
        let Answer::Note(note, StringState::Rings) = answer else { return Some(answer) };
        let (stream, picking) = (self.stream.as_ref()?, self.picking.as_ref()?);
        let of = (picking.string(), &picking.voicing()?);
        match judge::rattles(stream, span, of, &self.config) {
            Some(odds) if odds > BUZZES => Some(Answer::Note(note, StringState::Buzz)),
            Some(odds) if odds > CLEAN => None,
            _ => Some(answer),
        }
    }

    fn tell_pick(&mut self, answer: Answer, span: judge::Span, out: &mut Vec<Heard>) {
        let (Some(stream), Some(picking)) = (&self.stream, &mut self.picking) else { return };
        let (state, cents) = match answer {
            Answer::Thump => (StringState::Dead, None),
            Answer::Note(note, state) => {
                out.push(Heard::Note(note));
                (state, Some(note.cents))
            }
        };
        let times = (stream.time(span.first), stream.time(span.end));
        let strum = picking.heard(times, state, cents);
        self.last = Some((strum.clone(), Vec::new()));
        self.told = Told::of(&strum, span);
        out.push(Heard::Strum(strum));
    }
}

/// What the string that is waited for did.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Thump,
    Note(NoteEvent, StringState),
}

/// Where several pitches are asked for, the one that rings.
fn rather_right(findings: impl Iterator<Item = Finding>, picking: &Picking) -> Option<Answer> {
    let mut found = None;
    for finding in findings {
        let answer = match finding {
            Finding::Thump => Answer::Thump,
            Finding::Note(note) if note.confidence < SINGLE => continue,
            Finding::Note(note) => match picking.state(&note) {
                Some(state) => Answer::Note(note, state),
                None => continue,
            },
            Finding::Nothing | Finding::Strum(_) => continue,
        };
        if matches!(answer, Answer::Note(_, StringState::Rings)) {
            return Some(answer);
        }
        found.get_or_insert(answer);
    }
    found
}
