//! `/api/contests/{code}/export/{file}`: what leaves the hall. For the organiser, and for the auditor, who reads everything and edits
//! nothing; for nobody else, neither host nor chair: it tells who gave what, and what was written beside it. Of what is printed,
//! `print.json`, host and MC have the sheets that tell no more than their own pages.

use crate::auth::seat::Place;
use crate::domain::state::contest::Contest;
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::state::App;
use crate::journal;
use crate::journal::record::Seen;
use crate::live;
use crate::live::actor::replay;
use crate::live::handle::Handle;
use crate::papers::moment::Zone;
use crate::papers::print::{self, Reader};
use crate::papers::source::{Heading, Source};
use crate::papers::tables::{keys, table, tables};
use crate::papers::told::Told;
use crate::papers::words::Lang;
use crate::papers::{csv, json, workbook};
use crate::wire::error::Refusal;
use crate::wire::judging::document::document;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// So many are made at a time: a judge's receipt waits for none of them.
const AT_ONCE: usize = 2;
/// Whoever waits longer for a turn is told so.
const WAIT_MAX: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
pub struct Words {
    lang: Option<String>,
    /// Of `tally.json`; without it the round that the hall is in.
    round: Option<String>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum File {
    Workbook,
    Csv(&'static str),
    Json(&'static str),
    /// What `podium tally` reads.
    Tally,
    /// What the page of the sheets lays out.
    Print(Reader),
}

impl File {
    fn of(name: &str, reader: Reader) -> Option<File> {
        if name == "print.json" {
            return Some(File::Print(reader));
        }
        if name == "workbook.xlsx" {
            return Some(File::Workbook);
        }
        if name == "tally.json" {
            return Some(File::Tally);
        }
        let (key, ending) = name.rsplit_once('.')?;
        let key = keys().find(|known| *known == key)?;
        match ending {
            "csv" => Some(File::Csv(key)),
            "json" => Some(File::Json(key)),
            _ => None,
        }
    }

    fn kind(self) -> &'static str {
        match self {
            File::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            File::Csv(_) => "text/csv; charset=utf-8",
            File::Json(_) | File::Tally | File::Print(_) => "application/json",
        }
    }
}

/// Turns at making something.
pub fn turns() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(AT_ONCE))
}

/// Lets those through who may know everything about the result.
pub fn may(app: &App, presented: &Presented, handle: &Handle) -> Result<(), ApiError> {
    let organises = presented.session(app, &Place::organiser()).is_some();
    if organises || presented.audits(app, handle) { Ok(()) } else { Err(ApiError::signed_out()) }
}

/// As whom somebody may have this file.
fn reader(app: &App, presented: &Presented, handle: &Handle, file: &str) -> Result<Reader, ApiError> {
    if file != "print.json" {
        return may(app, presented, handle).map(|()| Reader::Office);
    }
    let seats = [
        (Place::organiser(), Reader::Office),
        (Place::auditor(handle.code.clone()), Reader::Office),
        (Place::host(handle.code.clone()), Reader::Host),
        (Place::mc(handle.code.clone()), Reader::Mc),
    ];
    let seated = seats.into_iter().find(|(place, _)| presented.session(app, place).is_some());
    seated.map(|(_, reader)| reader).ok_or_else(ApiError::signed_out)
}

/// A turn, while it is held.
pub async fn turn(app: &App) -> Result<OwnedSemaphorePermit, ApiError> {
    let waited = tokio::time::timeout(WAIT_MAX, app.exports.clone().acquire_owned()).await;
    waited.map_err(|_| ApiError::later("export-busy", WAIT_MAX))?.map_err(ApiError::internal)
}

pub async fn get(
    State(app): State<App>,
    presented: Presented,
    Path((code, file)): Path<(String, String)>,
    Query(words): Query<Words>,
) -> Result<impl IntoResponse, ApiError> {
    let handle = app.contest(&code)?;
    let reader = reader(&app, &presented, &handle, &file)?;
    let wanted = File::of(&file, reader).ok_or_else(ApiError::not_found)?;
    let lang = if words.lang.as_deref() == Some("en") { Lang::En } else { Lang::Zh };
    let turn = turn(&app).await?;
    let (reading, now) = (app.clone(), app.clock.now());
    let code = handle.code.clone();
    // The turn goes along: a request that is given up does not let the next one be made beside it.
    let read = tokio::task::spawn_blocking(move || {
        let at = read(&reading, code.as_str());
        (turn, at)
    });
    let (turn, read) = read.await.map_err(ApiError::internal)?;
    let Read { contest, facts, head } = read?;
    on_disk(&handle, contest.seq).await?;
    let making = tokio::task::spawn_blocking(move || {
        let source = Source { contest: &contest, facts: &facts, head, now, lang };
        let made = made(&source, wanted, words.round.as_deref());
        drop(turn);
        made
    });
    let bytes = making.await.map_err(ApiError::internal)??;
    let name = format!("attachment; filename=\"{}-{file}\"", handle.code);
    let headers = [
        (header::CONTENT_TYPE, wanted.kind().to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes))
}

/// A contest as its journal has it.
struct Read {
    contest: Contest,
    facts: Vec<Told>,
    /// Hash of the last record.
    head: String,
}

fn read(app: &App, code: &str) -> Result<Read, ApiError> {
    let (disk, journals) = app.registry.journals();
    let found = journal::verify(&**disk, journals, code).map_err(ApiError::internal)?;
    let contest = replay(&found.records).map_err(ApiError::internal)?.contest;
    let facts = found.records.iter().map(|record| told(&record.seen()));
    let facts = facts.collect::<Result<_, _>>()?;
    Ok(Read { contest, facts, head: found.head.hex() })
}

/// A record for people.
pub fn told(record: &Seen) -> Result<Told, ApiError> {
    let read = live::actor::Told::by(record).map_err(ApiError::internal)?;
    Ok(Told { stamp: read.stamp(), fact: read.fact().clone() })
}

/// What was read may be on its way to the disk; nothing leaves before it is there.
async fn on_disk(handle: &Handle, seq: u64) -> Result<(), ApiError> {
    let there = handle.until(move |contest| contest.seq >= seq);
    let waited = tokio::time::timeout(WAIT_MAX, there).await;
    // A task that has gone resolves it, too.
    let is_there = waited.is_ok() && handle.contest().seq >= seq;
    let busy = || ApiError::new(StatusCode::SERVICE_UNAVAILABLE, Refusal::new("unavailable"));
    is_there.then_some(()).ok_or_else(busy)
}

fn made(source: &Source, wanted: File, round: Option<&str>) -> Result<Vec<u8>, ApiError> {
    let zone = Zone::of(&source.contest.show.about.zone);
    let heading = Heading::of(source);
    match wanted {
        File::Workbook => workbook::write(&tables(source), &heading, &zone).map_err(ApiError::internal),
        File::Csv(key) => {
            let table = table(source, key).ok_or_else(ApiError::not_found)?;
            Ok(csv::write(&table, &zone).into_bytes())
        }
        File::Json(key) => {
            let table = table(source, key).ok_or_else(ApiError::not_found)?;
            serde_json::to_vec(&json::write(&table, &heading, &zone)).map_err(ApiError::internal)
        }
        File::Tally => tally(source, round),
        File::Print(reader) => serde_json::to_vec(&print::write(source, reader)).map_err(ApiError::internal),
    }
}

fn tally(source: &Source, round: Option<&str>) -> Result<Vec<u8>, ApiError> {
    let show = &source.contest.show;
    let asked = round.map(|id| id.parse().ok().and_then(|id| source.contest.round(id)));
    let round = asked.unwrap_or_else(|| show.round_now()).ok_or_else(ApiError::not_found)?;
    // A document without a ranking would only be refused.
    let none = || ApiError::new(StatusCode::CONFLICT, Refusal::new("no-ranking"));
    let document = document(source.contest, round, &source.head).map_err(|_| none())?;
    if document.is_empty() {
        return Err(none());
    }
    serde_json::to_vec_pretty(&document).map_err(ApiError::internal)
}
