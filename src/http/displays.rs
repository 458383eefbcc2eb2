//! `/api/contests/{code}/displays/{display}`: the host names a display, points it, identifies it, loads it again, forgets it.

use crate::domain::display::{DISPLAY_CHARS_MAX, DisplayId, Refused};
use crate::domain::rejection::Rejection;
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::pairing::driven;
use crate::http::state::App;
use crate::live::displays::DisplayError;
use crate::live::handle::Handle;
use crate::wire::display::{DisplayWord, SetDisplay};
use crate::wire::error::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

type Named = Path<(String, String)>;

/// The contest, for its host or the organiser, and the display that the path names.
fn asked(
    app: &App,
    presented: &Presented,
    (code, display): &(String, String),
) -> Result<(Handle, DisplayId), ApiError> {
    let (handle, _) = driven(app, presented, code)?;
    Ok((handle, display.parse().map_err(|_| ApiError::not_found())?))
}

/// The answer, and the console's list as it is now.
async fn answer(handle: &Handle, done: Result<(), DisplayError>) -> Result<StatusCode, ApiError> {
    match done {
        Ok(()) => {
            handle.displays_changed().await;
            Ok(StatusCode::NO_CONTENT)
        }
        Err(DisplayError::Unknown) => Err(ApiError::not_found()),
        Err(DisplayError::Refused(refused)) => Err(ApiError::new(StatusCode::CONFLICT, refusal(refused))),
        Err(DisplayError::Store(error)) => Err(ApiError::internal(error)),
    }
}

fn refusal(refused: Refused) -> Refusal {
    match refused {
        Refused::BadName => Refusal::from(&Rejection::BadText { field: "name", max: DISPLAY_CHARS_MAX }),
        Refused::CannotFollow => Refusal::new("cannot-follow"),
        Refused::Followed => Refusal::new("display-followed"),
    }
}

pub async fn set(
    State(app): State<App>,
    presented: Presented,
    Path(path): Named,
    Json(body): Json<SetDisplay>,
) -> Result<StatusCode, ApiError> {
    let (handle, display) = asked(&app, &presented, &path)?;
    let done = match body.role() {
        Some(role) => handle.displays.set(display, &body.name, role).await,
        None => Err(DisplayError::Refused(Refused::CannotFollow)),
    };
    answer(&handle, done).await
}

pub async fn forget(
    State(app): State<App>,
    presented: Presented,
    Path(path): Named,
) -> Result<StatusCode, ApiError> {
    let (handle, display) = asked(&app, &presented, &path)?;
    let done = handle.displays.forget(display).await;
    answer(&handle, done).await
}

pub async fn identify(
    State(app): State<App>,
    presented: Presented,
    Path(path): Named,
) -> Result<StatusCode, ApiError> {
    say(&app, &presented, &path, DisplayWord::Identify)
}

pub async fn reload(
    State(app): State<App>,
    presented: Presented,
    Path(path): Named,
) -> Result<StatusCode, ApiError> {
    say(&app, &presented, &path, DisplayWord::Reload)
}

fn say(
    app: &App,
    presented: &Presented,
    path: &(String, String),
    word: DisplayWord,
) -> Result<StatusCode, ApiError> {
    let (handle, display) = asked(app, presented, path)?;
    handle.displays.say(display, word).map_err(|_| ApiError::not_found())?;
    Ok(StatusCode::NO_CONTENT)
}
