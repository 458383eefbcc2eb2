//! Displays: screens of the hall that the host names and points to a role. No facts: what a screen shows changes no score.
//!
//! A display makes a random key and proves with it that it is the same again; what is kept here is the key's hash. It
//! knows how displays are called and what may follow what, not who is connected.

use crate::domain::kernel::ids::NotAnId;
use crate::domain::kernel::names;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Longest name of a display, in characters.
pub const DISPLAY_CHARS_MAX: usize = 40;
/// Displays that a contest knows at most: the named ones and those connected without a name.
pub const DISPLAYS_MAX: usize = 64;

/// SHA-256 of a display's key. Parsed from the key, 32 lower-case hex digits, which is forgotten at once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyHash(pub [u8; 32]);

impl KeyHash {
    /// The name by which host and store speak of the display. It does not lead back to the key.
    pub fn id(&self) -> DisplayId {
        let first = self.0.first_chunk().copied().unwrap_or_default();
        DisplayId(u64::from_be_bytes(first))
    }

    /// Four characters for people: what a display shows and the host looks for. Who makes keys until the characters fit
    /// gets others, for those that are `taken` are passed over.
    pub fn code(&self, taken: impl Fn(&str) -> bool) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let text = |four: &[u8]| four.iter().map(|b| ALPHABET[usize::from(b % 32)] as char).collect();
        let codes = self.0.chunks_exact(4).map(text);
        let mut codes = codes.collect::<Vec<String>>().into_iter();
        codes.find(|code| !taken(code)).unwrap_or_else(|| text(&self.0[..4]))
    }
}

impl FromStr for KeyHash {
    type Err = NotAnId;
    fn from_str(key: &str) -> Result<Self, NotAnId> {
        if !is_hex(key, 32) {
            // The text may be a key with one character too many: it is not repeated.
            return Err(NotAnId { text: String::new(), expected: "a display's key (32 hex digits)" });
        }
        Ok(KeyHash(Sha256::digest(key.as_bytes()).into()))
    }
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// A display in the words of the host's list; 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DisplayId(pub u64);

impl fmt::Display for DisplayId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for DisplayId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let number = is_hex(text, 16).then(|| u64::from_str_radix(text, 16).ok()).flatten();
        number
            .map(DisplayId)
            .ok_or_else(|| NotAnId { text: text.to_owned(), expected: "a display (16 hex digits)" })
    }
}

/// What a display is pointed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Whatever the host shows the hall.
    Program,
    Leaderboard,
    /// The speaker's clock.
    Timer,
    /// The MC's page.
    Mc,
    /// A lower third on a transparent ground: who is on stage.
    Overlay,
    /// The newest score, on a transparent ground.
    OverlayScore,
    /// The first five, on a transparent ground.
    OverlayTop,
    /// Whatever that one shows.
    Clone(DisplayId),
}

const PLAIN: [(Role, &str); 7] = [
    (Role::Program, "program"),
    (Role::Leaderboard, "leaderboard"),
    (Role::Timer, "timer"),
    (Role::Mc, "mc"),
    (Role::Overlay, "overlay"),
    (Role::OverlayScore, "overlay-score"),
    (Role::OverlayTop, "overlay-top"),
];

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, PLAIN.iter().find(|(role, _)| role == self)) {
            (Role::Clone(of), _) => write!(f, "clone {of}"),
            (_, Some((_, name))) => f.write_str(name),
            (_, None) => Ok(()),
        }
    }
}

impl FromStr for Role {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if let Some(of) = text.strip_prefix("clone ") {
            return Ok(Role::Clone(of.parse()?));
        }
        let found = PLAIN.iter().find(|(_, name)| *name == text).map(|(role, _)| *role);
        found.ok_or_else(|| NotAnId { text: text.to_owned(), expected: "a display's role" })
    }
}

/// Why a display is not named or pointed so. None of a contest's rejections: no command leads to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Nothing is left of the name, or too much.
    BadName,
    /// A clone follows a named display that is no clone itself.
    CannotFollow,
    /// Other displays follow this one: it cannot become a clone.
    Followed,
}

/// The named displays and where they are pointed.
pub type Roles = BTreeMap<DisplayId, Role>;

/// A display's name as it is kept.
///
/// # Errors
/// The name is missing or too long.
pub fn name(text: &str) -> Result<String, Refused> {
    names::name(text, DISPLAY_CHARS_MAX).map_err(|_| Refused::BadName)
}

/// Whether `id` may be pointed to `role`. A clone follows a named display that is no clone: so nothing goes in circles, and
/// one look says what it shows.
///
/// # Errors
/// The refusal of a clone of itself, of a clone, of nobody, or of a display that others follow.
pub fn may_point(roles: &Roles, id: DisplayId, role: Role) -> Result<(), Refused> {
    let Role::Clone(of) = role else { return Ok(()) };
    let followed = |role: &Role| !matches!(role, Role::Clone(_));
    if of == id || !roles.get(&of).is_some_and(followed) {
        return Err(Refused::CannotFollow);
    }
    if followers(roles, id).next().is_some() {
        return Err(Refused::Followed);
    }
    Ok(())
}

/// Displays that show what `id` shows.
pub fn followers(roles: &Roles, id: DisplayId) -> impl Iterator<Item = DisplayId> {
    roles.iter().filter(move |(_, role)| **role == Role::Clone(id)).map(|(follower, _)| *follower)
}

/// What `id` shows: a clone the other's, one without a name the hall's picture.
pub fn shown(roles: &Roles, id: DisplayId) -> Role {
    let of = |id| roles.get(&id).copied().unwrap_or(Role::Program);
    let Role::Clone(other) = of(id) else { return of(id) };
    let role = of(other);
    if matches!(role, Role::Clone(_)) { Role::Program } else { role }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "00112233445566778899aabbccddeeff";

    #[test]
    fn keys_are_spelt_one_way_and_their_hash_is_no_key() {
        let hash: KeyHash = KEY.parse().unwrap();
        assert_eq!(hash.id().to_string().parse(), Ok(hash.id()));
        for bad in [
            "",
            "0",
            "00112233445566778899AABBCCDDEEFF",
            "+0112233445566778899aabbccddeeff",
            "00112233445566778899aabbccddeeff0",
            &hash.id().to_string(),
        ] {
            assert!(bad.parse::<KeyHash>().is_err(), "{bad:?} was taken for a key");
        }
    }

    #[test]
    fn a_code_that_is_taken_is_passed_over() {
        let hash: KeyHash = KEY.parse().unwrap();
        let first = hash.code(|_| false);
        assert!(first.len() == 4 && first.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
        let second = hash.code(|code| code == first);
        assert_ne!(first, second);
        assert_eq!(hash.code(|_| true), first, "there is always one");
    }

    #[test]
    fn clones_follow_one_step_and_never_in_circles() {
        let [a, b, c, d] = [1, 2, 3, 4].map(DisplayId);
        let mut roles = Roles::from([(a, Role::Timer), (b, Role::Clone(a)), (c, Role::Program)]);
        assert_eq!(shown(&roles, b), Role::Timer);
        assert_eq!(shown(&roles, d), Role::Program);
        assert_eq!(may_point(&roles, c, Role::Clone(a)), Ok(()));
        for (id, of) in [(c, c), (c, b), (c, d), (b, b)] {
            assert_eq!(may_point(&roles, id, Role::Clone(of)), Err(Refused::CannotFollow), "{id} → {of}");
        }
        assert_eq!(may_point(&roles, a, Role::Clone(c)), Err(Refused::Followed));
        assert_eq!(may_point(&roles, a, Role::Mc), Ok(()));
        assert_eq!(followers(&roles, a).collect::<Vec<_>>(), [b]);
        roles.remove(&a);
        assert_eq!(shown(&roles, b), Role::Program, "what it followed is gone");
    }

    #[test]
    fn roles_are_read_as_they_are_written() {
        for role in PLAIN.iter().map(|(role, _)| *role).chain([Role::Clone(DisplayId(7))]) {
            assert_eq!(role.to_string().parse(), Ok(role));
        }
        for bad in ["", "clone", "clone 7", "Program", "program "] {
            assert!(bad.parse::<Role>().is_err(), "{bad:?} was taken for a role");
        }
    }
}
