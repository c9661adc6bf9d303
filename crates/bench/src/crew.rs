//! Work shared among all cores; the answers come in the order of the work.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use pipeline::ports::PitchWitness;

use crate::outcome::Ears;

/// Makes the pitch witness of a thread; none where it is not installed.
pub type WitnessMaker<'a> = dyn Fn() -> Option<Box<dyn PitchWitness>> + Sync + 'a;

/// What `work` says of every item, ears of its own for each thread.
pub(crate) fn each<T: Sync, R: Send>(
    items: &[T],
    witness: &WitnessMaker<'_>,
    work: impl Fn(&mut Ears, &T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let hands = thread::available_parallelism().map_or(1, usize::from).min(items.len().max(1));
    thread::scope(|scope| {
        for _ in 0..hands {
            scope.spawn(|| {
                let mut ears = Ears::new(witness());
                while let Some((place, item)) = take(items, &next) {
                    let answer = work(&mut ears, item);
                    done.lock().unwrap_or_else(|poison| poison.into_inner()).push((place, answer));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(|poison| poison.into_inner());
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, answer)| answer).collect()
}

fn take<'a, T>(items: &'a [T], next: &AtomicUsize) -> Option<(usize, &'a T)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    items.get(place).map(|item| (place, item))
}
