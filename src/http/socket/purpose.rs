//! What a socket is for, and who takes part over it.

use super::display::OfDisplay;
use crate::auth::session::{Session, SessionId};
use crate::domain::display::Role;
use crate::domain::kernel::actor::Actor;
use crate::fanout::channel::Channel;
use crate::live::handle::{ConsolePass, Handle};
use crate::live::presence::Guest;
use std::sync::Arc;

/// A page that may give commands.
#[derive(Clone)]
pub struct Participant {
    pub actor: Actor,
    pub session: Session,
    /// The sessions of the same browser.
    pub beside: Arc<[SessionId]>,
}

impl Participant {
    pub fn guest(&self, robot: bool) -> Guest {
        let robot = robot || self.session.robot;
        match self.actor {
            Actor::Judge(judge) => Guest::Judge { judge, robot },
            Actor::Organiser | Actor::Host | Actor::Clock | Actor::Audience => Guest::Host { robot },
            Actor::Mc => Guest::Mc,
            Actor::Auditor => Guest::Auditor,
        }
    }
}

/// What a socket is for.
pub struct Purpose {
    pub handle: Handle,
    pub channel: Arc<Channel>,
    /// Phones are pushed to at a pace.
    pub crowd: bool,
    pub participant: Option<Participant>,
    pub display: Option<OfDisplay>,
}

impl Purpose {
    /// Nobody acts here, and nobody's leave to be here ends.
    pub fn only_looks(&self) -> bool {
        self.participant.is_none() && self.display.is_none_or(|display| display.only.is_none())
    }

    pub fn guest(&self, robot: bool) -> Guest {
        match &self.participant {
            Some(participant) => participant.guest(robot),
            None if self.crowd => Guest::Phone,
            None if self.display.and_then(|display| display.only) == Some(Role::Mc) => Guest::Mc,
            None => Guest::Screen,
        }
    }
}

impl Purpose {
    /// Lists a console, where a host or the organiser sits at this socket.
    pub async fn open_console(&self, robot: bool) -> Option<ConsolePass> {
        let participant = self.participant.as_ref()?;
        if !matches!(participant.actor, Actor::Host | Actor::Organiser) {
            return None;
        }
        let robot = robot || participant.session.robot;
        Some(self.handle.open_console(participant.session.device.clone(), robot).await)
    }
}
