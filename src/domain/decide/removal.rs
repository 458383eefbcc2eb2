//! Taking a project or a judge out again, while nothing hangs on them.

use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{JudgeId, ProjectId};
use crate::domain::query::ties_to;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;

pub fn project(contest: &Contest, id: ProjectId) -> Result<Vec<Fact>, Rejection> {
    if !contest.show.projects.contains_key(&id) {
        return Err(Rejection::UnknownProject { project: id });
    }
    match ties_to::project(contest, id) {
        Some(what) => Err(Rejection::ProjectInUse { project: id, what }),
        None => Ok(vec![Fact::ProjectRemoved { project: id }]),
    }
}

pub fn judge(contest: &Contest, id: JudgeId) -> Result<Vec<Fact>, Rejection> {
    if !contest.judges.contains_key(&id) {
        return Err(Rejection::UnknownJudge { judge: id });
    }
    match ties_to::judge(contest, id) {
        Some(what) => Err(Rejection::JudgeInUse { judge: id, what }),
        None => Ok(vec![Fact::JudgeRemoved { judge: id }]),
    }
}
