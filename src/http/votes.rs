//! `/api/contests/{code}/vote`, `…/vote/codes`, `…/ballots`: the audience's vote is asked, its seat codes are made, and
//! ballots come in. No address is counted: a whole hall may stand behind one.

use crate::auth::token::{CardToken, Random, TokenHash};
use crate::domain::command::Command;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{CommandId, PitchId, ProjectId};
use crate::domain::rejection::Rejection;
use crate::domain::terms::vote::{CODES_MAX, Question, Voter};
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::give::command;
use crate::http::state::App;
use crate::live::error::SubmitError;
use crate::wire::votes::{CastBallot, FreshCodes, IssueCodes, SetVote};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use rand::RngExt;

pub async fn set(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    Json(SetVote { title, choices, most, admission, secs }): Json<SetVote>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    presented.drives(&app, &handle)?;
    let round = handle.contest().show.round_now().map(|round| round.id).ok_or_else(ApiError::not_found)?;
    let choices = projects(&choices)?;
    let question = Question { round, title, choices, most, admission, secs };
    command(&handle, Command::SetVote { question }).await
}

/// Makes seat codes; they are shown in this answer and never again.
pub async fn issue(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    Json(IssueCodes { count }): Json<IssueCodes>,
) -> Result<Json<FreshCodes>, ApiError> {
    let handle = app.contest(&code)?;
    presented.drives(&app, &handle)?;
    // One too many is enough to be refused.
    let count = usize::from(count).min(CODES_MAX + 1);
    let random = Random::system();
    let tokens: Vec<CardToken> = (0..count).map(|_| CardToken::random(&random)).collect();
    // In the order of their hashes: the journal does not tell one printed card from the next.
    let mut codes: Vec<Voter> = tokens.iter().map(|token| voter(token.hash())).collect();
    codes.sort_unstable();
    command(&handle, Command::IssueSeatCodes { codes }).await?;
    let base = app.address.base();
    let url = |token: &CardToken| format!("{base}/c/{}/#vote={}", handle.code, token.reveal());
    Ok(Json(FreshCodes { urls: tokens.iter().map(url).collect() }))
}

/// Takes a ballot; the answer comes when it is on disk. The same ballot again is as good as the first.
pub async fn cast(
    State(app): State<App>,
    Path(contest): Path<String>,
    Json(CastBallot { code, device, choices, opened }): Json<CastBallot>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&contest)?;
    let unknown = || ApiError::from(SubmitError::Rejected(Rejection::CodeUnknown));
    let token =
        |text: &str| text.parse::<CardToken>().map(|token| voter(token.hash())).map_err(|_| unknown());
    let code = code.as_deref().map(token).transpose()?;
    let device = token(&device)?;
    let choices = projects(&choices)?;
    // Of a rehearsal, perhaps, and kept on a phone without a line until the vote that counts.
    let contest = handle.contest();
    let now = contest.show.vote.as_ref().and_then(|vote| vote.opened).map(|at| at.0);
    if opened.is_some() && opened != now {
        return Err(SubmitError::Rejected(Rejection::OtherRun).into());
    }
    let id = CommandId(rand::rng().random());
    let command = Command::CastBallot { code, device, choices };
    match handle.cast(Actor::Audience, id, command, contest.run).await {
        Ok(_) | Err(SubmitError::Rejected(Rejection::NothingChanges)) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(error.into()),
    }
}

fn voter(TokenHash(hash): TokenHash) -> Voter {
    let mut first = [0; 16];
    first.copy_from_slice(&hash[..16]);
    Voter(u128::from_be_bytes(first))
}

fn projects(pitches: &[String]) -> Result<Vec<ProjectId>, ApiError> {
    let project = |text: &String| text.parse::<PitchId>().map(|pitch| pitch.project);
    pitches.iter().map(project).collect::<Result<_, _>>().map_err(|_| ApiError::bad_request("bad-number"))
}
