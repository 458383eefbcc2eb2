//! Who acts: a person by the seat of the session, or the server's clock.

use crate::domain::kernel::ids::{JudgeId, NotAnId};
use std::fmt;
use std::str::FromStr;

/// Who acts. Comes from the authenticated session, never from the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    Organiser,
    Host,
    Judge(JudgeId),
    /// The MC reads and never acts: every command is refused.
    Mc,
    /// 复核人: reads everything about the result, edits nothing, and confirms it.
    Auditor,
    /// The server's clock: closes a window whose countdown has run out.
    Clock,
    /// Somebody in the hall with a phone; casts ballots and nothing else.
    Audience,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Organiser => f.write_str("organiser"),
            Actor::Host => f.write_str("host"),
            Actor::Judge(judge) => write!(f, "judge:{judge}"),
            Actor::Mc => f.write_str("mc"),
            Actor::Auditor => f.write_str("auditor"),
            Actor::Clock => f.write_str("clock"),
            Actor::Audience => f.write_str("audience"),
        }
    }
}

impl FromStr for Actor {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.strip_prefix("judge:")) {
            ("organiser", _) => Ok(Actor::Organiser),
            ("host", _) => Ok(Actor::Host),
            ("mc", _) => Ok(Actor::Mc),
            ("auditor", _) => Ok(Actor::Auditor),
            ("clock", _) => Ok(Actor::Clock),
            ("audience", _) => Ok(Actor::Audience),
            (_, Some(judge)) => judge.parse().map(Actor::Judge),
            _ => Err(Self::Err { text: text.to_owned(), expected: "an actor" }),
        }
    }
}
