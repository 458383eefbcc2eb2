//! `/api/contests/{code}/log`: who did what when, in sentences, newest first. For those who get the files; what a page costs follows the
//! page, and a filter that finds little goes on where the page before stopped looking.

use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::ProjectId;
use crate::domain::state::contest::Contest;
use crate::http::error::ApiError;
use crate::http::export::{self, told};
use crate::http::extract::Presented;
use crate::http::state::App;
use crate::journal;
use crate::papers::log::{concerns, group, line, project};
use crate::papers::names::Names;
use crate::papers::told::Told;
use crate::papers::words::Lang;
use crate::wire::log::{LogLine, LogPage};
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;

/// Lines of a page.
const LINES: usize = 50;
/// What is read at once, and how often for one page.
const PIECE: u64 = 128 << 10;
const PIECES: usize = 16;

#[derive(Deserialize)]
pub struct Asked {
    lang: Option<String>,
    before: Option<u64>,
    /// `judge:J3`, `host`, …: who did it, or whom it is about.
    person: Option<String>,
    project: Option<String>,
    kind: Option<String>,
}

/// What is looked for.
struct Wanted {
    person: Option<Actor>,
    project: Option<ProjectId>,
    kind: Option<String>,
}

impl Wanted {
    fn of(asked: &Asked) -> Option<Wanted> {
        let filled = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let person = filled(&asked.person).map(|text| text.parse().ok());
        let project = filled(&asked.project).map(|text| text.parse().ok());
        if person == Some(None) || project == Some(None) {
            return None;
        }
        let (person, project) = (person.flatten(), project.flatten());
        Some(Wanted { person, project, kind: filled(&asked.kind) })
    }

    fn takes(&self, one: &Told) -> bool {
        self.person.is_none_or(|person| concerns(one, person))
            && self.project.is_none_or(|of| project(&one.fact) == Some(of))
            && self.kind.as_ref().is_none_or(|kind| group(&one.fact).code() == kind)
    }
}

pub async fn get(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<LogPage>, ApiError> {
    let handle = app.contest(&code)?;
    export::may(&app, &presented, &handle)?;
    let wanted = Wanted::of(&asked).ok_or_else(|| ApiError::bad_request("bad-number"))?;
    let lang = if asked.lang.as_deref() == Some("en") { Lang::En } else { Lang::Zh };
    let turn = export::turn(&app).await?;
    // Of what is on disk for good.
    let (contest, code) = (handle.contest(), handle.code.clone());
    let reading = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        page(&app, &contest, code.as_str(), lang, asked.before, &wanted)
    });
    reading.await.map_err(ApiError::internal)?.map(Json)
}

fn page(
    app: &App,
    contest: &Contest,
    code: &str,
    lang: Lang,
    mut before: Option<u64>,
    wanted: &Wanted,
) -> Result<LogPage, ApiError> {
    let (disk, journals) = app.registry.journals();
    let names = Names { contest, lang };
    let mut lines = Vec::new();
    for _ in 0..PIECES {
        let stretch =
            journal::back::back(&**disk, journals, code, before, PIECE).map_err(ApiError::internal)?;
        for (at, record) in stretch.records.iter().rev().filter(|(_, record)| record.seq <= contest.seq) {
            let told = told(&record.seen())?;
            if wanted.takes(&told) {
                lines.push(said(&names, &told));
            }
            if lines.len() == LINES {
                return Ok(LogPage { lines, before: Some(*at).filter(|at| *at > 0) });
            }
        }
        before = Some(stretch.from).filter(|from| *from > 0);
        if before.is_none() {
            break;
        }
    }
    Ok(LogPage { lines, before })
}

fn said(names: &Names, told: &Told) -> LogLine {
    let line = line(names, told);
    LogLine {
        record: told.stamp.seq,
        at: told.stamp.at.0,
        who: line.who,
        kind: line.group.code().to_owned(),
        project: line.project.map(|project| project.to_string()),
        what: line.sentence,
        rehearsal: line.rehearsal,
    }
}
