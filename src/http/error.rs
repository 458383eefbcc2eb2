//! The one mapping from what went wrong to an HTTP status and an RFC 9457 problem body.

use crate::auth::error::AuthError;
use crate::live::error::SubmitError;
use crate::wire::error::Refusal;
use crate::wire::rest::{PlaceProblem, Problem};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    pub refusal: Refusal,
    places: Vec<PlaceProblem>,
}

impl ApiError {
    pub fn new(status: StatusCode, refusal: Refusal) -> Self {
        ApiError { status, refusal, places: Vec::new() }
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, Refusal::new("not-found"))
    }

    pub fn signed_out() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, Refusal::new("signed-out"))
    }

    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, Refusal::new("forbidden"))
    }

    pub fn bad_request(code: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Refusal::new(code))
    }

    /// Too often from this address.
    pub fn later(code: &str, wait: Duration) -> Self {
        let seconds = wait.as_secs().max(1);
        Self::new(StatusCode::TOO_MANY_REQUESTS, Refusal::new(code).with("seconds", seconds))
    }

    /// An uploaded file with errors, each at its place.
    pub fn places(places: Vec<PlaceProblem>) -> Self {
        let refusal = Refusal::new("workbook-has-errors").with("count", places.len());
        ApiError { status: StatusCode::UNPROCESSABLE_ENTITY, refusal, places }
    }

    pub fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, Refusal::new("internal"))
    }
}

impl From<SubmitError> for ApiError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Rejected(rejection) => Self::new(StatusCode::CONFLICT, Refusal::from(&rejection)),
            busy => Self::new(StatusCode::SERVICE_UNAVAILABLE, Refusal::new(busy.code())),
        }
    }
}

impl From<AuthError> for ApiError {
    fn from(error: AuthError) -> Self {
        let status = match error.code() {
            "seat-taken" | "already-claimed" => StatusCode::CONFLICT,
            "slow-down" | "busy" => StatusCode::TOO_MANY_REQUESTS,
            "needs-approval" | "pairing-closed" | "second-person-here" => StatusCode::FORBIDDEN,
            "weak-password" => StatusCode::UNPROCESSABLE_ENTITY,
            "storage-failed" => return Self::internal(error),
            _ => StatusCode::UNAUTHORIZED,
        };
        let mut refusal = Refusal::new(error.code());
        for (key, value) in error.params() {
            refusal = refusal.with(key, value);
        }
        Self::new(status, refusal)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = Problem {
            r#type: "about:blank".into(),
            title: self.status.canonical_reason().unwrap_or("error").into(),
            status: self.status.as_u16(),
            refusal: self.refusal,
            places: self.places,
        };
        let mut response = (self.status, Json(problem)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}
