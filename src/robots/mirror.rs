//! A client's picture of its view: snapshots and deltas folded, a gap noticed.

use crate::wire::patch;
use crate::wire::server::ServerFrame;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The view as the frames have built it.
#[derive(Debug, Default)]
pub struct Mirror {
    n: u32,
    view: Option<Value>,
}

/// A delta came that does not follow: ask for a snapshot.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("frame {got} came where {expected} was due")]
pub struct Gap {
    pub expected: u32,
    pub got: u32,
}

impl Mirror {
    /// Folds a frame; true when the view changed.
    pub fn fold(&mut self, frame: &ServerFrame) -> Result<bool, Gap> {
        match frame {
            ServerFrame::Snapshot { n, view } => {
                (self.n, self.view) = (*n, Some(view.clone()));
                Ok(true)
            }
            ServerFrame::Delta { n, patch: change } => {
                let Some(view) = self.view.as_mut().filter(|_| *n == self.n + 1) else {
                    return Err(Gap { expected: self.n + 1, got: *n });
                };
                patch::merge(view, change);
                self.n = *n;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// The view, once there is one.
    pub fn view<V: DeserializeOwned>(&self) -> Option<V> {
        serde_json::from_value(self.view.clone()?).ok()
    }
}
