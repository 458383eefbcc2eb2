//! The *no*s of auth: each has a stable code, which the page turns into a sentence.

use crate::store::error::StoreError;

#[derive(Debug, Clone, thiserror::Error)]
pub enum AuthError {
    #[error("no such card")]
    WrongCard,
    #[error("wrong PIN")]
    WrongPin,
    #[error("wrong password")]
    WrongPassword,
    #[error("another device holds this seat")]
    SeatTaken,
    #[error("too many tries; again in {seconds} s")]
    SlowDown { seconds: u64 },
    #[error("the host has to approve this pairing")]
    NeedsApproval,
    #[error("the host does not show pairing")]
    PairingClosed,
    #[error("too many at once")]
    Busy,
    #[error("a password needs at least {min} characters")]
    WeakPassword { min: usize },
    #[error("the organiser's password is set already")]
    AlreadyClaimed,
    #[error("not the link that the terminal printed")]
    WrongClaim,
    #[error("whoever may change the result does not confirm it")]
    SecondPerson,
    #[error("not signed in")]
    SignedOut,
    #[error("the accounts could not be written: {0}")]
    Log(String),
    #[error("keys: {0}")]
    Keys(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AuthError {
    /// The stable code that the page has a sentence for.
    pub fn code(&self) -> &'static str {
        match self {
            AuthError::WrongCard => "wrong-card",
            AuthError::WrongPin => "wrong-pin",
            AuthError::WrongPassword => "wrong-password",
            AuthError::SeatTaken => "seat-taken",
            AuthError::SlowDown { .. } => "slow-down",
            AuthError::NeedsApproval => "needs-approval",
            AuthError::PairingClosed => "pairing-closed",
            AuthError::Busy => "busy",
            AuthError::WeakPassword { .. } => "weak-password",
            AuthError::AlreadyClaimed => "already-claimed",
            AuthError::WrongClaim => "wrong-claim",
            AuthError::SecondPerson => "second-person-here",
            AuthError::SignedOut => "signed-out",
            AuthError::Log(_) | AuthError::Keys(_) | AuthError::Store(_) => "storage-failed",
        }
    }

    /// The numbers that the sentence is filled with.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            AuthError::SlowDown { seconds } => vec![("seconds", seconds.to_string())],
            AuthError::WeakPassword { min } => vec![("min", min.to_string())],
            _ => Vec::new(),
        }
    }
}
