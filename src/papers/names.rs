//! Who is who: the names that a contest has for its identifiers. What is no longer in it has its identifier alone.

use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId, TrackId};
use crate::domain::state::contest::Contest;
use crate::papers::words::Lang;

#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub contest: &'a Contest,
    pub lang: Lang,
}

impl Names<'_> {
    /// What the organiser calls it, else its number.
    pub fn number(&self, project: ProjectId) -> String {
        let known = self.contest.show.projects.get(&project).filter(|known| !known.code.is_empty());
        known.map_or_else(|| project.to_string(), |known| known.code.clone())
    }

    pub fn project(&self, project: ProjectId) -> String {
        let known = self.contest.show.projects.get(&project);
        known.map_or_else(|| project.to_string(), |known| known.name.clone())
    }

    pub fn judge(&self, judge: JudgeId) -> String {
        let known = self.contest.judges.get(&judge);
        known.map_or_else(|| judge.to_string(), |known| known.name.clone())
    }

    pub fn round(&self, round: RoundId) -> String {
        let known = self.contest.round(round).filter(|known| !known.name.is_empty());
        known.map_or_else(|| round.to_string(), |known| known.name.clone())
    }

    /// Which ranked list it is.
    pub fn list(&self, list: Option<TrackId>) -> String {
        let name = |id: TrackId| self.contest.show.tracks.get(&id).map(|track| track.name.clone());
        list.map_or_else(
            || self.lang.pick("总榜", "Overall").to_owned(),
            |id| name(id).unwrap_or_else(|| id.to_string()),
        )
    }

    /// The project's number and name, and where it was run again which run.
    pub fn pitch(&self, pitch: PitchId) -> String {
        format!("{} {}", self.number(pitch.project), self.project(pitch.project))
    }

    pub fn actor(&self, actor: Actor) -> String {
        match actor {
            Actor::Judge(judge) => self.judge(judge),
            Actor::Organiser | Actor::Host | Actor::Mc | Actor::Auditor | Actor::Clock | Actor::Audience => {
                self.lang.actor(actor)
            }
        }
    }
}
