//! What the keys of the projections begin with.

pub(super) const CONTEST: u8 = b'c';
pub(super) const PROJECT: u8 = b'p';

/// The contest's key for one of its projects' keys: when a project is damaged the contest has to be rebuilt.
pub(super) fn head_of(key: &[u8]) -> Option<Vec<u8>> {
    let code = key.strip_prefix(&[PROJECT])?.split(|&b| b == b'/').next()?;
    Some([&[CONTEST], code].concat())
}
