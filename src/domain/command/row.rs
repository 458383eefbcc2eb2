//! The columns of the table of commands.

use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{JudgeId, PitchId};

/// What holds for a command at any time. What holds for it now, `decide` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub name: &'static str,
    pub given_by: Giver,
    pub allowed_in_rehearsal: bool,
    /// What would change what a reveal tells waits until it is over.
    pub allowed_during_reveal: bool,
    /// The end of the show is not the end of the record: what was left untold can be told, what counts signed, confirmed,
    /// published, and corrected by two persons.
    pub after_end: AfterEnd,
    pub confirm: Confirm,
    pub taken_back: TakenBack,
}

/// Whether it may be given once the show is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterEnd {
    No,
    Yes,
    /// One person proposes it, a second one agrees.
    ByTwo,
}

/// Who may give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giver {
    Organiser,
    /// The organiser may do all that the host may.
    Host,
    HostOrClock,
    /// Which judge is the chair, the contest says.
    HostOrChair,
    /// The judge whom it is about, or the host on that judge's word.
    HostOrSelf(JudgeId),
    AnyJudge,
    Auditor,
    /// Where a panel has no chair, the organiser speaks for it.
    OrganiserOrChair,
    AuditorOrChair,
    /// Who has made a step of a result takes it back.
    HostOrChairOrAuditor,
    Audience,
}

impl Giver {
    pub fn is(self, actor: Actor) -> bool {
        let host = matches!(actor, Actor::Organiser | Actor::Host);
        let judge = matches!(actor, Actor::Judge(_));
        match self {
            Giver::Organiser => actor == Actor::Organiser,
            Giver::Host => host,
            Giver::HostOrClock => host || actor == Actor::Clock,
            Giver::HostOrChair => host || judge,
            Giver::HostOrSelf(own) => host || actor == Actor::Judge(own),
            Giver::AnyJudge => judge,
            Giver::Auditor => actor == Actor::Auditor,
            Giver::OrganiserOrChair => actor == Actor::Organiser || judge,
            Giver::AuditorOrChair => actor == Actor::Auditor || judge,
            Giver::HostOrChairOrAuditor => host || judge || actor == Actor::Auditor,
            Giver::Audience => actor == Actor::Audience,
        }
    }
}

/// How a page makes sure that it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirm {
    No,
    /// It shows or ends something for good: pressed twice, or held.
    Twice,
    /// It shuts something out: held, a second press is not enough.
    Held,
    /// As things stand; `query/confirm` answers.
    If(Doubt),
}

/// What makes a command doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Scorecards that are missing would be shut out.
    Missing(PitchId),
    /// The hall was told its score.
    Told(PitchId),
    /// It is the first number of this pitch that the hall sees.
    FirstPlate(PitchId),
    /// The plates have not shown the score that it announces.
    Unannounced(PitchId),
}

/// What takes it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenBack {
    Nothing,
    /// The host's undo, while nothing has come of it.
    Undo,
    /// Giving it again as it was before.
    Again,
    /// This command.
    With(&'static str),
}
