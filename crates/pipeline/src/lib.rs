//! What carries a lesson: ports to the world, threads, bounded queues, the clock.
//!
//! No adapter lives here: microphones, models and voices implement the traits of [`ports`] in
//! `engines`. No lesson logic either: that is `tutor`.

mod aim;
mod check;
mod clock;
mod device;
mod ear;
pub mod journal;
mod listening;
mod manners;
mod metronome;
pub mod ports;
mod rehearsal;
mod session;
mod sitting;
mod speech;
mod thought;
mod threads;
mod tuning;

pub use check::{Check, CheckParts, CheckScreen, CheckUpdate};
pub use clock::SystemClock;
pub use ear::{Ear, Sensed};
pub use manners::{Manners, Origin};
pub use rehearsal::{Step, rehearse, rehearse_drill};
pub use session::{Parts, Screen, Session, Status, Update, Wording};
pub use sitting::Sitting;
pub use thought::{choice_grammar, choose_wording};
pub use tuning::{Tuning, TuningParts, TuningScreen, TuningUpdate};
