//! How a workbook writes overtime: seconds, points and steps in a cell, and the lines of a rule sheet that make one table.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::overtime::{OvertimeRule, POINTS_MAX, SECS_MAX, Step};
use crate::sheets::headings::fold;
use crate::sheets::topic::{Topic, Words, Wrong, decimal, number};

/// What says that overtime costs nothing, instead of steps.
pub const NO_OVERTIME: Words = &["无", "不扣分", "none", "no"];
const SECONDS: Words = &["秒", "seconds", "second", "secs", "sec", "s"];
const POINTS: Words = &["分", "points", "point"];

/// What the lines about overtime have said, each for itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cells {
    pub grace_secs: Option<u32>,
    pub unit_secs: Option<u32>,
    pub per_unit: Option<Points>,
    pub cap: Option<Points>,
    /// Empty where a line says that overtime costs nothing.
    pub steps: Option<Vec<Step>>,
}

/// Why lines about overtime are no table together, with the line to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// Steps beside units.
    BothWays(Topic),
    /// Another line is missing.
    Missing(Topic, Topic),
    /// The cap is below one unit's points.
    CapTooLow,
}

impl Cells {
    /// What there is a line for.
    pub fn said(&self) -> impl Iterator<Item = Topic> {
        let said = [
            (Topic::OvertimeSteps, self.steps.is_some()),
            (Topic::OvertimeUnit, self.unit_secs.is_some()),
            (Topic::OvertimePoints, self.per_unit.is_some()),
            (Topic::OvertimeGrace, self.grace_secs.is_some()),
            (Topic::OvertimeCap, self.cap.is_some()),
        ];
        said.into_iter().filter(|(_, said)| *said).map(|(topic, _)| topic)
    }

    /// The table, where the lines make one.
    pub fn table(&self) -> Result<Option<OvertimeRule>, Clash> {
        let Cells { grace_secs, unit_secs, per_unit, cap, ref steps } = *self;
        let by_units = self.said().find(|topic| *topic != Topic::OvertimeSteps);
        match (steps, by_units, unit_secs, per_unit) {
            (None, None, ..) => Ok(None),
            (Some(steps), None, ..) if steps.is_empty() => Ok(None),
            (Some(steps), None, ..) => Ok(Some(OvertimeRule::Steps { steps: steps.clone() })),
            (Some(_), Some(topic), ..) => Err(Clash::BothWays(topic)),
            (None, Some(topic), None, _) => Err(Clash::Missing(topic, Topic::OvertimeUnit)),
            (None, Some(topic), _, None) => Err(Clash::Missing(topic, Topic::OvertimePoints)),
            (None, Some(_), Some(_), Some(per_unit)) if cap.is_some_and(|cap| cap < per_unit) => {
                Err(Clash::CapTooLow)
            }
            // Without a line for it there is no grace.
            (None, Some(_), Some(unit_secs), Some(per_unit)) => {
                let grace_secs = grace_secs.unwrap_or(0);
                Ok(Some(OvertimeRule::Units { grace_secs, unit_secs, per_unit, cap }))
            }
        }
    }
}

/// `47`, `47 秒`, `0:47`
pub fn seconds(text: &str) -> Result<u32, Wrong> {
    let folded = fold(text);
    let plain = without(&folded, SECONDS);
    let secs = match plain.split_once(':') {
        Some((minutes, secs)) if secs.len() == 2 => 60 * number(minutes, SECS_MAX / 60)? + number(secs, 59)?,
        Some(_) => return Err(Wrong::NotANumber),
        None => number(plain, SECS_MAX)?,
    };
    if secs <= SECS_MAX { Ok(secs) } else { Err(Wrong::NotANumber) }
}

/// The seconds of a unit, which has some.
pub fn unit(text: &str) -> Result<u32, Wrong> {
    seconds(text).ok().filter(|secs| *secs > 0).ok_or(Wrong::NotANumber)
}

/// Points that a time over costs: `0.5`, `0.5 分`.
pub fn cost(text: &str) -> Result<Points, Wrong> {
    let points = decimal(without(&fold(text), POINTS))?;
    if points > Points::ZERO && points <= POINTS_MAX { Ok(points) } else { Err(Wrong::NotANumber) }
}

/// `10 秒 0.2; 30 秒 0.5`: more than ten seconds over cost 0.2, more than thirty 0.5. Or a word for none.
pub fn steps(text: &str) -> Result<Vec<Step>, Wrong> {
    let folded = fold(text);
    if NO_OVERTIME.contains(&folded.as_str()) {
        return Ok(Vec::new());
    }
    let step = |part: &str| {
        let digits = part.find(|c: char| !c.is_ascii_digit())?;
        let (secs, rest) = part.split_at(digits);
        let points = SECONDS.iter().find_map(|word| rest.strip_prefix(word))?;
        let points = points.trim_start_matches(['扣', ':', '-']);
        Some(Step { over_secs: seconds(secs).ok()?, points: cost(points).ok()? })
    };
    let parts = folded.split([';', ',', '、']).filter(|part| !part.is_empty());
    let steps = parts.map(step).collect::<Option<Vec<_>>>().ok_or(Wrong::NotSteps)?;
    let table = OvertimeRule::Steps { steps: steps.clone() };
    table.check().map(|()| steps).map_err(|_| Wrong::NotSteps)
}

/// A folded text without one of these words at its end.
fn without(text: &str, words: Words) -> &str {
    words.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text)
}
