//! How far a result is: for everybody a word and a day, for the staff who said what of which standings, and what comes next.

use super::open::LISTED;
use crate::domain::kernel::ids::JudgeId;
use crate::domain::kernel::time::Stamp;
use crate::domain::query::life::{self, Fallen};
use crate::domain::query::seal;
use crate::domain::settling;
use crate::domain::state::contest::Contest;
use crate::domain::state::life::{Entry, Said, standing};
use crate::domain::state::proposal::{Answered, Proposal};
use crate::domain::state::round::Round;
use crate::domain::terms::life::{Day, Life};
use crate::domain::terms::matter::Matter;
use crate::domain::terms::proposal::Correction;
use crate::wire::error::Refusal;
use crate::wire::life::{LifeName, ProposedCorrection};
use crate::wire::matter::MatterInfo;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Steps, and proposals, that are listed; the journal has all of them.
const SAID: usize = 100;

/// How far the result is that the standings tell; absent while it is provisional.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ResultInfo {
    pub life: LifeName,
    /// Objections are taken until the end of this day, `2026-12-05`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub until: Option<String>,
}

/// The result as its staff see it, once the round is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OutcomeInfo {
    pub round: String,
    pub life: LifeName,
    /// Of the standings that a step would speak of now.
    pub digest: String,
    /// Why the steps that were made do not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub fallen: Option<FallenInfo>,
    /// What a step waits for.
    pub waits: Vec<MatterInfo>,
    /// Nobody has a place: no step is made of that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub unranked: bool,
    /// Signatures that are missing and that nobody has given a reason for: what `official` waits for beside.
    pub unsigned: Vec<MatterInfo>,
    /// Everything that was said of it, oldest first.
    pub said: Vec<SaidInfo>,
    /// Corrections that were proposed after the end, oldest first.
    pub proposals: Vec<ProposalInfo>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FallenInfo {
    pub why: FallenName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub matter: Option<MatterInfo>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FallenName {
    /// The standings are others than those that the steps speak of.
    Changed,
    Open,
    /// A pitch of the round is not over.
    Running,
}

/// A step that was made, or taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaidInfo {
    pub step: LifeName,
    #[ts(type = "number")]
    pub at: u64,
    /// `auditor`, `judge:J3`, `host`, `organiser`
    pub by: String,
    /// Of the standings that it was made of; absent where it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub digest: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub until: Option<String>,
    /// Why it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
    /// It is made, nobody has taken it back, and it holds.
    pub holds: bool,
}

/// A correction after the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ProposalInfo {
    #[ts(type = "number")]
    pub proposal: u64,
    #[ts(type = "number")]
    pub at: u64,
    pub by: String,
    #[ts(as = "ProposedCorrection")]
    pub correction: Correction,
    pub reason: String,
    pub state: ProposalName,
    /// It waits, and nobody can agree to it any more: why. It is refused, or withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub void: Option<Refusal>,
    /// Who answered, when, and of a refusal why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub answer: Option<AnswerInfo>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ProposalName {
    Waiting,
    Agreed,
    Refused,
    Withdrawn,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnswerInfo {
    #[ts(type = "number")]
    pub at: u64,
    pub by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// The word of the standings, for everybody.
pub(super) fn result(life: Life, until: Option<Day>) -> Option<ResultInfo> {
    let told = ResultInfo { life: life.into(), until: until.map(|day| day.to_string()) };
    (life > Life::Provisional).then_some(told)
}

/// `None` until the round is over, unless something was said of its result.
pub(super) fn outcome(contest: &Contest, round: &Round, matters: &[Matter]) -> Option<OutcomeInfo> {
    let entries = life::entries(contest, round.id);
    if !contest.is_over(round) && entries.is_empty() {
        return None;
    }
    let left = |matter: &&Matter| !contest.left.contains_key(matter);
    let own = |matter: &&Matter| matter.round().is_none_or(|of| of == round.id);
    let waits = matters.iter().filter(own).filter(left);
    let (unsigned, other): (Vec<&Matter>, Vec<&Matter>) =
        waits.partition(|matter| matches!(matter, Matter::Signature { .. }));
    let waits = other.into_iter().filter(|matter| matter.changes_standings());
    let made = life::newest(contest, round);
    let now = made.and_then(Result::ok).map_or(Life::Provisional, |entry| entry.step);
    let stands: Vec<u64> = standing(entries).iter().map(|entry| entry.stamp.seq).collect();
    let said = |entry: &Entry| said(entry, now > Life::Provisional && stands.contains(&entry.stamp.seq));
    Some(OutcomeInfo {
        round: round.id.to_string(),
        life: now.into(),
        digest: seal::of_result(contest, round).digest,
        fallen: made.and_then(Result::err).map(fallen),
        waits: waits.take(LISTED).map(|matter| (*matter).into()).collect(),
        unranked: life::ranks_nobody(contest, round),
        unsigned: unsigned.into_iter().map(|matter| (*matter).into()).collect(),
        said: newest(entries).iter().map(said).collect(),
        proposals: newest(&contest.proposals).iter().map(|one| proposal(contest, one)).collect(),
    })
}

fn newest<T>(all: &[T]) -> &[T] {
    &all[all.len().saturating_sub(SAID)..]
}

fn fallen(why: Fallen) -> FallenInfo {
    let (why, matter) = match why {
        Fallen::Changed => (FallenName::Changed, None),
        Fallen::Open(matter) => (FallenName::Open, Some(matter.into())),
        Fallen::Running => (FallenName::Running, None),
    };
    FallenInfo { why, matter }
}

fn by(stamp: Stamp) -> String {
    stamp.by.map_or_else(String::new, |by| by.to_string())
}

fn said(entry: &Entry, holds: bool) -> SaidInfo {
    let (digest, until, reason) = match &entry.said {
        Said::Made { seal, until } => (Some(seal.digest.clone()), until.map(|day| day.to_string()), None),
        Said::TakenBack { reason } => (None, None, Some(reason.clone())),
    };
    let (at, by) = (entry.stamp.at.0, by(entry.stamp));
    SaidInfo { step: entry.step.into(), at, by, digest, until, reason, holds }
}

fn proposal(contest: &Contest, proposal: &Proposal) -> ProposalInfo {
    let void = settling::void(contest, proposal);
    let Proposal { stamp, correction, reason, answer } = proposal;
    let (state, why) = match answer.as_ref().map(|answer| &answer.said) {
        None => (ProposalName::Waiting, None),
        Some(Answered::Agreed) => (ProposalName::Agreed, None),
        Some(Answered::Refused { reason }) => (ProposalName::Refused, Some(reason.clone())),
        Some(Answered::Withdrawn) => (ProposalName::Withdrawn, None),
    };
    ProposalInfo {
        proposal: stamp.seq,
        at: stamp.at.0,
        by: by(*stamp),
        correction: correction.clone(),
        reason: reason.clone(),
        state,
        void: void.as_ref().map(Refusal::from),
        answer: answer.as_ref().map(|answer| AnswerInfo {
            at: answer.stamp.at.0,
            by: by(answer.stamp),
            reason: why,
        }),
    }
}

/// Who has signed, and whose signature a later change has voided.
pub(super) fn signed(round: &Round, digests: &BTreeMap<JudgeId, String>) -> BTreeMap<String, bool> {
    let holds = |judge, digest| digests.get(judge) == Some(digest);
    let signatures = round.signatures.iter();
    signatures.map(|(judge, signed)| (judge.to_string(), holds(judge, &signed.digest))).collect()
}
