//! What every handler can reach. Handlers parse, authenticate, ask and format; they decide nothing and write nothing.

use crate::auth::Auth;
use crate::auth::cookie::Cookies;
use crate::clock::Clock;
use crate::domain::ids::{ContestCode, JudgeId, PitchId};
use crate::domain::points::Points;
use crate::domain::rubric::CriterionId;
use crate::http::address::Address;
use crate::http::error::ApiError;
use crate::live::handle::Handle;
use crate::live::registry::Registry;
use crate::store::Store;
use crate::wire::server::ServerFrame;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::watch;

/// Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub registry: Registry,
    pub auth: Auth,
    pub store: Store,
    pub clock: Clock,
    pub address: Arc<Address>,
    /// Becomes true when the server stops.
    pub stop: watch::Receiver<bool>,
}

/// A draft as the store keeps it.
#[derive(Serialize, Deserialize)]
struct Draft {
    marks: BTreeMap<CriterionId, Points>,
    comment: String,
}

impl App {
    /// The contest under this code.
    pub fn contest(&self, code: &str) -> Result<Handle, ApiError> {
        let code: ContestCode = code.parse().map_err(|_| ApiError::not_found())?;
        self.registry.get(&code).ok_or_else(ApiError::not_found)
    }

    /// The contest that the bare paths show: the one chosen, else the newest.
    pub fn current(&self) -> Option<Handle> {
        let chosen = self.auth.current_contest().and_then(|code| self.registry.get(&code));
        chosen.or_else(|| self.registry.all().into_iter().max_by_key(|handle| handle.contest().created_at))
    }

    /// The rules of this server's cookies.
    pub fn cookies(&self) -> Cookies {
        self.auth.cookies(self.address.is_secure())
    }

    /// Waits until the server stops.
    pub async fn stopping(&self) {
        let mut stop = self.stop.clone();
        if stop.wait_for(|stop| *stop).await.is_err() {
            // The server itself is gone: that is stopping, too.
        }
    }

    /// A judge's unfinished marks, kept for a tablet that takes over.
    pub async fn keep_draft(
        &self,
        code: &ContestCode,
        judge: JudgeId,
        pitch: PitchId,
        marks: BTreeMap<CriterionId, Points>,
        comment: String,
    ) {
        let kept = match serde_json::value::to_raw_value(&Draft { marks, comment }) {
            Ok(draft) => self.store.put_draft(code, judge, pitch, &draft).await.map_err(|e| e.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = kept {
            tracing::warn!(contest = %code, %judge, error, "a draft could not be kept");
        }
    }

    /// The judge's drafts as frames.
    pub fn drafts(&self, code: &ContestCode, judge: JudgeId) -> Vec<ServerFrame> {
        let kept = self.store.drafts(code, judge).unwrap_or_else(|error| {
            tracing::warn!(contest = %code, %judge, %error, "drafts cannot be read");
            Vec::new()
        });
        let frame = |(pitch, draft): (PitchId, Box<serde_json::value::RawValue>)| {
            let Draft { marks, comment } = serde_json::from_str(draft.get()).ok()?;
            let marks = marks.into_iter().map(|(id, mark)| (id.to_string(), mark.to_string())).collect();
            Some(ServerFrame::Draft { pitch: pitch.to_string(), marks, comment })
        };
        kept.into_iter().filter_map(frame).collect()
    }
}
