//! The stage timer, moved by hand. The stage's own is set by the pitch; another is the host's.

use super::guard::{on_stage_timer, required};
use crate::domain::fact::Fact;
use crate::domain::kernel::names::SHORT_CHARS_MAX;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::timer::{TIMER_SECS_MAX, Timer};

pub fn begin(contest: &Contest, label: &str, secs: u32) -> Result<Vec<Fact>, Rejection> {
    if on_stage_timer(contest) {
        return Err(Rejection::TimerTaken);
    }
    let label = required(label, "label", SHORT_CHARS_MAX)?;
    Ok(vec![Fact::TimerBegun { label, secs: bounded(secs, 1)? }])
}

pub fn run(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    match timer(contest)?.since {
        None => Ok(vec![Fact::TimerRan]),
        Some(_) => Err(Rejection::NothingChanges),
    }
}

pub fn pause(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    match timer(contest)?.since {
        Some(_) => Ok(vec![Fact::TimerPaused]),
        None => Err(Rejection::NothingChanges),
    }
}

pub fn adjust(contest: &Contest, secs: i32) -> Result<Vec<Fact>, Rejection> {
    timer(contest)?;
    if secs == 0 {
        return Err(Rejection::NothingChanges);
    }
    bounded(secs.unsigned_abs(), 1)?;
    Ok(vec![Fact::TimerAdjusted { secs }])
}

pub fn set(contest: &Contest, left_secs: u32) -> Result<Vec<Fact>, Rejection> {
    timer(contest)?;
    Ok(vec![Fact::TimerSet { left_secs: bounded(left_secs, 0)? }])
}

pub fn restart(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    timer(contest)?;
    Ok(vec![Fact::TimerRestarted])
}

pub fn drop(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    timer(contest)?;
    if on_stage_timer(contest) {
        return Err(Rejection::TimerTaken);
    }
    Ok(vec![Fact::TimerDropped])
}

fn timer(contest: &Contest) -> Result<&Timer, Rejection> {
    contest.show.stage.timer.as_ref().ok_or(Rejection::NoTimer)
}

fn bounded(secs: u32, min: u32) -> Result<u32, Rejection> {
    if (min..=TIMER_SECS_MAX).contains(&secs) {
        Ok(secs)
    } else {
        Err(Rejection::OutOfBounds { field: "secs", max: TIMER_SECS_MAX })
    }
}
