//! Why a journal cannot be opened, read or written.

use std::path::Path;

#[derive(Debug, Clone, thiserror::Error)]
pub enum JournalError {
    #[error("cannot {what} {path}: {why}")]
    Io { what: &'static str, path: String, why: String },
    #[error("{path}: record {record} at byte {offset} is damaged: {why}")]
    Damaged { path: String, record: u64, offset: u64, why: String },
    #[error(
        "{path}: record {record} has format version {version}; this program knows versions up to {known}"
    )]
    Newer { path: String, record: u64, version: u32, known: u32 },
    #[error("a fact does not encode: {0}")]
    Encode(String),
    #[error("the journal has stopped after an error")]
    Stopped,
}

impl JournalError {
    pub fn io(what: &'static str, path: &Path, why: std::io::Error) -> Self {
        JournalError::Io { what, path: path.display().to_string(), why: why.to_string() }
    }

    pub fn encode(why: impl std::fmt::Display) -> Self {
        JournalError::Encode(why.to_string())
    }
}
