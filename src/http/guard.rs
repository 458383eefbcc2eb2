//! Who may ask at all: the host asked for must be ours, and what changes something or opens a socket must come from
//! our own pages. Also the headers that every answer carries.

use crate::http::error::ApiError;
use crate::http::state::App;
use crate::wire::error::Refusal;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    font-src 'self'; media-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// What a page of ours has no use for, and nobody gets through it.
const POLICY: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), usb=()";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), POLICY),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Refuses foreign hosts and, for changes and sockets, foreign origins; every answer gets its headers.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = admitted(&app, request, next).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    // On plain http browsers pass it over, and complain.
    if app.address.is_secure() {
        headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    }
    response
}

async fn admitted(app: &App, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let Some(host) = host(headers, &request).filter(|host| app.address.is_ours(host)) else {
        return refuse("host-refused");
    };
    let is_socket = headers.contains_key(header::UPGRADE);
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    if (is_socket || changes) && !same_origin(headers, &host, app) {
        return refuse("origin-refused");
    }
    next.run(request).await
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
