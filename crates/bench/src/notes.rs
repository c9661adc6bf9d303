//! Notes heard against notes played: matched one to one, as `mir_eval` counts them.

/// A note that was played, or that was heard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Note {
    pub(crate) onset: f64,
    pub(crate) offset: f64,
    /// MIDI number with its fraction.
    pub(crate) pitch: f32,
}

const ONSET_SECONDS: f64 = 0.05;
const PITCH: f32 = 0.5;

/// How many notes agree in onset (50 ms) and pitch (50 cents), each counted once.
pub(crate) fn agreeing(played: &[Note], heard: &[Note]) -> usize {
    let fits = |a: &Note, b: &Note| {
        (a.onset - b.onset).abs() <= ONSET_SECONDS && (a.pitch - b.pitch).abs() <= PITCH
    };
    let mut taken: Vec<Option<usize>> = vec![None; heard.len()];
    (0..played.len()).filter(|note| assign(*note, played, heard, &fits, &mut taken)).count()
}

/// Finds `note` a partner, moving others if need be (Kuhn's algorithm).
fn assign(
    note: usize,
    played: &[Note],
    heard: &[Note],
    fits: &dyn Fn(&Note, &Note) -> bool,
    taken: &mut [Option<usize>],
) -> bool {
    let mut open = vec![(note, 0usize)];
    let mut seen = vec![false; heard.len()];
    let mut path: Vec<(usize, usize)> = Vec::new();
    while let Some((who, from)) = open.pop() {
        let next = (from..heard.len()).find(|h| !seen[*h] && fits(&played[who], &heard[*h]));
        let Some(partner) = next else {
            path.pop();
            continue;
        };
        seen[partner] = true;
        open.push((who, partner + 1));
        path.push((who, partner));
        match taken[partner] {
            Some(other) => open.push((other, 0)),
            None => {
                path.iter().for_each(|(who, partner)| taken[*partner] = Some(*who));
                return true;
            }
        }
    }
    false
}

/// Harmonic mean of precision and recall.
pub(crate) fn f1(agreeing: usize, played: usize, heard: usize) -> f64 {
    2.0 * agreeing as f64 / (played + heard).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(onset: f64, pitch: f32) -> Note {
        Note { onset, offset: onset + 1.0, pitch }
    }

    #[test]
    fn each_note_counts_once_and_the_best_pairing_is_found() {
        let played = [note(0.0, 60.0), note(0.04, 60.0), note(1.0, 62.0)];
        // The first heard note fits both; the second only the first.
        let heard = [note(0.02, 60.1), note(-0.03, 60.0), note(1.2, 62.0)];
        assert_eq!(agreeing(&played, &heard), 2);
        assert_eq!(agreeing(&played, &played), 3);
        assert_eq!(agreeing(&played, &[]), 0);
        assert!((f1(2, 3, 3) - 2.0 / 3.0).abs() < 1e-9);
    }
}
