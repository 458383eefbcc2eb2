//! A judge's signature under the own scorecards: strokes of a finger and the hash of what was signed. A later change of
//! a scorecard changes the hash, and the signature no longer holds.

use crate::domain::kernel::ids::JudgeId;
use crate::domain::scoring::lot::hex;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use sha2::{Digest, Sha256};

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

/// `R1-P7`; from its second run on with the run's number: who has signed one run has not signed another.
fn name(pitch: &Pitch) -> String {
    if pitch.attempt == 1 { pitch.id.to_string() } else { format!("{} run {}", pitch.id, pitch.attempt) }
}

fn line(contest: &Contest, pitch: &Pitch, judge: JudgeId) -> String {
    let id = name(pitch);
    if pitch.recused.contains_key(&judge) {
        return format!("{id} recused");
    }
    if pitch.abstained.contains_key(&judge) {
        return format!("{id} abstained");
    }
    let Some(card) = contest.sealed.cards.get(&(pitch.id, judge)) else { return format!("{id} none") };
    let marks = card.marks.iter().map(|(criterion, mark)| format!(" {criterion}={mark}")).collect::<String>();
    format!("{id} v{}{marks} | {}", card.version, card.comment)
}
