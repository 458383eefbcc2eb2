//! The programme around the pitches: its segments, and when scorecards are taken.

use super::guard::{optional, required, round};
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{RoundId, SegmentId};
use crate::domain::kernel::names::NAME_CHARS_MAX;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::timer::TIMER_SECS_MAX;
use crate::domain::terms::programme::{
    COUNTDOWN_SECS_MAX, Closes, NAMES_MAX, SEGMENTS_MAX, Segment, SegmentKind, WindowPolicy,
};

/// The whole programme at once. A segment that is on stays in it.
pub fn set(contest: &Contest, segments: &[Segment]) -> Result<Vec<Fact>, Rejection> {
    if segments.len() > SEGMENTS_MAX {
        return Err(Rejection::TooMany { what: "segments", max: SEGMENTS_MAX });
    }
    let segments = segments.iter().map(checked).collect::<Result<Vec<_>, _>>()?;
    for (at, segment) in segments.iter().enumerate() {
        if segments[..at].iter().any(|other| other.id == segment.id) {
            return Err(Rejection::DuplicateSegment { segment: segment.id });
        }
    }
    if let Some((on, _)) = contest.show.stage.segment
        && segments.iter().all(|segment| segment.id != on)
    {
        return Err(Rejection::UnknownSegment { segment: on });
    }
    if segments == *contest.show.segments {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::ProgrammeSet { segments }])
}

fn checked(segment: &Segment) -> Result<Segment, Rejection> {
    if segment.secs > TIMER_SECS_MAX {
        return Err(Rejection::OutOfBounds { field: "secs", max: TIMER_SECS_MAX });
    }
    if segment.names.len() > NAMES_MAX {
        return Err(Rejection::TooMany { what: "names", max: NAMES_MAX });
    }
    let names = segment.names.iter().map(|name| optional(name, "names", NAME_CHARS_MAX));
    let names = names.collect::<Result<Vec<_>, _>>()?;
    Ok(Segment {
        title: required(&segment.title, "title", NAME_CHARS_MAX)?,
        names: names.into_iter().filter(|name| !name.is_empty()).collect(),
        ..segment.clone()
    })
}

pub fn set_window(contest: &Contest, id: RoundId, policy: WindowPolicy) -> Result<Vec<Fact>, Rejection> {
    let round = round(contest, id)?;
    if let Closes::After(secs) = policy.closes {
        countdown_secs(secs)?;
    }
    if round.window == policy {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::WindowPolicySet { round: id, policy }])
}

pub fn countdown_secs(secs: u32) -> Result<u32, Rejection> {
    if (1..=COUNTDOWN_SECS_MAX).contains(&secs) {
        Ok(secs)
    } else {
        Err(Rejection::OutOfBounds { field: "secs", max: COUNTDOWN_SECS_MAX })
    }
}

pub fn start(contest: &Contest, id: SegmentId) -> Result<Vec<Fact>, Rejection> {
    known(contest, id)?;
    if let Some(pitch) = contest.on_stage() {
        return Err(Rejection::StageTaken { pitch });
    }
    if contest.show.stage.segment.is_some_and(|(on, _)| on == id) {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::SegmentStarted { segment: id }])
}

pub fn draw_curtain(contest: &Contest, id: SegmentId) -> Result<Vec<Fact>, Rejection> {
    let stage = &contest.show.stage;
    let on = contest.show.segment_now().filter(|segment| segment.id == id);
    match on.filter(|segment| segment.kind == SegmentKind::Unveiling) {
        None => Err(Rejection::UnknownSegment { segment: id }),
        Some(_) if stage.unveiled => Err(Rejection::NothingChanges),
        Some(_) => Ok(vec![Fact::CurtainDrawn { segment: id }]),
    }
}

pub fn skip(contest: &Contest, id: SegmentId) -> Result<Vec<Fact>, Rejection> {
    known(contest, id)?;
    if contest.show.stage.past.contains(&id) {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::SegmentSkipped { segment: id }])
}

fn known(contest: &Contest, id: SegmentId) -> Result<&Segment, Rejection> {
    contest.show.segment(id).ok_or(Rejection::UnknownSegment { segment: id })
}
