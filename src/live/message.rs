//! What reaches a contest's task.

use crate::domain::kernel::ids::JudgeId;
use crate::live::batch::Submission;
use crate::live::presence::Guest;
use crate::live::wheel::Hand;
use crate::wire::client::{DeviceInfo, NudgeName};
use tokio::sync::oneshot;

/// A message to the contest's task.
pub enum Message {
    Submit(Box<Submission>),
    Joined(Guest),
    Left(Guest),
    /// How a judge's device is doing.
    Device(JudgeId, DeviceInfo),
    /// The host's word to a judge.
    Nudge(JudgeId, NudgeName),
    /// A console was opened, on this device.
    ConsoleOpened {
        hand: Hand,
        device: String,
        robot: bool,
    },
    ConsoleClosed(Hand),
    WheelTaken(Hand),
    /// The MC is ready for the next cue.
    McReady(bool),
    /// A person acted as host.
    PersonActed,
    /// The list of displays changed.
    Displays,
    /// Whether messages are taken.
    Asked(oneshot::Sender<()>),
    /// The address shown for phones changed; or the one that was given out is no longer this machine's.
    JoinAddress {
        join: Option<String>,
        moved: bool,
    },
}
