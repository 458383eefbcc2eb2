//! A judge's signature under the own scorecards: strokes of a finger and the hash of what was signed. A later change of
//! a scorecard changes the hash, and the signature no longer holds.

use crate::domain::contest::{Contest, Round};
use crate::domain::ids::JudgeId;
use crate::domain::programme::Pitch;
use crate::domain::scoring::lot::hex;
use crate::domain::time::Millis;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Side of the square that strokes are drawn in.
pub const SIDE: u16 = 1_000;
/// Most points of one signature.
pub const POINTS_MAX: usize = 1_200;

/// Lines of a finger, each a list of points (x, y) from 0 to [`SIDE`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Strokes(pub Vec<Vec<(u16, u16)>>);

impl Strokes {
    /// There is a line, no more points than a signature has, and all inside.
    pub fn is_signature(&self) -> bool {
        let points = self.0.iter().map(Vec::len).sum::<usize>();
        let inside = self.0.iter().flatten().all(|&(x, y)| x <= SIDE && y <= SIDE);
        (2..=POINTS_MAX).contains(&points) && inside
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub digest: String,
    pub strokes: Strokes,
    pub at: Millis,
}

/// SHA-256, in hex, of [`summary`].
pub fn digest(contest: &Contest, round: &Round, judge: JudgeId) -> String {
    hex(&Sha256::digest(summary(contest, round, judge).as_bytes()))
}

/// What is signed, one line per pitch in running order: version, marks and comment, or why there is none.
pub fn summary(contest: &Contest, round: &Round, judge: JudgeId) -> String {
    let code = contest.code.as_ref().map_or("", |code| code.as_str());
    let pitches = round.order.iter().filter_map(|project| round.pitches.get(project));
    pitches.fold(format!("podium/scorecards/v1\n{code} {} {judge}\n", round.id), |mut text, pitch| {
        text.push_str(&line(contest, pitch, judge));
        text.push('\n');
        text
    })
}

fn line(contest: &Contest, pitch: &Pitch, judge: JudgeId) -> String {
    let id = pitch.id;
    if pitch.recused.contains_key(&judge) {
        return format!("{id} recused");
    }
    if pitch.abstained.contains_key(&judge) {
        return format!("{id} abstained");
    }
    let Some(card) = contest.sealed.cards.get(&(id, judge)) else { return format!("{id} none") };
    let marks = card.marks.iter().map(|(criterion, mark)| format!(" {criterion}={mark}")).collect::<String>();
    format!("{id} v{}{marks} | {}", card.version, card.comment)
}
