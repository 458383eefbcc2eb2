//! The sockets of one channel, and when they are pushed to.

use crate::fanout::channel::{Channel, Missed};
use crate::fanout::frame;
use bytes::Bytes;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

pub struct Room {
    channel: Arc<Channel>,
    /// How many sockets are in it, seated or not.
    pub sockets: usize,
    /// Indices of the sockets that have their seat.
    pub members: Vec<usize>,
    /// The newest frame when the last push began.
    pub shown: u32,
    /// While a push is on: so many members at the front have not had their turn.
    pub left: usize,
    began: u64,
    /// Not before this time, in milliseconds.
    pub next: u64,
    /// A member that has been pushed to follows from somewhere else.
    pub again: bool,
    encoded: Encoded,
}

/// What members miss, as finished frames, made once for all of them.
#[derive(Default)]
struct Encoded {
    n: u32,
    /// From where, where to, what.
    deltas: Vec<(u32, u32, Bytes)>,
    whole: Option<(u32, Bytes)>,
}

impl Room {
    pub fn new(channel: Arc<Channel>) -> Self {
        let shown = channel.n();
        Room {
            channel,
            sockets: 0,
            members: Vec::new(),
            shown,
            left: 0,
            began: 0,
            next: 0,
            again: false,
            encoded: Encoded::default(),
        }
    }

    pub fn channel(&self) -> &Arc<Channel> {
        &self.channel
    }

    /// Takes a member in; its place.
    pub fn add(&mut self, index: usize) -> usize {
        self.members.push(index);
        self.members.len() - 1
    }

    /// The member at this place leaves, if it is this one; who has another place now.
    pub fn remove(&mut self, index: usize, place: usize) -> impl Iterator<Item = (usize, usize)> {
        let mut places = [place, place];
        let is_here = self.members.get(place) == Some(&index);
        if is_here {
            // One that has not had its turn is replaced by the last of those, so that nobody is passed over.
            if place < self.left {
                self.left -= 1;
                places[1] = self.left;
                self.members.swap(place, self.left);
            }
            self.members.swap_remove(places[1]);
        }
        let moved = places.map(|at| self.members.get(at).map(|index| (*index, at)));
        moved.into_iter().flatten().filter(move |_| is_here)
    }

    /// There is something that has not been pushed.
    pub fn wants(&self) -> bool {
        self.left > 0 || self.again || self.shown != self.channel.n()
    }

    /// Begins a push.
    pub fn begin(&mut self, now: u64) {
        (self.shown, self.left, self.began) = (self.channel.n(), self.members.len(), now);
        self.again = false;
    }

    /// The push is over. The next one waits as long as the engine is told to, and leaves others half of the thread's time.
    pub fn end(&mut self, now: u64, pause: u64) {
        let rest = if pause == 0 { 0 } else { pause.max(2 * now.saturating_sub(self.began)) };
        self.next = self.began + rest;
        self.members.shrink_to(2 * self.members.len());
    }

    /// What who is at `since` misses, as frames, and the number reached; nothing where it cannot be made.
    pub fn missing(&mut self, since: Option<u32>, piece: usize) -> Option<(u32, Bytes)> {
        let n = self.channel.n();
        if self.encoded.n != n {
            self.encoded = Encoded { n, ..Encoded::default() };
        }
        let Encoded { deltas, whole, .. } = &mut self.encoded;
        if let Some((_, to, bytes)) = deltas.iter().find(|(from, ..)| Some(*from) == since) {
            return Some((*to, bytes.clone()));
        }
        let channel = &self.channel;
        let made = catch_unwind(AssertUnwindSafe(|| match (channel.after(since), &*whole) {
            ((n, Missed::Whole(_)), Some((to, bytes))) if n == *to => (false, n, bytes.clone()),
            ((n, Missed::Whole(snapshot)), _) => (false, n, frame::texts(&[snapshot], piece)),
            ((n, Missed::Deltas(deltas)), _) => (true, n, frame::texts(&deltas, piece)),
        }));
        let Ok((is_delta, to, bytes)) = made else {
            tracing::error!("a frame could not be made");
            return None;
        };
        match since {
            Some(from) if is_delta => deltas.push((from, to, bytes.clone())),
            _ if is_delta => {}
            _ => *whole = Some((to, bytes.clone())),
        }
        Some((to, bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever leaves during a push, everybody else has had their turn when it is over, and knows their place.
    #[test]
    fn nobody_is_passed_over() {
        for leaver in 0..5 {
            for turns in 0..5 {
                let mut room = Room::new(Arc::default());
                let mut places: Vec<usize> = (0..5).map(|index| room.add(index)).collect();
                room.begin(0);
                let mut had: Vec<usize> = (0..turns).map(|_| take_turn(&mut room)).collect();
                for (index, place) in room.remove(leaver, places[leaver]).collect::<Vec<_>>() {
                    places[index] = place;
                }
                assert_eq!(room.remove(leaver, places[leaver]).count(), 0, "it has left already");
                while room.left > 0 {
                    had.push(take_turn(&mut room));
                }
                for index in (0..5).filter(|index| *index != leaver) {
                    assert_eq!(had.iter().filter(|it| **it == index).count(), 1, "{leaver} {turns}");
                    assert_eq!(room.members[places[index]], index, "{leaver} {turns}");
                }
                assert_eq!(room.members.len(), 4);
            }
        }
    }

    fn take_turn(room: &mut Room) -> usize {
        room.left -= 1;
        room.members[room.left]
    }
}
