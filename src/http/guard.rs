//! Who may ask at all: the host asked for must be ours, and what changes something or opens a socket must come from
//! our own pages. Also the headers that every answer carries.

use crate::http::error::ApiError;
use crate::http::state::App;
use crate::wire::error::Refusal;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    font-src 'self'; media-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// Refuses foreign hosts and, for changes and sockets, foreign origins.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let Some(host) = host(headers, &request).filter(|host| app.address.is_ours(host)) else {
        return refuse("host-refused");
    };
    let is_socket = headers.contains_key(header::UPGRADE);
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    if (is_socket || changes) && !same_origin(headers, &host, &app) {
        return refuse("origin-refused");
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn refuse(code: &str) -> Response {
    ApiError::new(StatusCode::FORBIDDEN, Refusal::new(code)).into_response()
}

fn host(headers: &HeaderMap, request: &Request) -> Option<String> {
    let mut named = headers.get_all(header::HOST).iter();
    let first = named.next().and_then(|value| value.to_str().ok());
    if named.next().is_some() {
        return None;
    }
    first.map(str::to_ascii_lowercase).or_else(|| request.uri().authority().map(|a| a.as_str().to_owned()))
}

/// Exactly one `Origin`, equal to the host asked for; and nothing in `Sec-Fetch-Site` that says otherwise.
fn same_origin(headers: &HeaderMap, host: &str, app: &App) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let (Some(origin), None) = (origins.next().and_then(|value| value.to_str().ok()), origins.next()) else {
        return false;
    };
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    site.is_none_or(|site| site == b"same-origin") && app.address.is_own_origin(origin, host)
}
