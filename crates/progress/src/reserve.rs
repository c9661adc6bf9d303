//! Room kept free for the day the disk is full: even deleting needs some.

use std::fs::File;
use std::io::{self, Write};

use crate::folder::{Folder, remove};

/// Enough for the companions of the database and many records.
const BYTES: usize = 1 << 20;

/// Keeps the room, if it is not kept yet. Without space there is none to keep.
pub(crate) fn keep(folder: &Folder) {
    let path = folder.reserve();
    if path.metadata().is_ok_and(|file| file.len() >= BYTES as u64) {
        return;
    }
    if let Err(error) = write(folder) {
        tracing::warn!(%error, "no reserve for a full disk");
        let _ = remove(&path);
    }
}

fn write(folder: &Folder) -> io::Result<()> {
    let mut file = File::create(folder.reserve())?;
    // Written, not only declared: a hole would keep no room. No two blocks are alike.
    let mut state = 0x9e37_79b9_u32;
    let block: Vec<u8> = (0..BYTES)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .collect();
    file.write_all(&block)?;
    file.sync_all()
}

/// Gives the room away. Tells whether there was any.
pub(crate) fn free(folder: &Folder) -> bool {
    remove(&folder.reserve()).unwrap_or(false)
}

/// Whether the disk has no room for a little more.
pub(crate) fn is_full(folder: &Folder) -> bool {
    let probe = || -> io::Result<()> {
        let path = folder.unfinished("probe")?;
        let written = std::fs::write(&path, [0xa5; 1 << 16]);
        remove(&path)?;
        written
    };
    probe().is_err_and(|error| {
        matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
    })
}
