//! Setting a contest up: what it is called, its rubric, rule, panel and planned times.

use super::guard::{optional, required, round};
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{ContestCode, JudgeId, RoundId};
use crate::domain::kernel::names::{NAME_CHARS_MAX, TEXT_CHARS_MAX};
use crate::domain::rejection::Rejection;
use crate::domain::scoring::field::Ranking;
use crate::domain::scoring::rule::{Method, Rule};
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::about::About;
use crate::domain::terms::look::Look;
use crate::domain::terms::programme::Timing;
use crate::domain::terms::rubric::{Criterion, Rubric};

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
    if before.reveal != about.reveal && contest.show.rounds.values().any(|round| round.rules_frozen) {
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
        look: checked_look(&about.look)?,
    })
}

/// The same look where its accent is a colour. Whether it can be read is asked where it is set.
fn checked_look(look: &Look) -> Result<Look, Rejection> {
    let accent = look.accent.as_ref().map(|accent| accent.to_ascii_lowercase());
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let colour = |text: &String| text.len() == 7 && text.strip_prefix('#').is_some_and(digits);
    if accent.as_ref().is_some_and(|accent| !colour(accent)) {
        return Err(Rejection::BadText { field: "accent", max: 7 });
    }
    Ok(Look { accent, ..look.clone() })
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
    let seated = Fact::PanelSet { round: id, judges: judges.to_vec(), chair };
    Ok(std::iter::once(seated).chain(rule_of_panel(round(contest, id)?, judges.len())).collect())
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
    // What overtime costs, and which lists there are, names no method.
    tracks_known(round, rule)?;
    let named = |rule: &Rule| Rule { overtime: None, ranking: Ranking::default(), ..rule.clone() };
    let method_by_panel = round.method_by_panel && named(rule) == named(&round.rule);
    Ok(vec![Fact::RuleSet { round: id, rule: checked_rule(rule, &round.criteria)?, method_by_panel }])
}

/// Where tracks rank, everybody who has begun has one.
pub fn tracks_known(round: &Round, rule: &Rule) -> Result<(), Rejection> {
    let begun = |pitch: &&Pitch| pitch.came && pitch.track.is_none();
    let unknown = round.pitches.values().find(begun).filter(|_| rule.ranking.has_tracks());
    unknown.map_or(Ok(()), |pitch| Err(Rejection::NoTrack { pitch: pitch.id }))
}

/// A rule that names no method has the one of a panel of so many judges; `None` where it has that already.
pub fn rule_of_panel(round: &Round, judges: usize) -> Option<Fact> {
    let method = Method::of_panel(judges);
    let rule = || Rule { method, ..(*round.rule).clone() };
    let changes = round.method_by_panel && round.rule.method != method;
    changes.then(|| Fact::RuleSet { round: round.id, rule: rule(), method_by_panel: true })
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
    if round.rules_frozen { Err(Rejection::RuleFrozen) } else { Ok(()) }
}
