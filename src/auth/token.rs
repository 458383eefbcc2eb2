//! Random tokens. Who holds one is let in, so only its hash is ever stored, compared or printed.
//!
//! Tokens of 112 bits and more cannot be guessed: a plain SHA-256 is enough for them. PINs and passwords need
//! more, see `password`.

use rand::Rng;
use serde_with::{DeserializeFromStr, SerializeDisplay};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// Where random bytes come from; tests may hand in their own.
#[derive(Clone)]
pub struct Random(Arc<Fill>);

impl Random {
    /// The cryptographic generator of this process, seeded by the system.
    pub fn system() -> Self {
        Random(Arc::new(|bytes| rand::rng().fill_bytes(bytes)))
    }

    pub fn from_fn(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Random(Arc::new(fill))
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0)(&mut bytes);
        bytes
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}

/// `N` random bytes, written as lower-case hex. Its `Debug` says nothing.
#[derive(Clone)]
pub struct Token<const N: usize>([u8; N]);

/// In the fragment of a card's QR code: 128 bits.
pub type CardToken = Token<16>;
/// In a session's cookie: 256 bits.
pub type SessionToken = Token<32>;
/// In the link that claims a fresh server: 128 bits.
pub type ClaimToken = Token<16>;

/// The text is not a token of this size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token")]
pub struct NotAToken;

impl<const N: usize> Token<N> {
    pub fn random(random: &Random) -> Self {
        Token(random.bytes())
    }

    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0).into())
    }

    /// The token itself, for the one place it is handed out.
    pub fn reveal(&self) -> String {
        hex::encode(self.0)
    }
}

impl<const N: usize> FromStr for Token<N> {
    type Err = NotAToken;
    fn from_str(text: &str) -> Result<Self, NotAToken> {
        unhex(text).map(Token).ok_or(NotAToken)
    }
}

impl<const N: usize> fmt::Debug for Token<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// SHA-256 of a token: what is stored. Compared in constant time; `Debug` shows its first four bytes only.
#[derive(Clone, Copy, Eq, PartialOrd, Ord, SerializeDisplay, DeserializeFromStr)]
pub struct TokenHash(pub [u8; 32]);

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl std::hash::Hash for TokenHash {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", hex::encode(&self.0[..4]))
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl FromStr for TokenHash {
    type Err = NotAToken;
    fn from_str(text: &str) -> Result<Self, NotAToken> {
        unhex(text).map(TokenHash).ok_or(NotAToken)
    }
}

/// None that is spelt otherwise than it is given out.
fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let plain = text.len() == 2 * bytes.len() && !text.bytes().any(|digit| digit.is_ascii_uppercase());
    (plain && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_one_spelling() {
        let token = SessionToken::random(&Random::system());
        let text = token.reveal();
        assert_eq!(text.len(), 64);
        assert_eq!(text.parse::<SessionToken>().map(|t| t.hash()), Ok(token.hash()));
        for bad in [&text[1..], &format!("{text}0"), &text.replace(|c: char| c.is_ascii_hexdigit(), "F")] {
            assert_eq!(bad.parse::<SessionToken>().err(), Some(NotAToken), "{bad}");
        }
        assert!("".parse::<CardToken>().is_err());
    }

    #[test]
    fn hashes_are_those_of_sha_256() {
        let zero: CardToken = "0".repeat(32).parse().expect("a token");
        let expected = "374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb";
        assert_eq!(zero.hash().to_string(), expected);
    }
}
