//! HTTP and sockets: parses, authenticates, asks, formats; decides nothing. This file is the route table.

pub mod account;
pub mod address;
pub mod assets;
pub mod cards;
pub mod chair;
pub mod checks;
pub mod contests;
pub mod displays;
pub mod engines;
pub mod error;
pub mod explain;
pub mod export;
pub mod extract;
pub mod give;
pub mod guard;
pub mod health;
pub mod hosts;
pub mod import;
pub mod log;
pub mod pages;
pub mod pair;
pub mod panels;
pub mod pairing;
pub mod preflight;
pub mod presets;
pub mod programme;
pub mod pictures;
pub mod qr;
pub mod recusals;
pub mod robots;
pub mod rubric;
pub mod scorecards;
pub mod socket;
pub mod state;
pub mod statistics;
pub mod ticked;
pub mod timing;
mod contrast;
mod interests;
mod look;
mod votes;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{any, delete, get, post, put};
use state::App;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

/// Largest body, in bytes: a workbook of 2 MiB and its multipart wrapping.
const BODY_BYTES_MAX: usize = 2 * 1024 * 1024 + 64 * 1024;
/// Longest a request may take; sockets are answered long before.
const REQUEST_MAX: Duration = Duration::from_secs(30);

/// Every route there is.
pub fn routes(app: App) -> Router {
    let pages = Router::new()
        .route("/", get(pages::audience))
        .route("/judge", get(pages::judge))
        .route("/host", get(pages::host))
        .route("/screen", get(pages::screen))
        .route("/timer", get(pages::timer))
        .route("/organise", get(pages::organise))
        .route("/check", get(pages::check))
        .route("/c/{code}/", get(pages::audience))
        .route("/c/{code}/judge", get(pages::judge))
        .route("/c/{code}/host", get(pages::host))
        .route("/c/{code}/screen", get(pages::screen))
        .route("/c/{code}/timer", get(pages::timer))
        .route("/overlay", get(pages::overlay))
        .route("/c/{code}/overlay", get(pages::overlay))
        .route("/c/{code}/check", get(pages::check))
        .route("/mc", get(pages::mc))
        .route("/c/{code}/mc", get(pages::mc))
        .route("/auditor", get(pages::auditor))
        .route("/c/{code}/auditor", get(pages::auditor))
        .route("/draw", get(pages::draw))
        .route("/c/{code}/draw", get(pages::draw))
        .route("/print", get(pages::print))
        .route("/c/{code}/print", get(pages::print))
        .route("/interest", get(pages::interest))
        .route("/c/{code}/interest", get(pages::interest))
        .route("/assets/{*path}", get(pages::asset))
        .route("/mark.svg", get(pages::mark))
        .route("/judge.webmanifest", get(pages::manifest))
        .route("/judge-worker.js", get(pages::worker))
        .route("/awake.mp4", get(pages::film));
    let sockets = Router::new()
        .route("/c/{code}/ws/public", any(socket::feed::public))
        .route("/c/{code}/ws/screen", any(socket::feed::screen))
        .route("/c/{code}/ws/host", any(socket::seat::host))
        .route("/c/{code}/ws/mc", any(socket::seat::mc))
        .route("/c/{code}/ws/auditor", any(socket::seat::auditor))
        .route("/c/{code}/ws/judge/{seat}", any(socket::seat::judge));
    // What is too large is read far enough to say so.
    let workbook = DefaultBodyLimit::max(4 * BODY_BYTES_MAX);
    let small = DefaultBodyLimit::max(checks::REPORT_BYTES_MAX);
    let api = Router::new()
        .route("/me", get(account::me))
        .route("/current", get(account::current))
        .route("/claim", post(account::claim))
        .route("/login", post(account::login))
        .route("/logout", post(account::logout))
        .route("/pair", post(pair::with_card))
        .route("/pair/typed", post(pair::typed))
        .route("/address", get(address::get).put(address::put))
        .route("/qr.svg", get(qr::get))
        .route("/template.xlsx", get(import::template))
        .route("/presets", get(presets::list))
        .route("/contests", get(contests::list).post(contests::create))
        .route("/contests/{code}", get(contests::detail))
        .route("/contests/{code}/public", get(contests::public))
        .route("/contests/{code}/about", put(contests::change_about))
        .route("/contests/{code}/programme", put(programme::set))
        .route("/contests/{code}/window", put(programme::set_window))
        .route("/contests/{code}/order", put(contests::set_order))
        .route("/contests/{code}/projects/{id}", put(contests::change_project))
        .route("/contests/{code}/judges/{id}", put(contests::change_judge))
        .route("/contests/{code}/chair", put(chair::set))
        .route("/contests/{code}/rubric", put(rubric::set))
        .route("/contests/{code}/timing", put(timing::set))
        .route("/contests/{code}/recusals/{pitch}/{judge}", put(recusals::declare))
        .route("/contests/{code}/recusals/{pitch}/{judge}", delete(recusals::withdraw))
        .route("/contests/{code}/explain/{pitch}", get(explain::get))
        .route("/contests/{code}/scorecards/{pitch}", get(scorecards::get))
        .route("/contests/{code}/statistics", get(statistics::get))
        .route("/contests/{code}/export/{file}", get(export::get))
        .route("/contests/{code}/log", get(log::get))
        .route("/contests/{code}/preset", post(presets::set))
        .route("/contests/{code}/ranking", put(presets::set_ranking))
        .route("/contests/{code}/current", post(contests::make_current))
        .route("/contests/{code}/import", post(import::workbook).layer(workbook))
        .route("/contests/{code}/cards", post(cards::issue))
        .route("/contests/{code}/logo", get(look::get).put(look::put).delete(look::remove))
        .route("/contests/{code}/vote", put(votes::set))
        .route("/contests/{code}/vote/codes", post(votes::issue))
        .route("/contests/{code}/ballots", post(votes::cast))
        .route("/contests/{code}/interests", get(interests::list).post(interests::leave))
        .route("/contests/{code}/interests", delete(interests::remove_all))
        .route("/contests/{code}/interests.xlsx", get(interests::export))
        .route("/contests/{code}/interests/{id}", put(interests::change).delete(interests::remove))
        .route("/contests/{code}/teams/{project}", post(interests::link).delete(interests::unlink))
        .route("/contests/{code}/team", post(interests::team))
        .route("/contests/{code}/pairing", get(pairing::get).post(pairing::show))
        .route("/contests/{code}/pairing/approve", post(pairing::approve))
        .route("/contests/{code}/pairing/dismiss", post(pairing::dismiss))
        .route("/contests/{code}/preflight", get(preflight::get))
        .route("/contests/{code}/checks", post(checks::report).layer(small))
        .route("/contests/{code}/robots", get(robots::get).put(robots::put).delete(robots::end))
        .route("/contests/{code}/displays/{display}", put(displays::set).delete(displays::forget))
        .route("/contests/{code}/displays/{display}/identify", post(displays::identify))
        .route("/contests/{code}/displays/{display}/reload", post(displays::reload))
        .fallback(no_such_route);
    Router::new()
        .merge(pages)
        .merge(sockets)
        .nest("/api", api)
        .route("/healthz", get(health::healthz))
        .fallback(no_such_route)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::REQUEST_TIMEOUT, REQUEST_MAX))
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        .layer(CatchPanicLayer::new())
        .with_state(app)
}

async fn no_such_route() -> error::ApiError {
    error::ApiError::not_found()
}
