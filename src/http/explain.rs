//! `/api/contests/{code}/explain/{pitch}`: why a score and a place are what they are. The host, the organiser and the auditor may
//! ask once the window is closed, the chair once every pitch is over; everybody once the contest is finished, about what was revealed.

use crate::auth::seat::Place;
use crate::domain::kernel::ids::PitchId;
use crate::domain::query::result;
use crate::domain::state::contest::Contest;
use crate::domain::state::tables::RoundResult;
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::state::App;
use crate::wire::explain::{Explain, explain};
use crate::wire::notes::Names;
use axum::Json;
use axum::extract::{Path, State};

pub async fn get(
    State(app): State<App>,
    presented: Presented,
    Path((code, pitch)): Path<(String, String)>,
) -> Result<Json<Explain>, ApiError> {
    let handle = app.contest(&code)?;
    let pitch: PitchId = pitch.parse().map_err(|_| ApiError::not_found())?;
    let drives = presented.drives(&app, &handle).is_ok();
    let contest = handle.contest();
    let round = contest.round(pitch.round).filter(|round| round.is_over());
    let chair = round.and_then(|round| round.chair).map(|chair| Place::judge(handle.code.clone(), chair));
    let chairs = chair.is_some_and(|place| presented.session(&app, &place).is_some());
    let reads = drives || chairs || presented.audits(&app, &handle);
    let found = if reads { of_closed(&contest, pitch) } else { of_published(&contest, pitch) };
    found.map(Json).ok_or_else(ApiError::not_found)
}

fn of_closed(contest: &Contest, pitch: PitchId) -> Option<Explain> {
    let round = contest.round(pitch.round)?;
    let state = contest.pitch(pitch)?;
    // Its record stays, and no place is told of it.
    if state.out.is_some() {
        let record = told(&*result::with(contest, round, pitch).ok()?, pitch)?;
        return Some(record.out(state.phase.into()));
    }
    let computed = result::of_closed(contest, round, round.list_of(pitch)).ok()?;
    told(&computed, pitch)
}

/// Only what was revealed goes in, and only of a contest that is over.
fn of_published(contest: &Contest, pitch: PitchId) -> Option<Explain> {
    let round = contest.show.finished.then(|| contest.round(pitch.round))??;
    let computed = result::of_published(round, &contest.published, round.list_of(pitch)).ok()?;
    told(&computed, pitch)
}

fn told(computed: &RoundResult, pitch: PitchId) -> Option<Explain> {
    let project = computed.pitches.iter().position(|one| *one == pitch)?;
    let projects: Vec<String> = computed.pitches.iter().map(ToString::to_string).collect();
    let judges: Vec<String> = computed.judges.iter().map(ToString::to_string).collect();
    explain(&computed.standings, &Names { projects: &projects, judges: &judges }, project)
}
