//! How far a result is, and what may be proposed after the end, by their names.

use crate::domain::terms::life::Life;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LifeName {
    #[default]
    Provisional,
    Confirmed,
    Official,
    Published,
}

impl From<Life> for LifeName {
    fn from(life: Life) -> Self {
        match life {
            Life::Provisional => LifeName::Provisional,
            Life::Confirmed => LifeName::Confirmed,
            Life::Official => LifeName::Official,
            Life::Published => LifeName::Published,
        }
    }
}

/// A command in waiting, without its reason; the domain's own `Correction`.
#[derive(TS)]
#[ts(tag = "do", rename_all = "kebab-case")]
pub enum ProposedCorrection {
    Deduct {
        pitch: String,
        /// Points of the final score, as a decimal string.
        points: String,
    },
    RemoveDeduction {
        pitch: String,
        #[ts(type = "number")]
        deduction: u64,
    },
    ConfirmOvertime {
        pitch: String,
    },
    DismissOvertime {
        pitch: String,
    },
    ReopenScorecard {
        pitch: String,
        judge: String,
    },
    WithdrawReopening {
        pitch: String,
        judge: String,
    },
    DeclareRecusal {
        pitch: String,
        judge: String,
    },
    WithdrawRecusal {
        pitch: String,
        judge: String,
    },
    DecideTie {
        round: String,
        /// Best first.
        order: Vec<String>,
    },
    WithdrawPitch {
        pitch: String,
    },
    Disqualify {
        pitch: String,
    },
    Reinstate {
        pitch: String,
    },
}
