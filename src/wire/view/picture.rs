//! What several audiences' views are made of, computed once for a state of the contest: the hall, the standings as all would be
//! revealed, the cues and what the next of them would show.

use super::cockpit::{self, CueInfo};
use super::life::{self, OutcomeInfo};
use super::open::{self as view, OpenInfo};
use super::parts::{CriterionInfo, Part, StandingRow, criterion_info, parted, progress, standing_rows};
use super::preview::{self, PreviewInfo};
use super::public::{PublicView, public};
use super::reveal::{self, RevealProgress};
use super::revealed::Revealed;
use crate::domain::cue::{self, Cue};
use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::kernel::shared::Shared;
use crate::domain::query::open;
use crate::domain::query::result;
use crate::domain::query::signature;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::wire::notes::{Names, Note, notes};
use std::collections::{BTreeMap, BTreeSet};

/// One state of the contest, as far as several audiences look at the same of it.
pub struct Picture {
    pub hall: Part<PublicView>,
    pub provisional: Part<Vec<StandingRow>>,
    /// What staff should know about these.
    pub notes: Part<Vec<Note>>,
    pub cues: Part<Vec<CueInfo>>,
    pub preview: Option<PreviewInfo>,
    pub reveal: Option<RevealProgress>,
    pub criteria: Part<Vec<CriterionInfo>>,
    /// Of the scorecards as they are: of everybody once every pitch is over, before of who has signed.
    pub digests: BTreeMap<JudgeId, String>,
    pub open: Vec<OpenInfo>,
    pub outcome: Option<Part<OutcomeInfo>>,
}

impl Picture {
    /// `None` before the contest is created.
    pub fn of(contest: &Contest, digests: &mut Digests) -> Option<Picture> {
        let hall = Part::new(public(&Revealed::of(contest.code.as_ref()?, contest, progress(contest))));
        let round = contest.show.round_now();
        let provisional = round.map(|round| parted(round, result::provisional(contest, round)));
        let (first, beside) = provisional.unwrap_or_default();
        let provisional = first.into_iter().chain(beside).collect();
        let criteria = round.map(|round| round.criteria.iter().map(criterion_info).collect());
        // The next cue and two that follow it, as they would if nothing else happened.
        let next = cue::next(contest);
        let after = next.and_then(|next| cue::after(contest, next));
        let second = after.as_ref().and_then(cue::next);
        let third = after.as_ref().zip(second).and_then(|(after, second)| cue::after(after, second));
        let cues = [next, second, third.as_ref().and_then(cue::next)].into_iter().flatten();
        let cues = cues.map(|cue| cockpit::cue_info(contest, cue)).collect();
        let digests = round.map(|round| digests.of(contest, round)).unwrap_or_default();
        let signed = |round: &Round, judge| {
            let signed = round.signatures.get(&judge);
            signed.is_some_and(|signed| digests.get(&judge) == Some(&signed.digest))
        };
        let matters = open::matters_signed(contest, &signed);
        let to_end = contest.show.finished || next == Some(Cue::FinishDespite);
        let open = view::listed(contest, &matters, to_end);
        let preview = after.as_ref().and_then(|after| preview::preview(&hall, after));
        Some(Picture {
            hall,
            provisional: Part::new(standing_rows(&contest.show, provisional)),
            notes: Part::new(round.map(|round| notes_on(contest, round)).unwrap_or_default()),
            cues: Part::new(cues),
            preview,
            reveal: reveal::progress(contest),
            criteria: Part::new(criteria.unwrap_or_default()),
            digests,
            outcome: round.and_then(|round| life::outcome(contest, round, &matters)).map(Part::new),
            open,
        })
    }
}

fn notes_on(contest: &Contest, round: &Round) -> Vec<Note> {
    let mut said = Vec::new();
    for computed in round.lists().into_iter().filter_map(|list| result::of_closed(contest, round, list).ok())
    {
        let projects: Vec<String> = computed.pitches.iter().map(ToString::to_string).collect();
        let judges: Vec<String> = computed.judges.iter().map(ToString::to_string).collect();
        let own = notes(&computed.standings, &Names { projects: &projects, judges: &judges });
        said.extend(own.into_iter().filter(|note| !said.contains(note)).collect::<Vec<_>>());
    }
    said
}

/// Digests of scorecards, kept with what they were made from: a list of hundreds of pitches is hashed again when it has changed.
#[derive(Default)]
pub struct Digests(BTreeMap<JudgeId, (Vec<Line>, String)>);

/// A pitch, and which of its runs.
type Run = (PitchId, u16);

/// What a judge signs of one pitch.
#[derive(PartialEq)]
enum Line {
    Recused(Run),
    Abstained(Run),
    None(Run),
    Card(Run, Shared<Scorecard>),
}

impl Digests {
    fn of(&mut self, contest: &Contest, round: &Round) -> BTreeMap<JudgeId, String> {
        let over = contest.is_over(round).then(|| round.panel.iter().copied());
        let judges: BTreeSet<_> =
            over.into_iter().flatten().chain(round.signatures.keys().copied()).collect();
        judges.into_iter().map(|judge| (judge, self.digest(contest, round, judge))).collect()
    }

    fn digest(&mut self, contest: &Contest, round: &Round, judge: JudgeId) -> String {
        let pitches = round.order.iter().filter_map(|project| round.pitches.get(project));
        let line = |pitch: &Pitch| {
            let run = (pitch.id, pitch.attempt);
            match contest.sealed.cards.get(&(pitch.id, judge)) {
                _ if pitch.recused.contains_key(&judge) => Line::Recused(run),
                _ if pitch.abstained.contains_key(&judge) => Line::Abstained(run),
                Some(card) => Line::Card(run, card.clone()),
                None => Line::None(run),
            }
        };
        let lines: Vec<Line> = pitches.map(line).collect();
        match self.0.get(&judge) {
            Some((known, digest)) if *known == lines => digest.clone(),
            _ => {
                let digest = signature::digest(contest, round, judge);
                self.0.insert(judge, (lines, digest.clone()));
                digest
            }
        }
    }
}

/// Everything that a view is made of is the same. Of ballots it matters that there is one, which an undo of the opening minds: nobody
/// sees them before their vote is revealed, which changes more; the console's count of them is a part of its own.
pub fn same(one: &Contest, other: &Contest) -> bool {
    one.code == other.code
        && one.run == other.run
        && one.judges == other.judges
        && one.show == other.show
        && one.published == other.published
        && one.left == other.left
        && one.lives == other.lives
        && one.unseated == other.unseated
        && one.proposals == other.proposals
        && one.history == other.history
        && one.sealed.cards == other.sealed.cards
        && one.sealed.past == other.sealed.past
        && one.sealed.reveal == other.sealed.reveal
        && one.sealed.ballots.is_empty() == other.sealed.ballots.is_empty()
}
