//! Who gets the time of a day. No task has more than half of it (of five minutes, three), unless nothing else is left.

use super::{Draft, SHORTEST, Subject, is_in, order, songs};

/// No task but the song is longer while others can be, in seconds.
const LONGEST: u32 = 180;
/// The same on a day of five minutes.
const LONGEST_OF_FEW: u32 = 120;

/// The time of a day, in seconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// All of it.
    pub(super) whole: u32,
    /// Of it for the song, to begin with.
    pub(super) song: u32,
}

impl Room {
    /// What no task is longer than while something else can be practised.
    fn longest(self) -> u32 {
        if self.is_short() { LONGEST_OF_FEW } else { LONGEST.min(self.half()) }
    }

    /// Whether all there is are five minutes: a minute of them goes to something else that is known,
    /// another one each day.
    fn is_short(self) -> bool {
        self.whole <= 300
    }

    /// What no task is longer than.
    fn half(self) -> u32 {
        let minutes = self.whole / 60;
        60 * if minutes <= 5 { minutes.div_ceil(2) } else { minutes / 2 }
    }
}

/// The tasks of a day in their order, its song last: together they last as long as the day. What is
/// left lengthens what is practised, then the song, then brings something of `spare`; on a day of five
/// minutes first something of `spare`, then the song.
pub(super) fn fill(
    mut drafts: Vec<Draft>,
    opening: usize,
    song: Option<Draft>,
    room: Room,
    spare: Vec<Draft>,
) -> Vec<Draft> {
    let half = room.half();
    let mut song = song.map(|song| Draft { seconds: room.song.min(half), ..song });
    order::interleave(&mut drafts, opening);
    let left = |drafts: &[Draft], song: &Option<Draft>| {
        let used: u32 = drafts.iter().chain(song).map(|draft| draft.seconds).sum();
        room.whole.saturating_sub(used)
    };
    let time = left(&drafts, &song);
    lengthen(drafts.get_mut(opening..).unwrap_or_default(), time, room.longest());
    if !room.is_short() {
        let time = left(&drafts, &song);
        lengthen_song(&mut song, time, half);
    }
    for draft in spare {
        let twice = |other: &Draft| other.kind == draft.kind && other.subject == draft.subject;
        if left(&drafts, &song) < SHORTEST {
            break;
        }
        if drafts.iter().any(twice) || (draft.reason == "keep" && is_in(&drafts, &draft)) {
            continue;
        }
        drafts.push(draft);
        if room.is_short() && song.as_ref().is_some_and(|song| !songs::is_waiting(song)) {
            // The song has what is left now.
            break;
        }
        let time = left(&drafts, &song);
        lengthen(drafts.get_mut(opening..).unwrap_or_default(), time, room.longest());
    }
    if room.is_short() {
        let time = left(&drafts, &song);
        lengthen_song(&mut song, time, half);
    }
    let time = left(&drafts, &song);
    lengthen(&mut drafts, time, half);
    drafts.extend(song);
    let time = left(&drafts, &None);
    if let Some(last) = drafts.last_mut() {
        last.seconds += time;
    }
    drafts
}

/// Spends so many seconds on the song, unless it waits for a chord.
fn lengthen_song(song: &mut Option<Draft>, seconds: u32, half: u32) {
    if let Some(song) = song.as_mut().filter(|song| !songs::is_waiting(song)) {
        song.seconds += seconds.min(half.saturating_sub(song.seconds));
    }
}

/// Spends so many seconds on what is practised, a minute each in turn, none longer than `longest`.
fn lengthen(drafts: &mut [Draft], mut seconds: u32, longest: u32) {
    loop {
        let had = seconds;
        for draft in drafts.iter_mut() {
            let told = matches!(draft.subject, Subject::Step(_));
            if !told && seconds >= SHORTEST && draft.seconds + SHORTEST <= longest {
                draft.seconds += SHORTEST;
                seconds -= SHORTEST;
            }
        }
        if seconds == had {
            return;
        }
    }
}
