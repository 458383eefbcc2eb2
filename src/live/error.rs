//! Why a command got no receipt.

use crate::domain::rejection::Rejection;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The rules say no; nothing changed.
    #[error("refused: {}", .0.code())]
    Rejected(Rejection),
    /// The mailbox is full; the sender keeps its command and tries again.
    #[error("the contest is busy")]
    Overloaded,
    /// The facts could not be made durable; it is unknown whether they are. Sending the same id again is safe.
    #[error("the journal cannot be written")]
    Unavailable,
}

impl SubmitError {
    pub fn code(&self) -> &'static str {
        match self {
            SubmitError::Rejected(rejection) => rejection.code(),
            SubmitError::Overloaded => "overloaded",
            SubmitError::Unavailable => "unavailable",
        }
    }
}
