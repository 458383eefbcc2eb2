//! Names beside the store's folder.

use crate::domain::kernel::time::Millis;
use std::path::{Path, PathBuf};

/// A name beside `dir` that nothing has, made from the time.
pub(super) fn free_name(dir: &Path, kind: &str, at: Millis) -> PathBuf {
    let millis = i64::try_from(at.0).unwrap_or(i64::MAX);
    let time = jiff::Timestamp::from_millisecond(millis).unwrap_or_default().strftime("%Y%m%dT%H%M%SZ");
    let first = beside(dir, &format!("{kind}-{time}"));
    let others = (2..).map(|n| beside(dir, &format!("{kind}-{time}-{n}")));
    std::iter::once(first).chain(others).find(|path| !path.exists()).expect("the numbers do not end")
}

pub(super) fn beside(dir: &Path, rest: &str) -> PathBuf {
    dir.with_file_name(format!("{}.{rest}", dir.file_name().unwrap_or_default().to_string_lossy()))
}
