//! What a start takes off a journal's end.

/// An unfinished batch at the end: none of it was acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    pub bytes: u64,
    pub records: u64,
}
