//! The consoles that are open, and which one drives. Two hosts at once would undo each other's work without knowing: one
//! has the wheel, the others watch and may take it over. Not facts: it lives with the sockets.

use crate::domain::kernel::time::Millis;
use crate::wire::view::presence::ConsolePresence;
use std::collections::BTreeMap;

/// A console's socket, numbered from the server's start.
pub type Hand = u32;

#[derive(Debug, Default)]
pub struct Wheel {
    consoles: BTreeMap<Hand, Console>,
    driver: Option<Hand>,
}

#[derive(Debug)]
struct Console {
    device: String,
    robot: bool,
    acted: Option<Millis>,
}

impl Wheel {
    pub fn open(&mut self, hand: Hand, device: String, robot: bool) {
        self.consoles.insert(hand, Console { device, robot, acted: None });
    }

    /// A driver who leaves lets go: whoever acts next drives.
    pub fn close(&mut self, hand: Hand) {
        self.consoles.remove(&hand);
        self.driver = self.driver.filter(|driver| *driver != hand);
    }

    pub fn take(&mut self, hand: Hand) {
        if self.consoles.contains_key(&hand) {
            self.driver = Some(hand);
        }
    }

    /// Whether this console's command counts; it takes a wheel that nobody has, and a person takes it from a robot.
    pub fn steers(&mut self, hand: Hand, at: Millis) -> bool {
        let robot_drives =
            self.driver.and_then(|driver| self.consoles.get(&driver)).is_some_and(|it| it.robot);
        let Some(console) = self.consoles.get_mut(&hand) else { return false };
        let free = self.driver.is_none_or(|driver| driver == hand) || (robot_drives && !console.robot);
        if free {
            self.driver = Some(hand);
            console.acted = Some(at);
        }
        free
    }

    pub fn view(&self) -> Vec<ConsolePresence> {
        let one = |(hand, console): (&Hand, &Console)| ConsolePresence {
            console: *hand,
            device: console.device.clone(),
            robot: console.robot,
            drives: self.driver == Some(*hand),
            acted: console.acted.map(|at| at.0),
        };
        self.consoles.iter().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_drives_until_another_takes_over_or_it_leaves() {
        let mut wheel = Wheel::default();
        wheel.open(1, "laptop".into(), false);
        wheel.open(2, "tablet".into(), false);
        assert!(wheel.steers(1, Millis(5)), "a wheel that nobody has");
        assert!(!wheel.steers(2, Millis(6)), "another drives");
        wheel.take(2);
        assert!(wheel.steers(2, Millis(7)) && !wheel.steers(1, Millis(8)));
        wheel.close(2);
        assert!(wheel.steers(1, Millis(9)), "who drove has left");
        assert!(!wheel.steers(7, Millis(9)), "nobody");
    }

    #[test]
    fn a_person_takes_the_wheel_from_a_robot_and_not_the_other_way() {
        let mut wheel = Wheel::default();
        wheel.open(1, "robot".into(), true);
        wheel.open(2, "laptop".into(), false);
        assert!(wheel.steers(1, Millis(1)) && wheel.steers(2, Millis(2)));
        assert!(!wheel.steers(1, Millis(3)));
    }
}
