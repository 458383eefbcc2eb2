//! Keeps sled's projection of a contest behind its journal. Latest-state: a projection that lags skips to the newest.

use crate::domain::contest::Contest;
use crate::domain::ids::ContestCode;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::projections::{ContestRow, ProjectRow};
use std::sync::Arc;
use tokio::sync::watch;

/// Follows the durable states until the contest's task is gone. Begins by rebuilding what the store has.
pub async fn follow(store: Store, code: ContestCode, mut durable: watch::Receiver<Arc<Contest>>) {
    let mut written: Option<Vec<ProjectRow>> = None;
    loop {
        let contest = durable.borrow_and_update().clone();
        if contest.code.is_some() {
            let (row, projects) = rows(&code, &contest);
            let (store, before, now) = (store.clone(), written.take(), projects.clone());
            let write =
                tokio::task::spawn_blocking(move || write(&store, &row, before.as_deref(), &now)).await;
            match write {
                Ok(Ok(())) => written = Some(projects),
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
    }
}

fn write(
    store: &Store,
    row: &ContestRow,
    before: Option<&[ProjectRow]>,
    now: &[ProjectRow],
) -> Result<(), StoreError> {
    let Some(before) = before else { return store.rebuild(row, now) };
    let changed: Vec<_> = now.iter().filter(|project| !before.contains(project)).cloned().collect();
    let gone: Vec<_> = before
        .iter()
        .map(|project| project.id)
        .filter(|id| now.iter().all(|project| project.id != *id))
        .collect();
    store.apply(row, &changed, &gone)
}

/// The rows that a contest's state makes. `verify` compares them with what the store has.
pub fn rows(code: &ContestCode, contest: &Contest) -> (ContestRow, Vec<ProjectRow>) {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let row = ContestRow {
        code: code.clone(),
        title: contest.show.about.title.clone(),
        projects: count(contest.show.projects.len()),
        judges: count(contest.judges.len()),
        finished: contest.show.finished,
        created_at: contest.created_at,
        applied_seq: contest.seq,
    };
    let project = |project: &crate::domain::roster::Project| ProjectRow {
        id: project.id,
        name: project.name.clone(),
        short: project.short.clone(),
        track: contest.show.track_name(project).to_owned(),
        unit: project.unit.clone(),
        presenter: project.presenter.clone(),
    };
    (row, contest.show.projects.values().map(project).collect())
}
