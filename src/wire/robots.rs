//! Judges that robots play in a rehearsal: who, how, and how their lines fare.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `PUT /api/contests/{code}/robots`: these judges are played by robots from now on, no others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetRobots {
    /// `J1`, …
    pub judges: Vec<String>,
    /// Length of one robot step.
    pub pace_ms: u32,
    /// The robots' network misbehaves.
    #[serde(default)]
    pub faults: bool,
    /// Repeats the faults of an earlier rehearsal; a new one is drawn without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub seed: Option<u32>,
}

/// `GET /api/contests/{code}/robots`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Robots {
    /// Absent while no judge is played by a robot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub play: Option<RobotPlay>,
    pub judges: Vec<RobotLine>,
}

/// How the robots play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RobotPlay {
    pub pace_ms: u32,
    /// The seed of the network's faults; absent where the lines hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub seed: Option<u32>,
}

/// A judge who was to be played by a robot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RobotLine {
    pub judge: String,
    #[ts(type = "number")]
    pub since: u64,
    /// A person has the seat: the robot has stepped aside, or never began.
    pub aside: bool,
    /// Lines lost.
    pub cuts: u32,
    /// Scorecards said again under the same id.
    pub resends: u32,
    /// Scorecards that the server has on disk.
    pub received: u32,
}
