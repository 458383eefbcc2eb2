//! Random evenings of many ties: what the hall knows changes by what tells it, and by nothing else; and once nothing is open, it is
//! what counts.

use crate::harness::{Plan, marks};
use crate::papers::the_document_gives_the_same_standings;
use podium::domain::apply::apply;
use podium::domain::command::Command;
use podium::domain::cue::{self, Cue};
use podium::domain::decide::decide;
use podium::domain::fact::Fact;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId};
use podium::domain::kernel::points::Points;
use podium::domain::kernel::time::{Millis, Stamp};
use podium::domain::query::{open, result, undo};
use podium::domain::scoring::field::Ranking;
use podium::domain::state::contest::Contest;
use podium::domain::state::tables::Row;
use podium::domain::terms::about::About;
use podium::domain::terms::proposal::Correction;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::collections::BTreeMap;

const ROUND: RoundId = RoundId(1);
const JUDGES: u16 = 5;
const PROJECTS: u16 = 4;

struct Evening {
    contest: Contest,
    rng: StdRng,
    /// Facts by their kind, which changed what the hall knows.
    told: BTreeMap<&'static str, u32>,
    agreed: u32,
}

/// What tells the hall. A frozen board hides, and a thawed one follows again what was told meanwhile.
const TELLS: [&str; 3] = ["pitch-revealed", "decisions-told", "board-published"];

impl Evening {
    fn new(seed: u64, ranking: Ranking) -> Self {
        let rng = StdRng::seed_from_u64(seed);
        let mut evening = Evening { contest: Contest::default(), rng, told: BTreeMap::new(), agreed: 0 };
        let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
        let criteria = vec![("innovation", "3", "1")];
        let plan = Plan { judges: JUDGES, projects: PROJECTS, criteria, tracks: 2, ..Plan::default() };
        let rule = serde_json::json!({"method": "mean", "ties": ["exact", "chair"], "ranking": ranking});
        let rule = serde_json::from_value(rule).unwrap();
        let commands = [
            Command::CreateContest { code: "abc234".parse().unwrap(), about },
            Command::ImportBlueprint { blueprint: plan.blueprint() },
            Command::SetRule { round: ROUND, rule },
        ];
        commands.into_iter().for_each(|command| assert!(evening.give(Actor::Organiser, &command)));
        evening
    }

    fn known(&self) -> Vec<Row> {
        result::public(self.contest.round(ROUND).unwrap(), &self.contest.published)
    }

    /// Each of its facts by itself.
    fn give(&mut self, actor: Actor, command: &Command) -> bool {
        let Ok(facts) = decide(&self.contest, actor, command) else { return false };
        for fact in facts {
            let before = self.contest.round(ROUND).map(|_| self.known());
            let stamp = Stamp { seq: self.contest.seq + 1, at: Millis(1), by: Some(actor) };
            apply(&mut self.contest, &fact, stamp);
            let kind = fact.row().kind;
            if before.is_some_and(|before| before != self.known()) {
                assert!(TELLS.contains(&kind), "{kind} changes what the hall knows, and tells nothing");
                *self.told.entry(kind).or_default() += 1;
            }
            self.agreed += u32::from(matches!(fact, Fact::CorrectionAgreed { .. }));
        }
        let round = self.contest.round(ROUND).unwrap();
        if self.contest.is_over(round)
            && open::blocking(&self.contest).is_empty()
            && self.contest.left.is_empty()
        {
            assert_eq!(self.known(), result::provisional(&self.contest, round), "nothing is open");
        }
        true
    }

    fn step(&mut self) {
        let (project, judge) = (self.rng.random_range(1..=PROJECTS), self.rng.random_range(1..=JUDGES));
        let (pitch, judge) = (PitchId { round: ROUND, project: ProjectId(project) }, JudgeId(judge));
        let reason = || "理由".to_owned();
        let points = Points::from_ticks(10_000);
        let deduction =
            self.contest.pitch(pitch).and_then(|pitch| pitch.deductions.first().map(|one| one.seq));
        let (command, correction) = match self.rng.random_range(0..12) {
            0..3 => return self.decide_tie(),
            3 => (Command::Deduct { pitch, points, reason: reason() }, Correction::Deduct { pitch, points }),
            4 => {
                let deduction = deduction.unwrap_or(0);
                let command = Command::RemoveDeduction { pitch, deduction, reason: reason() };
                (command, Correction::RemoveDeduction { pitch, deduction })
            }
            5 => {
                let command = Command::DeclareRecusal { pitch, judge, reason: reason() };
                (command, Correction::DeclareRecusal { pitch, judge })
            }
            6 | 7 => {
                let command = Command::WithdrawRecusal { pitch, judge };
                (command, Correction::WithdrawRecusal { pitch, judge })
            }
            8 => {
                let command = Command::ReopenScorecard { pitch, judge, reason: reason() };
                (command, Correction::ReopenScorecard { pitch, judge })
            }
            9 if self.rng.random_ratio(1, 3) => {
                (Command::Disqualify { pitch, reason: reason() }, Correction::Disqualify { pitch })
            }
            10 => (Command::Reinstate { pitch, reason: reason() }, Correction::Reinstate { pitch }),
            11 if self.rng.random_ratio(1, 6) => {
                let action = undo::newest(&self.contest).map_or(0, |action| action.seq);
                self.give(Actor::Host, &Command::Undo { action });
                return;
            }
            11 if self.rng.random_ratio(1, 8) => {
                let freeze = match self.rng.random() {
                    true => Command::FreezeBoard { round: ROUND },
                    false => Command::ThawBoard { round: ROUND },
                };
                self.give(Actor::Host, &freeze);
                return;
            }
            _ => return self.presses(),
        };
        self.corrects(&command, correction);
    }

    /// Given at once, or after the end by two.
    fn corrects(&mut self, command: &Command, correction: Correction) {
        if self.contest.show.finished {
            let reason = "理由".to_owned();
            let proposed = self.give(Actor::Host, &Command::Propose { correction, reason });
            let proposal = self.contest.proposals.last().map_or(0, |one| one.stamp.seq);
            let _agreed = proposed && self.give(Actor::Auditor, &Command::AgreeTo { proposal });
        } else {
            self.give(Actor::Host, command);
        }
        self.marks();
    }

    /// Somebody rules about a place that several share, in any order.
    fn decide_tie(&mut self) {
        let round = self.contest.round(ROUND).unwrap();
        let rows = result::provisional(&self.contest, round);
        let shared = |row: &Row| {
            rows.iter().filter(|one| (one.list, &one.score) == (row.list, &row.score)).count() > 1
        };
        let Some(row) = rows.iter().find(|row| row.place.is_some() && shared(row)) else { return };
        let same = rows.iter().filter(|one| (one.list, &one.score) == (row.list, &row.score));
        let mut order: Vec<ProjectId> = same.map(|one| one.pitch.project).collect();
        if self.rng.random() {
            order.reverse();
        }
        let command = Command::DecideTie { round: ROUND, order: order.clone(), reason: "理由".into() };
        self.corrects(&command, Correction::DecideTie { round: ROUND, order });
    }

    /// Whoever may hand something in does.
    fn marks(&mut self) {
        for project in 1..=PROJECTS {
            let pitch = PitchId { round: ROUND, project: ProjectId(project) };
            for judge in (1..=JUDGES).map(JudgeId) {
                let (mark, base) =
                    (self.rng.random_range(1..=2), self.contest.sealed.cards.get(&(pitch, judge)));
                let (base, mark) = (base.map_or(0, |card| card.version), format!("{mark}"));
                let attempt = self.contest.pitch(pitch).unwrap().attempt;
                let marks = marks(&[("innovation", &mark)]);
                let command =
                    Command::SubmitScorecard { pitch, attempt, base, marks, comment: String::new() };
                self.give(Actor::Judge(judge), &command);
            }
        }
    }

    fn presses(&mut self) {
        let command = match cue::next(&self.contest) {
            None | Some(Cue::CommitDraw(_)) => return,
            Some(Cue::LeaveOpen(matter)) => Command::LeaveOpen { matter, reason: "理由".into() },
            // The evening goes on for a while before its end.
            Some(Cue::Finish | Cue::FinishDespite) if self.rng.random_ratio(9, 10) => return,
            Some(cue) => cue.command().unwrap(),
        };
        assert!(self.give(Actor::Host, &command), "the key lied: {command:?}");
        if matches!(command, Command::OpenWindow { .. }) {
            self.marks();
        }
    }
}

#[test]
fn the_hall_learns_of_what_is_told_and_of_nothing_else() {
    let (mut told, mut agreed, mut finished) = (BTreeMap::<&str, u32>::new(), 0, 0);
    for seed in 0..150 {
        println!("seed {seed}");
        let ranking = [Ranking::Overall, Ranking::ByTrack, Ranking::Both][seed as usize % 3];
        let mut evening = Evening::new(seed, ranking);
        for _ in 0..160 {
            if evening.rng.random() { evening.presses() } else { evening.step() }
        }
        // Also while something is untold: the export is what the hall knows then, and can be computed anew.
        the_document_gives_the_same_standings(&evening.contest);
        evening.told.into_iter().for_each(|(kind, count)| *told.entry(kind).or_default() += count);
        agreed += evening.agreed;
        finished += u32::from(evening.contest.show.finished);
    }
    println!("{told:?}, {agreed} agreed, {finished} finished");
    assert!(told["decisions-told"] > 60 && told["pitch-revealed"] > 300, "{told:?}");
    assert!(agreed > 30 && finished > 30, "{agreed} agreed, {finished} finished");
}
