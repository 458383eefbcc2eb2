//! What settles an open matter.

use crate::domain::command::Command;
use crate::domain::decide::{decide, may_still_be_agreed_to};
use crate::domain::kernel::actor::Actor;
use crate::domain::query::reveal;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::proposal::Proposal;
use crate::domain::terms::matter::Matter;

/// The host's commands that settle it now, without a word to add.
pub fn commands(contest: &Contest, matter: Matter) -> Vec<Command> {
    let commands = match matter {
        Matter::NeverCame { pitch } => vec![Command::MarkAbsent { pitch }],
        Matter::Unscored { pitch } | Matter::TooFew { pitch } => vec![Command::OpenWindow { pitch }],
        Matter::Unannounced { pitch } if contest.show.finished => vec![Command::RevealPitch { pitch }],
        Matter::Unannounced { pitch } => vec![Command::BeginAnnouncement { pitch }],
        Matter::GivenBack { pitch, judge } => vec![Command::WithdrawReopening { pitch, judge }],
        Matter::Corrected { pitch } => vec![Command::RevealPitch { pitch }],
        Matter::Decided { round } => vec![Command::TellDecisions { round }],
        Matter::Overtime { pitch } => vec![Command::ConfirmOvertime { pitch }],
        Matter::Audience { .. } => vec![Command::OpenVote, Command::CloseVote, Command::RevealVote],
        Matter::Frozen { round } => vec![
            Command::BeginReveal {
                round,
                mode: contest.round(round).and_then(|round| reveal::due(contest, round)).unwrap_or_default(),
            },
            Command::ThawBoard { round },
        ],
        Matter::Proposed { proposal } => vec![Command::WithdrawProposal { proposal }],
        Matter::CameLate { .. }
        | Matter::Signature { .. }
        | Matter::Tied { .. }
        | Matter::Rescored { .. }
        | Matter::Untracked { .. } => Vec::new(),
    };
    commands.into_iter().filter(|command| decide(contest, Actor::Host, command).is_ok()).collect()
}

/// Why nobody can agree any more to a proposal that waits: it is refused, or withdrawn.
pub fn void(contest: &Contest, proposal: &Proposal) -> Option<Rejection> {
    may_still_be_agreed_to(contest, proposal).err().filter(|_| proposal.waits())
}
