//! What the server says.

use crate::wire::attempt::{first, is_first};
use crate::wire::display::{DisplayRole, DisplayWord};
use crate::wire::error::Refusal;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A message of the server comes in fragments of at most so many bytes.
pub const FRAGMENT_BYTES_MAX: usize = 32 * 1024;

/// The largest frames of each audience, in bytes: a contest of 999 projects, 99 judges and 20 criteria with the longest texts stays
/// below.
pub mod largest {
    pub const PUBLIC: usize = 6 * 1024 * 1024;
    pub const SCREEN: usize = 6 * 1024 * 1024;
    pub const MC: usize = 8 * 1024 * 1024;
    pub const JUDGE: usize = 24 * 1024 * 1024;
    pub const HOST: usize = 24 * 1024 * 1024;
    pub const AUDITOR: usize = 24 * 1024 * 1024;
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// [`ServerFrame::Snapshot`] of a view that stays where it is.
#[derive(Serialize)]
#[serde(tag = "kind", rename = "snapshot")]
pub struct SnapshotOf<'a, V> {
    pub n: u32,
    pub view: &'a V,
}

/// [`ServerFrame::Delta`] whose patch is text already.
#[derive(Serialize)]
#[serde(tag = "kind", rename = "delta")]
pub struct DeltaOf<P> {
    pub n: u32,
    pub patch: P,
}

/// The view in a snapshot's frame, in which it stands last.
pub fn view_of(snapshot: &Bytes) -> Option<Bytes> {
    const BEFORE: &[u8] = b"\"view\":";
    let at = snapshot.windows(BEFORE.len()).position(|bytes| bytes == BEFORE)?;
    let end = snapshot.len().checked_sub(1)?;
    (snapshot.last() == Some(&b'}')).then(|| snapshot.slice(at + BEFORE.len()..end))
}

/// A frame sent by the server. `View` is the view of the socket's audience (`PublicView`, `ScreenView`, `JudgeView`, `McView`, `HostView`, `AuditorView`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ServerFrame {
    /// First frame. `feed` names this run of the channel: frame numbers of another feed mean nothing here.
    Hello {
        protocol: u32,
        feed: String,
        /// The server's clock, UTC milliseconds.
        #[ts(type = "number")]
        now: u64,
        /// A console's own number in `presence.consoles`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        console: Option<u32>,
    },
    /// The whole view as of frame `n`.
    Snapshot {
        n: u32,
        #[ts(type = "unknown")]
        view: serde_json::Value,
    },
    /// What changed from frame `n - 1` to `n`, as a JSON merge patch (RFC 7396).
    Delta {
        n: u32,
        #[ts(type = "unknown")]
        patch: serde_json::Value,
    },
    /// The command with this id is durable. `seq` is the journal's number of its first fact.
    Receipt {
        id: String,
        #[ts(type = "number")]
        seq: u64,
        #[ts(type = "number")]
        at: u64,
    },
    /// The command with this id was refused; nothing changed.
    Refused { id: String, refusal: Refusal },
    /// The frame could not be read or may not be sent here.
    BadFrame { refusal: Refusal },
    Pong {
        #[ts(type = "number")]
        t: u64,
        #[ts(type = "number")]
        now: u64,
    },
    /// A judge's unfinished marks as the server last kept them; sent after the hello, and where another device kept newer ones.
    Draft {
        pitch: String,
        marks: BTreeMap<String, String>,
        comment: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(optional, as = "Option<String>")]
        note: String,
        /// The version of the scorecard that the marks change.
        #[serde(default)]
        base: u32,
        /// Which run of the pitch they are of; absent for the first.
        #[serde(default = "first", skip_serializing_if = "is_first")]
        #[ts(optional, as = "Option<u16>")]
        attempt: u16,
        /// The contest's run that the marks belong to.
        #[serde(default, skip_serializing_if = "is_zero")]
        #[ts(optional, as = "Option<u32>")]
        run: u32,
        /// Counts the drafts of this pitch.
        #[serde(default)]
        rev: u32,
        /// The tablet that it came from.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(optional, as = "Option<String>")]
        tablet: String,
    },
    /// The draft is on disk under this number.
    DraftKept { pitch: String, rev: u32 },
    /// To a display: how it is called and what it shows. Sent after the hello and whenever it changes.
    Display {
        code: String,
        /// Absent until the host has named it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        name: Option<String>,
        /// Never `clone`: a clone is told what the other one shows.
        role: DisplayRole,
        /// Said once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        word: Option<DisplayWord>,
    },
    /// The session is over; the page must not reconnect by itself. The close code follows.
    Ended { refusal: Refusal },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_view_is_found_in_a_snapshot_and_copied_by_nobody() {
        let view = serde_json::json!({"title": "\"view\":}", "standings": []});
        let frame = Bytes::from(serde_json::to_vec(&SnapshotOf { n: 7, view: &view }).unwrap());
        let found = view_of(&frame).unwrap();
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&found).unwrap(), view);
        assert!(frame.as_ptr_range().contains(&found.as_ptr()));
        assert_eq!(view_of(&Bytes::from_static(b"{}")), None);
    }
}
