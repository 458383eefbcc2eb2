//! A fact with who caused it, when.

use crate::domain::fact::Fact;
use crate::domain::kernel::time::Stamp;

/// A fact on its way to people.
pub struct Told {
    pub stamp: Stamp,
    pub fact: Fact,
}
