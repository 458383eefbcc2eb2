//! What may happen in an evening, drawn by lot: the key, undos, judges, everything else a host can press, and faults.

use super::evening::{Evening, JUDGES, PROJECTS, ROUND};
use podium::domain::command::Command;
use podium::domain::cue::{self, Cue};
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, PitchId, ProjectId, SegmentId};
use podium::domain::query::due::due;
use podium::domain::rejection::Rejection;
use podium::domain::terms::plates::{PlateStep, Turning};
use podium::domain::terms::programme::{Closes, Late, Opens, Scene, Segment, SegmentKind, WindowPolicy};
use podium::domain::terms::reveal::Mode;
use podium::domain::terms::vote::{Admission, Question, Voter};
use rand::RngExt;
use rand::seq::SliceRandom;

impl Evening {
    pub fn policy(&mut self) -> WindowPolicy {
        let rng = &mut self.rng;
        WindowPolicy {
            opens: [Opens::ByHand, Opens::AtQa, Opens::WithPitch][rng.random_range(0..3)],
            closes: [Closes::ByHand, Closes::WhenAllIn, Closes::After(60)][rng.random_range(0..3)],
            late: [Late::Refused, Late::UntilAnnounced][rng.random_range(0..2)],
            warm_up: rng.random_range(0..3),
            announce_after: rng.random_range(0..2),
            plates: [Turning::None, Turning::Together, Turning::OneByOne][rng.random_range(0..3)],
            freeze: [0, 0, 2][rng.random_range(0..3)],
            reveal: [Mode::LastToFirst, Mode::ByTrack, Mode::Awards][rng.random_range(0..3)],
        }
    }

    pub fn segments(&mut self) -> Vec<Segment> {
        let kinds = [SegmentKind::Opening, SegmentKind::Draw, SegmentKind::Break, SegmentKind::Awards];
        let segment = |(at, kind): (usize, &SegmentKind)| Segment {
            id: SegmentId(at as u16 + 1),
            kind: *kind,
            title: "环节".into(),
            names: Vec::new(),
            secs: 60 * at as u32,
            after: [Some(0), Some(0), Some(2), None][at],
        };
        kinds.iter().enumerate().map(segment).collect()
    }

    fn pitch(&mut self) -> PitchId {
        PitchId { round: ROUND, project: ProjectId(self.rng.random_range(1..=PROJECTS)) }
    }

    fn judge(&mut self) -> JudgeId {
        JudgeId(self.rng.random_range(1..=JUDGES))
    }

    /// One move. Refusals are answers: they are drawn on purpose.
    pub fn step(&mut self) {
        self.now += [0, 40, 900, 20_000, 70_000][self.rng.random_range(0..5)];
        // Mostly the clock is heard before anybody else; now and then somebody is faster.
        if self.rng.random_ratio(9, 10) {
            self.run_out();
        }
        match self.rng.random_range(0..110) {
            0..42 => self.press(),
            42..53 => self.undo(),
            53..72 => self.score(),
            72..76 => self.stale(),
            76..79 => self.repeat(),
            79..82 => self.replay(),
            82..84 => self.due(),
            84..88 => self.vote(),
            106..110 => self.say(),
            other => {
                let command = if other < 100 { self.other() } else { self.correct() };
                let _refused = self.give(Actor::Host, command);
            }
        }
    }

    fn press(&mut self) {
        let Some(cue) = cue::next(&self.contest) else { return };
        // The end comes once, after the evening; here it would end the game.
        if matches!(cue, Cue::Finish | Cue::FinishDespite) {
            return;
        }
        let command = self.meant(cue);
        self.old = Some(command.clone());
        self.give(Actor::Host, command)
            .unwrap_or_else(|no| panic!("{cue:?} was offered and refused: {no:?}"));
    }

    /// A press that was meant for the picture before: taken or refused, it must do no harm.
    fn stale(&mut self) {
        if let Some(old) = self.old.clone() {
            let _refused = self.give(Actor::Host, old);
            self.tally.stale += 1;
        }
    }

    /// A judge hands in, amends or comes too late.
    fn score(&mut self) {
        let (pitch, judge) = (self.contest.show.stage.current, self.judge());
        let pitch = match pitch {
            Some(pitch) if self.rng.random_ratio(4, 5) => pitch,
            _ => self.pitch(),
        };
        let base = self.contest.sealed.cards.get(&(pitch, judge)).map_or(0, |card| card.version);
        let marks = ["innovation", "market"].map(|id| (id.parse().unwrap(), self.mark()));
        // Now and then one of another run arrives.
        let attempt = self.contest.pitch(pitch).unwrap().attempt + u16::from(self.rng.random_ratio(1, 20));
        let command = Command::SubmitScorecard {
            pitch,
            attempt: attempt.saturating_sub(u16::from(self.rng.random_ratio(1, 10))),
            base,
            marks: marks.into_iter().collect(),
            comment: String::new(),
        };
        let refused = self.give(Actor::Judge(judge), command).err();
        if refused == Some(Rejection::WindowClosed) && self.rng.random_ratio(1, 3) {
            let attempt = self.contest.pitch(pitch).unwrap().attempt;
            let _told = self.give(Actor::Judge(judge), Command::ReportLate { pitch, attempt });
        }
    }

    /// The audience is asked; in some evenings its share is in the formula.
    pub fn ask(&mut self) {
        let mixed = self.rng.random();
        if mixed {
            let rule = r#"{"method":"mean","audience":{"share":"0.2","scale":"matched"}}"#;
            let rule = serde_json::from_str(rule).unwrap();
            self.give(Actor::Organiser, Command::SetRule { round: ROUND, rule }).unwrap();
        }
        let question = Question {
            round: ROUND,
            title: "人气".into(),
            choices: (1..=PROJECTS).map(ProjectId).collect(),
            most: 2,
            admission: if mixed { Admission::Codes } else { Admission::Devices },
            secs: [0, 30][self.rng.random_range(0..2)],
        };
        self.give(Actor::Host, Command::SetVote { question }).unwrap();
        self.give(Actor::Host, Command::IssueSeatCodes { codes: (1..=9).map(Voter).collect() }).unwrap();
    }

    /// Somebody in the hall votes, votes again, or tries to.
    fn vote(&mut self) {
        let voter = self.rng.random_range(1..=10);
        let choices = (0..self.rng.random_range(0..3)).map(|_| self.pitch().project).collect();
        let device = Voter(self.rng.random_range(0..8) / 7 + voter);
        let command = Command::CastBallot { code: Some(Voter(voter)), device, choices };
        let _refused = self.give(Actor::Audience, command);
    }

    /// The next countdown runs out.
    fn due(&mut self) {
        if let Some((at, _)) = due(&self.contest).first() {
            self.now = self.now.max(at.0);
            self.run_out();
        }
    }

    /// Whatever was announced may be corrected later.
    fn correct(&mut self) -> Command {
        let (pitch, judge, reason) = (self.pitch(), self.judge(), "理由".to_owned());
        match self.rng.random_range(0..11) {
            7 => Command::Disqualify { pitch, reason },
            8 => Command::WithdrawPitch { pitch, reason },
            9 => self.reinstate(pitch),
            0 | 1 => Command::ReopenScorecard { pitch, judge, reason },
            2 => Command::WithdrawReopening { pitch, judge },
            3 => Command::Deduct {
                pitch,
                points: podium::domain::kernel::points::Points::from_ticks(7_000),
                reason,
            },
            4 => {
                let taken = &self.contest.pitch(pitch).unwrap().deductions;
                let deduction = taken.first().map_or(0, |one| one.seq);
                Command::RemoveDeduction { pitch, deduction, reason }
            }
            5 => Command::RunAgain { pitch, reason },
            6 => self.take_over(pitch, judge),
            _ => Command::OpenWindow { pitch },
        }
    }

    /// Mostly of a run that there was.
    fn take_over(&mut self, pitch: PitchId, judge: JudgeId) -> Command {
        let kept = self.contest.sealed.past.values().flatten();
        let mut kept: Vec<_> = kept
            .flat_map(|run| run.cards.iter().map(|(judge, _)| (run.pitch.id, judge, run.pitch.attempt)))
            .filter(|(pitch, judge, _)| !self.contest.sealed.cards.contains_key(&(*pitch, *judge)))
            .collect();
        kept.shuffle(&mut self.rng);
        let (pitch, judge, attempt) = kept.pop().unwrap_or((pitch, judge, 1));
        Command::TakeOver { pitch, judge, attempt, reason: "已看完整".into() }
    }

    /// Mostly somebody who was taken out.
    fn reinstate(&mut self, pitch: PitchId) -> Command {
        let round = self.contest.round(ROUND).unwrap();
        let out = round.pitches.values().filter(|pitch| pitch.out.is_some());
        let mut out: Vec<PitchId> = out.map(|pitch| pitch.id).collect();
        out.shuffle(&mut self.rng);
        Command::Reinstate { pitch: out.pop().unwrap_or(pitch), reason: "查明".into() }
    }

    /// Anything else that stands on the console.
    fn other(&mut self) -> Command {
        let (pitch, judge) = (self.pitch(), self.judge());
        let on = self.contest.show.stage.current.unwrap_or(pitch);
        let reason = "理由".to_owned();
        let scenes =
            [Scene::Cover, Scene::Pitch, Scene::Leaderboard, Scene::Podium, Scene::Black, Scene::Draw];
        match self.rng.random_range(0..50) {
            0 => Command::MarkAbsent { pitch },
            1 if self.rng.random() => Command::Disqualify { pitch, reason },
            1 => Command::WithdrawPitch { pitch, reason },
            2 if self.rng.random() => self.reinstate(pitch),
            2 | 3 => Command::BringBack { pitch },
            4..7 => Command::ShowScene { scene: scenes[self.rng.random_range(0..scenes.len())] },
            7 if self.rng.random() => Command::StepPodium { to: self.rng.random_range(0..5) },
            7 => Command::ShowBefore,
            8 => Command::StartPitch { pitch },
            9 => Command::OpenWindow { pitch: on },
            10 => Command::OpenEarly { pitch: on },
            11 => Command::CloseWindow { pitch: on },
            12 => Command::RevealPitch { pitch },
            13 => Command::BeginAnnouncement { pitch },
            14 => Command::SetCountdown { pitch: on, secs: Some(20) },
            15 => Command::StartSegment { segment: SegmentId(self.rng.random_range(1..=4)) },
            16 => Command::SkipSegment { segment: SegmentId(self.rng.random_range(1..=4)) },
            17 => Command::PauseTimer,
            18 => Command::RunTimer,
            19 => Command::AdjustTimer { secs: self.rng.random_range(-90..=90) },
            20 => Command::RestartTimer,
            21 => Command::ReopenScorecard { pitch: on, judge, reason },
            22 => Command::DeclareRecusal { pitch: on, judge, reason },
            23 => Command::WithdrawRecusal { pitch: on, judge },
            24 => Command::Deduct {
                pitch: on,
                points: podium::domain::kernel::points::Points::from_ticks(5_000),
                reason,
            },
            25 => Command::CallNumber { round: ROUND, number: "17".into() },
            26 => Command::BeginTimer { label: "入场".into(), secs: 30 },
            27 => {
                let mut order = self.contest.round(ROUND).unwrap().order.to_vec();
                order.shuffle(&mut self.rng);
                Command::SetRunningOrder { round: ROUND, order }
            }
            28 | 38..=41 => Command::BeginRehearsal { despite: self.rng.random() },
            29 => Command::ShowPlates { pitch: on, step: PlateStep::Turned(self.rng.random_range(0..4)) },
            30 => Command::ThawBoard { round: ROUND },
            31 => Command::FreezeBoard { round: ROUND },
            32 => Command::StepReveal { round: ROUND, to: self.rng.random_range(0..5) },
            33 => Command::EndReveal { round: ROUND },
            34 | 35 => Command::OpenVote,
            36 => Command::CloseVote,
            43 | 44 => Command::RunAgain { pitch: on, reason },
            45 | 46 | 49 => self.take_over(on, judge),
            37 | 48 => Command::RevealVote,
            _ => Command::EndRehearsal,
        }
    }
}
