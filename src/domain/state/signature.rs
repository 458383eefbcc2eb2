//! A judge's signature: the strokes and the hash of what was signed.

use crate::domain::kernel::time::Millis;
use crate::domain::terms::signature::Strokes;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub digest: String,
    pub strokes: Strokes,
    pub at: Millis,
}
