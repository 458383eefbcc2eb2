//! `/api/contests/{code}/timing`: the planned times, until the contest ends, and what overtime costs, until the first
//! scorecard is in.

use crate::domain::command::Command;
use crate::domain::scoring::overtime::{OvertimeRule, Step};
use crate::domain::scoring::rule::Rule;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::Timing;
use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::give::command;
use crate::http::state::App;
use crate::live::rehearse;
use crate::wire::plan::{OvertimeBody, OvertimeStep, TimingBody};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

pub async fn set(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    Json(body): Json<TimingBody>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let contest = handle.contest();
    let round = contest.show.round_now().ok_or_else(ApiError::not_found)?;
    let (timing, overtime) = parsed(body).ok_or_else(|| ApiError::bad_request("bad-number"))?;
    let mut wanted = Vec::new();
    if round.rule.overtime != overtime {
        let rule = Rule { overtime, ..(*round.rule).clone() };
        wanted.push(Command::SetRule { round: round.id, rule });
    }
    if round.timing != timing {
        wanted.push(Command::SetTiming { round: round.id, timing });
    }
    // Both are asked before either is given: what is refused leaves nothing half done.
    for one in &wanted {
        rehearse(&contest, one)?;
    }
    for one in wanted {
        command(&handle, one).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `None` where points are no number.
fn parsed(body: TimingBody) -> Option<(Timing, Option<OvertimeRule>)> {
    let TimingBody { pitch_secs, qa_secs, first_warning_secs, second_warning_secs, by_hand, overtime } = body;
    let overtime = match overtime {
        None => None,
        Some(OvertimeBody::Units { grace_secs, unit_secs, per_unit, cap }) => {
            let cap = cap.map(|cap| cap.parse()).transpose().ok()?;
            Some(OvertimeRule::Units { grace_secs, unit_secs, per_unit: per_unit.parse().ok()?, cap })
        }
        Some(OvertimeBody::Steps { steps }) => {
            let step = |step: OvertimeStep| {
                Some(Step { over_secs: step.over_secs, points: step.points.parse().ok()? })
            };
            Some(OvertimeRule::Steps { steps: steps.into_iter().map(step).collect::<Option<_>>()? })
        }
    };
    Some((Timing { pitch_secs, qa_secs, first_warning_secs, second_warning_secs, by_hand }, overtime))
}

/// A round's times as set-up shows them.
pub fn body(round: &Round) -> TimingBody {
    let Timing { pitch_secs, qa_secs, first_warning_secs, second_warning_secs, by_hand } = round.timing;
    let overtime = round.rule.overtime.as_ref().map(|overtime| match overtime {
        OvertimeRule::Units { grace_secs, unit_secs, per_unit, cap } => OvertimeBody::Units {
            grace_secs: *grace_secs,
            unit_secs: *unit_secs,
            per_unit: per_unit.to_string(),
            cap: cap.map(|cap| cap.to_string()),
        },
        OvertimeRule::Steps { steps } => {
            let step =
                |step: &Step| OvertimeStep { over_secs: step.over_secs, points: step.points.to_string() };
            OvertimeBody::Steps { steps: steps.iter().map(step).collect() }
        }
    });
    TimingBody { pitch_secs, qa_secs, first_warning_secs, second_warning_secs, by_hand, overtime }
}
