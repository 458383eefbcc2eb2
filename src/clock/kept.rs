//! `clock.json`: what a server leaves to the next one, so that it goes on by the same clock.

use crate::domain::scoring::lot::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What `clock.json` holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The machine's start that `ahead_ms` counts from.
    pub boot: String,
    pub ahead_ms: i64,
    /// SHA-256, in hex, of both: one flipped bit would be another century.
    check: String,
}

impl Kept {
    pub fn new(boot: String, ahead_ms: i64) -> Self {
        let check = Kept::check(&boot, ahead_ms);
        Kept { boot, ahead_ms, check }
    }

    fn check(boot: &str, ahead_ms: i64) -> String {
        hex(&Sha256::digest(format!("podium/clock/v1\n{boot}\n{ahead_ms}\n")))
    }

    pub fn is_whole(&self) -> bool {
        self.check == Kept::check(&self.boot, self.ahead_ms)
    }
}
