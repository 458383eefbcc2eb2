//! Identifiers: small typed numbers that print as the field writes them (`P7`, `J3`, `R1`, `R1-P7`).
//!
//! They know their own spelling and nothing else; whether a project exists is the contest's business.

use serde_with::{DeserializeFromStr, SerializeDisplay};
use std::fmt;
use std::str::FromStr;

/// A text is not the identifier it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not {expected}")]
pub struct NotAnId {
    pub text: String,
    pub expected: &'static str,
}

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $expected:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
        pub struct $name(pub u16);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.strip_prefix($prefix)
                    .filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
                    .filter(|digits| !digits.starts_with('0'))
                    .and_then(|digits| digits.parse().ok())
                    .map($name)
                    .ok_or_else(|| NotAnId { text: text.to_owned(), expected: $expected })
            }
        }

    };
}

number_id!(
    /// A project's number in the contest, `P7`. The lot hashes this very spelling.
    ProjectId, "P", "a project (P1, P2, …)"
);
number_id!(
    /// A judge's number on the panel, `J3`.
    JudgeId, "J", "a judge (J1, J2, …)"
);
number_id!(
    /// A track, `T2`.
    TrackId, "T", "a track (T1, T2, …)"
);
number_id!(
    /// A segment of the programme, `S4`.
    SegmentId, "S", "a segment (S1, S2, …)"
);
number_id!(
    /// A round, `R1`.
    RoundId, "R", "a round (R1, R2, …)"
);

/// One appearance of a project in a round: `R1-P7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct PitchId {
    pub round: RoundId,
    pub project: ProjectId,
}

impl fmt::Display for PitchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.round, self.project)
    }
}

impl FromStr for PitchId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let parts = text.split_once('-').and_then(|(r, p)| Some((r.parse().ok()?, p.parse().ok()?)));
        let (round, project) =
            parts.ok_or_else(|| NotAnId { text: text.to_owned(), expected: "a pitch (R1-P1, …)" })?;
        Ok(PitchId { round, project })
    }
}

/// 128 random bits made on the device that gives the command; 32 lower-case hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct CommandId(pub u128);

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for CommandId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let plain = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        plain
            .then(|| u128::from_str_radix(text, 16).ok())
            .flatten()
            .map(CommandId)
            .ok_or_else(|| NotAnId { text: text.to_owned(), expected: "a command id (32 hex digits)" })
    }
}

/// A contest's code: 4–12 characters of Crockford's base 32 in lower case (no i, l, o, u), safe in a path and a file name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct ContestCode(String);

impl ContestCode {
    const ALPHABET: &'static [u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

    /// A fresh code of six characters from random bytes that the caller hands in.
    pub fn from_random(bytes: [u8; 6]) -> Self {
        ContestCode(bytes.iter().map(|b| Self::ALPHABET[usize::from(b % 32)] as char).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContestCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ContestCode {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let fits = (4..=12).contains(&text.len()) && text.bytes().all(|b| Self::ALPHABET.contains(&b));
        fits.then(|| ContestCode(text.to_owned()))
            .ok_or_else(|| NotAnId { text: text.to_owned(), expected: "a contest code" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_spelt_one_way_only() {
        assert_eq!("P7".parse(), Ok(ProjectId(7)));
        assert_eq!("R1-P7".parse::<PitchId>().map(|p| p.to_string()), Ok("R1-P7".into()));
        for bad in ["", "P", "7", "p7", "P07", "P-1", "P65536", "P7 ", "P７"] {
            assert!(bad.parse::<ProjectId>().is_err(), "{bad:?} was taken for a project");
        }
        for bad in ["R1P7", "P7-R1", "R1-", "R1-P7-"] {
            assert!(bad.parse::<PitchId>().is_err(), "{bad:?} was taken for a pitch");
        }
    }

    #[test]
    fn command_ids_and_codes_refuse_what_is_not_theirs() {
        let id = "00112233445566778899aabbccddeeff";
        assert_eq!(id.parse::<CommandId>().map(|c| c.to_string()), Ok(id.into()));
        assert!("00112233445566778899AABBCCDDEEFF".parse::<CommandId>().is_err());
        assert!("+0112233445566778899aabbccddeeff".parse::<CommandId>().is_err());
        assert!("../x".parse::<ContestCode>().is_err());
        assert_eq!(ContestCode::from_random([0, 31, 32, 255, 10, 11]).as_str(), "0z0zab");
    }
}
