//! Keeps sled's projection of a contest behind its journal. Latest-state: a projection that lags skips to the newest.

use crate::domain::kernel::ids::ContestCode;
use crate::domain::state::contest::Contest;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::projections::{ContestRow, ProjectRow};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// While marks come in, the rows change in nothing but how far they are: so often is enough.
const WRITTEN_EVERY: Duration = Duration::from_millis(250);

/// Follows the durable states until the contest's task is gone. Begins by rebuilding what the store has.
pub async fn follow(store: Store, code: ContestCode, mut durable: watch::Receiver<Arc<Contest>>) {
    let mut written: Option<Arc<Contest>> = None;
    loop {
        let contest = durable.borrow_and_update().clone();
        let again = Instant::now() + WRITTEN_EVERY;
        if contest.code.is_some() {
            let (store, of, before, now) = (store.clone(), code.clone(), written.take(), contest.clone());
            let write =
                tokio::task::spawn_blocking(move || write(&store, &of, before.as_deref(), &now)).await;
            match write {
                Ok(Ok(())) => written = Some(contest),
                // The journal is the truth; the projection is rebuilt from it at the next change or start.
                Ok(Err(error)) => {
                    tracing::warn!(contest = %code, %error, "the projection could not be written")
                }
                Err(error) => tracing::warn!(contest = %code, %error, "the projection could not be written"),
            }
        }
        if durable.changed().await.is_err() {
            return;
        }
        collect(&mut durable, again).await;
    }
}

/// Lets changes come together until then, or until the contest's task is gone.
async fn collect(durable: &mut watch::Receiver<Arc<Contest>>, until: Instant) {
    let gone = async { while durable.changed().await.is_ok() {} };
    let _either = tokio::time::timeout_at(until, gone).await;
}

fn write(
    store: &Store,
    code: &ContestCode,
    before: Option<&Contest>,
    now: &Contest,
) -> Result<(), StoreError> {
    let row = contest_row(code, now);
    let Some(before) = before else { return store.rebuild(&row, &project_rows(now)) };
    let (old, new) = (&before.show, &now.show);
    if old.projects.same(&new.projects) && old.tracks.same(&new.tracks) {
        return store.apply(&row, &[], &[]);
    }
    let known = project_rows(before);
    let fresh =
        |row: &ProjectRow| known.binary_search_by_key(&row.id, |one| one.id).map(|at| &known[at]) != Ok(row);
    let changed: Vec<_> = project_rows(now).into_iter().filter(fresh).collect();
    let gone: Vec<_> = old.projects.keys().copied().filter(|id| !new.projects.contains_key(id)).collect();
    store.apply(&row, &changed, &gone)
}

/// The rows that a contest's state makes. `verify` compares them with what the store has.
pub fn rows(code: &ContestCode, contest: &Contest) -> (ContestRow, Vec<ProjectRow>) {
    (contest_row(code, contest), project_rows(contest))
}

fn contest_row(code: &ContestCode, contest: &Contest) -> ContestRow {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    ContestRow {
        code: code.clone(),
        title: contest.show.about.title.clone(),
        projects: count(contest.show.projects.len()),
        judges: count(contest.judges.len()),
        finished: contest.show.finished,
        created_at: contest.created_at,
        applied_seq: contest.seq,
    }
}

/// By id.
fn project_rows(contest: &Contest) -> Vec<ProjectRow> {
    let project = |project: &crate::domain::terms::roster::Project| ProjectRow {
        id: project.id,
        name: project.name.clone(),
        short: project.short.clone(),
        track: contest.show.track_name(project).to_owned(),
        unit: project.unit.clone(),
        presenter: project.presenter.clone(),
    };
    contest.show.projects.values().map(project).collect()
}
