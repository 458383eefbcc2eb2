//! How a value stands in the store: a version byte, a checksum over key and text, then JSON.
//!
//! sled opens damaged files without a word, so every value carries its own proof. The key is part of the sum:
//! a value that turns up under another key is damage too.

use crate::store::error::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// Largest stored value in bytes, its head included.
pub const VALUE_BYTES_MAX: usize = 4096;

const VERSION: u8 = 1;
const SUM_BYTES: usize = 8;
const HEAD_BYTES: usize = 1 + SUM_BYTES;

/// `value` as it is stored under `key`.
pub fn seal<T: Serialize>(key: &[u8], value: &T) -> Result<Vec<u8>, StoreError> {
    let json = serde_json::to_vec(value).map_err(|why| StoreError::Engine(why.to_string()))?;
    let bytes = HEAD_BYTES + json.len();
    if bytes > VALUE_BYTES_MAX {
        return Err(StoreError::TooLarge { bytes, max: VALUE_BYTES_MAX });
    }
    let mut sealed = Vec::with_capacity(bytes);
    sealed.push(VERSION);
    sealed.extend_from_slice(&sum(key, &json));
    sealed.extend_from_slice(&json);
    Ok(sealed)
}

/// The value stored under `key`, or `None` when it is not what was stored.
pub fn open<T: DeserializeOwned>(key: &[u8], sealed: &[u8]) -> Option<T> {
    let (head, json) = sealed.split_at_checked(HEAD_BYTES)?;
    let whole = head[0] == VERSION && head[1..] == sum(key, json);
    whole.then(|| serde_json::from_slice(json).ok()).flatten()
}

/// Whether the value stored under `key` is whole, whatever it is.
pub fn is_whole(key: &[u8], sealed: &[u8]) -> bool {
    sealed
        .split_at_checked(HEAD_BYTES)
        .is_some_and(|(head, json)| head[0] == VERSION && head[1..] == sum(key, json))
}

fn sum(key: &[u8], json: &[u8]) -> [u8; SUM_BYTES] {
    let mut hash = Sha256::new();
    hash.update([VERSION]);
    hash.update((key.len() as u64).to_be_bytes());
    hash.update(key);
    hash.update(json);
    let mut sum = [0; SUM_BYTES];
    sum.copy_from_slice(&hash.finalize()[..SUM_BYTES]);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_changed_byte_and_any_other_key_is_noticed() {
        let sealed = seal(b"key", &"亮分").expect("small");
        assert_eq!(open::<String>(b"key", &sealed).as_deref(), Some("亮分"));
        assert_eq!(open::<String>(b"kez", &sealed), None);
        for place in 0..sealed.len() {
            for bit in 0..8 {
                let mut damaged = sealed.clone();
                damaged[place] ^= 1 << bit;
                assert!(!is_whole(b"key", &damaged), "byte {place} bit {bit} went unnoticed");
            }
            assert!(!is_whole(b"key", &sealed[..place]), "cut at {place} went unnoticed");
        }
    }

    #[test]
    fn a_value_has_a_bound() {
        let fits = "x".repeat(VALUE_BYTES_MAX - HEAD_BYTES - 2);
        assert!(seal(b"k", &fits).is_ok());
        assert!(matches!(seal(b"k", &format!("{fits}x")), Err(StoreError::TooLarge { .. })));
    }
}
