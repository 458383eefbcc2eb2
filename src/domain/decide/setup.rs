//! Setting a contest up: what it is called, its rubric, rule, panel and planned times.

use super::{optional, required, round};
use crate::domain::command::About;
use crate::domain::contest::{Contest, Round};
use crate::domain::fact::Fact;
use crate::domain::ids::{ContestCode, JudgeId, RoundId};
use crate::domain::names::{NAME_CHARS_MAX, TEXT_CHARS_MAX};
use crate::domain::programme::Timing;
use crate::domain::rejection::Rejection;
use crate::domain::rubric::{Criterion, Rubric};
use crate::domain::scoring::rule::Rule;

/// The round every contest begins with.
pub const FIRST_ROUND: RoundId = RoundId(1);
/// Most judges of one panel.
pub const JUDGES_MAX: usize = 99;

pub fn create(code: &ContestCode, about: &About) -> Result<Vec<Fact>, Rejection> {
    let about = checked(about)?;
    Ok(vec![
        Fact::ContestCreated { code: code.clone(), about },
        Fact::RoundAdded { round: FIRST_ROUND, name: String::new() },
    ])
}

pub fn change_about(contest: &Contest, about: &About) -> Result<Vec<Fact>, Rejection> {
    let about = checked(about)?;
    let before = &contest.show.about;
    if **before == about {
        return Err(Rejection::NothingChanges);
    }
    if before.reveal != about.reveal && contest.show.rounds.values().any(|round| round.frozen) {
        return Err(Rejection::RuleFrozen);
    }
    Ok(vec![Fact::AboutChanged { about }])
}

fn checked(about: &About) -> Result<About, Rejection> {
    let plausible = |zone: &str| {
        !zone.is_empty()
            && zone.len() <= 64
            && zone.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b))
    };
    if !plausible(&about.zone) {
        return Err(Rejection::UnknownZone { zone: about.zone.clone() });
    }
    Ok(About {
        title: required(&about.title, "title", NAME_CHARS_MAX)?,
        subtitle: optional(&about.subtitle, "subtitle", NAME_CHARS_MAX)?,
        venue: optional(&about.venue, "venue", NAME_CHARS_MAX)?,
        zone: about.zone.clone(),
        reveal: about.reveal,
        look: about.look.checked()?,
    })
}

pub fn set_panel(
    contest: &Contest,
    id: RoundId,
    judges: &[JudgeId],
    chair: Option<JudgeId>,
) -> Result<Vec<Fact>, Rejection> {
    thawed(round(contest, id)?)?;
    if judges.is_empty() {
        return Err(Rejection::PanelEmpty);
    }
    if judges.len() > JUDGES_MAX {
        return Err(Rejection::TooMany { what: "judges", max: JUDGES_MAX });
    }
    for (at, judge) in judges.iter().enumerate() {
        if !contest.judges.contains_key(judge) {
            return Err(Rejection::UnknownJudge { judge: *judge });
        }
        if judges[..at].contains(judge) {
            return Err(Rejection::DuplicateJudge { judge: *judge });
        }
    }
    if let Some(judge) = chair.filter(|chair| !judges.contains(chair)) {
        return Err(Rejection::NotOnPanel { judge });
    }
    Ok(vec![Fact::PanelSet { round: id, judges: judges.to_vec(), chair }])
}

pub fn set_rubric(contest: &Contest, id: RoundId, criteria: &[Criterion]) -> Result<Vec<Fact>, Rejection> {
    thawed(round(contest, id)?)?;
    Ok(vec![Fact::RubricSet { round: id, criteria: checked_rubric(criteria)? }])
}

pub fn checked_rubric(criteria: &[Criterion]) -> Result<Vec<Criterion>, Rejection> {
    let cleaned = |criterion: &Criterion| {
        let name = required(&criterion.name, "name", NAME_CHARS_MAX)?;
        Ok(Criterion {
            name,
            scale: optional(&criterion.scale, "scale", TEXT_CHARS_MAX)?,
            ..criterion.clone()
        })
    };
    let criteria = criteria.iter().map(cleaned).collect::<Result<Vec<_>, Rejection>>()?;
    Rubric::new(criteria)
        .map(|rubric| rubric.criteria().to_vec())
        .map_err(|problem| Rejection::RubricInvalid { detail: problem.to_string() })
}

pub fn set_rule(contest: &Contest, id: RoundId, rule: &Rule) -> Result<Vec<Fact>, Rejection> {
    let round = round(contest, id)?;
    thawed(round)?;
    Ok(vec![Fact::RuleSet { round: id, rule: checked_rule(rule, &round.criteria)? }])
}

pub fn checked_rule(rule: &Rule, criteria: &[Criterion]) -> Result<Rule, Rejection> {
    rule.check(criteria).map_err(|problem| Rejection::RuleInvalid { detail: problem.to_string() })?;
    Ok(rule.clone())
}

pub fn set_timing(contest: &Contest, id: RoundId, timing: Timing) -> Result<Vec<Fact>, Rejection> {
    round(contest, id)?;
    Ok(vec![Fact::TimingSet { round: id, timing: checked_timing(timing)? }])
}

pub fn checked_timing(timing: Timing) -> Result<Timing, Rejection> {
    timing.check().map_err(|problem| Rejection::TimingInvalid { detail: problem.to_string() })?;
    Ok(timing)
}

/// Refuses once the round's first scorecard is in.
pub fn thawed(round: &Round) -> Result<(), Rejection> {
    if round.frozen { Err(Rejection::RuleFrozen) } else { Ok(()) }
}
