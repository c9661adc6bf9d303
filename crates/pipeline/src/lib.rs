//! What carries a lesson: ports to the world, threads, bounded queues, the clock.
//!
//! No adapter lives here: microphones, models and voices implement the traits of [`ports`] in
//! `engines`. No lesson logic either: that is `tutor`.

pub mod ports;
