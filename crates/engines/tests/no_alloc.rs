//! The audio callback allocates nothing, whatever comes. In a test binary of its own: the global
//! allocator is the measuring instrument.

use assert_no_alloc::{AllocDisabler, assert_no_alloc, violation_count};
use engines::capture::Intake;

#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

/// One test, because the count of violations is one for the whole thread.
#[test]
fn the_callback_allocates_nothing_and_counts_what_it_drops() {
    assert_no_alloc(|| drop(std::hint::black_box(Vec::<u8>::with_capacity(64))));
    let seen = violation_count();
    assert!(seen > 0, "the instrument sees an allocation");

    let (mut intake, mut samples) = Intake::new(2, 1_000);
    let overruns = intake.overruns();
    let (floats, words) = ([0.5f32, -0.25].repeat(400), [i16::MAX, i16::MIN].repeat(400));
    let odd = [u16::MAX; 7];
    assert_no_alloc(|| {
        intake.take(&floats);
        intake.take(&words);
        intake.take(&odd);
        intake.take::<f32>(&[]);
        intake.take(&[f32::NAN, f32::INFINITY]);
    });
    assert_eq!(violation_count(), seen);

    assert_eq!(samples.slots(), 804);
    assert!(samples.pop().is_ok_and(|mono| (mono - 0.125).abs() < 1e-6));
    assert_no_alloc(|| (0..4).for_each(|_| intake.take(&floats)));
    assert_eq!(violation_count(), seen);
    assert_eq!(samples.slots(), 1_000);
    assert_eq!(overruns.count(), 803 + 4 * 400 - 1_000);
}
