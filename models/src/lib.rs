//! The pinned, hashed model catalogue and its verification.
