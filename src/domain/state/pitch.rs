//! One appearance of a project: what has become of it, and what the hall was told of it.

use crate::domain::kernel::ids::{JudgeId, PitchId, TrackId};
use crate::domain::kernel::points::Points;
use crate::domain::kernel::shared::Shared;
use crate::domain::kernel::time::Millis;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::timer::Spell;
use crate::domain::terms::programme::Phase;
use std::collections::BTreeMap;

/// One appearance of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pitch {
    pub id: PitchId,
    /// Its project's.
    pub track: Option<TrackId>,
    /// Which of its runs this is: 1, 2, …
    pub attempt: u16,
    /// It has been on the stage in this run.
    pub came: bool,
    pub phase: Phase,
    /// When the phase began.
    pub since: Millis,
    /// Judges who do not score this pitch, each with the reason given.
    pub recused: BTreeMap<JudgeId, String>,
    /// Judges who declined to score this pitch without a conflict, each with the reason given.
    pub abstained: BTreeMap<JudgeId, String>,
    /// Judges whose scorecard was given back after closing, each with the reason; until they submit again.
    pub reopened: BTreeMap<JudgeId, String>,
    /// Judges whose scorecard came after the window had closed, and whether somebody has said what becomes of it; until they submit.
    pub late: BTreeMap<JudgeId, bool>,
    /// The chair has confirmed the scorecards as they are now.
    pub confirmed: bool,
    /// The window opened while the team was still on the stage.
    pub early: bool,
    /// When the window closes by itself.
    pub closes_at: Option<Millis>,
    /// How long the pitch took.
    pub ran: Option<Spell>,
    /// Overtime was dismissed, with the reason.
    pub dismissed: Option<String>,
    /// Points taken off, oldest first.
    pub deductions: Vec<Deducted>,
    /// It was taken out as it stood: disqualified, or withdrawn once its score was announced.
    pub out: Option<Box<Out>>,
}

/// Why a pitch was taken out, and how it stood: so it stands again where that is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Out {
    pub before: Phase,
    pub reason: String,
    /// It had been taken out before.
    pub earlier: Option<Box<Out>>,
}

impl Out {
    /// Its score had been announced.
    pub fn announced(&self) -> bool {
        self.before == Phase::Revealed || self.earlier.as_ref().is_some_and(|earlier| earlier.announced())
    }
}

/// Points taken off one pitch's final score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deducted {
    /// The journal's number of the fact: its name.
    pub seq: u64,
    pub points: Points,
    pub reason: String,
    /// Milliseconds over, where it was taken for overtime.
    pub over_ms: Option<u64>,
}

impl Pitch {
    /// This judge stands aside: recused, or abstaining.
    pub fn without(&self, judge: JudgeId) -> bool {
        self.recused.contains_key(&judge) || self.abstained.contains_key(&judge)
    }

    pub fn queued(id: PitchId) -> Self {
        Pitch {
            id,
            track: None,
            attempt: 1,
            came: false,
            phase: Phase::Queued,
            since: Millis(0),
            recused: BTreeMap::new(),
            abstained: BTreeMap::new(),
            reopened: BTreeMap::new(),
            late: BTreeMap::new(),
            confirmed: false,
            early: false,
            closes_at: None,
            ran: None,
            dismissed: None,
            deductions: Vec::new(),
            out: None,
        }
    }

    /// The run after this one, empty. Who has a conflict of interest has it with the project, whichever run it is.
    pub fn again(&self, attempt: u16, at: Millis) -> Self {
        let recused = self.recused.clone();
        Pitch { attempt, since: at, track: self.track, recused, ..Pitch::queued(self.id) }
    }

    /// Its window had closed, whatever has become of it: its record stays.
    pub fn was_scored(&self) -> bool {
        self.out.as_ref().map_or(self.phase, |out| out.before).is_scored()
    }

    /// It was taken out once its score was announced.
    pub fn out_announced(&self) -> bool {
        self.out.as_ref().is_some_and(|out| out.announced())
    }

    /// Overtime that was measured and that nobody has decided about yet, in milliseconds.
    pub fn overtime(&self) -> Option<u64> {
        let decided = self.dismissed.is_some() || self.deductions.iter().any(|one| one.over_ms.is_some());
        self.ran.map(Spell::over_ms).filter(|over| *over > 0 && !decided)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Reveal {
    pub pitch: PitchId,
    pub cards: Vec<(JudgeId, Shared<Scorecard>)>,
    pub deductions: Vec<Deducted>,
}
