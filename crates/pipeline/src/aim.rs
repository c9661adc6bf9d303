//! What the ears aim at where any of several chords may be played.

use audio::Target;
use theory::Chord;

/// The voicings of all of `chords`: first the preferred one of each, then the others.
pub(crate) fn any_of(chords: &[Chord], target: &dyn Fn(Chord) -> Target) -> Target {
    let each: Vec<Target> = chords.iter().map(|chord| target(*chord)).collect();
    let first = each.iter().filter_map(|target| target.voicings.first());
    let others = each.iter().flat_map(|target| target.voicings.iter().skip(1));
    let mut voicings = Vec::new();
    for voicing in first.chain(others) {
        if !voicings.contains(voicing) {
            voicings.push(*voicing);
        }
    }
    Target { voicings }
}
