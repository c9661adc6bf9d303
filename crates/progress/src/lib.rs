//! What a student practised, kept in SQLite behind `pipeline`'s `Journal`.
//!
//! A folder holds it: the database, a copy that was checked, a reserve for a full disk, a lock.
//! Whatever was acknowledged is on the disk. Only measurements are kept, never a frame or a
//! recording. No clock and no schedule here: `tutor::review` decides when an item comes back.

mod backup;
mod export;
mod folder;
mod forget;
mod import;
mod inspect;
mod journal;
mod lock;
mod portable;
mod practised;
mod profile;
mod recover;
mod reserve;
mod reviews;
mod schema;
mod seal;
mod students;
mod trouble;

pub use export::Exported;
pub use forget::Forgotten;
pub use import::{Import, Incoming};
pub use portable::PortableError;
pub use profile::{Notice, Profile};
pub use recover::Recovered;
