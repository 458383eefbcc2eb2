//! The end of the show is not the end of the record: what is said of the result, in the evening and on the days after, and what
//! holds of it at any time.

use super::evening::{Evening, JUDGES, ROUND, hall};
use crate::papers::the_document_gives_the_same_standings;
use podium::domain::command::Command;
use podium::domain::cue;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, PitchId, ProjectId};
use podium::domain::kernel::points::Points;
use podium::domain::query::{life, open, seal, signature};
use podium::domain::terms::life::Life;
use podium::domain::terms::matter::Matter;
use podium::domain::terms::proposal::Correction;
use podium::domain::terms::signature::Strokes;
use podium::wire::view::parts::{StandingRow, standing_row};
use rand::RngExt;

pub const CHAIR: JudgeId = JudgeId(1);
const CHAIRS: Actor = Actor::Judge(CHAIR);

impl Evening {
    /// Somebody says something of the result, or tries to.
    pub fn say(&mut self) {
        let (actor, command) = self.said();
        let _refused = self.give(actor, command);
    }

    fn said(&mut self) -> (Actor, Command) {
        let round = ROUND;
        let digest = seal::of_result(&self.contest, self.contest.round(ROUND).unwrap()).digest;
        let digest = if self.rng.random_ratio(1, 20) { "0".repeat(64) } else { digest };
        let reason = "理由".to_owned();
        let by = [CHAIRS, Actor::Host, Actor::Auditor, Actor::Organiser][self.rng.random_range(0..4)];
        match self.rng.random_range(0..16) {
            0..4 => (Actor::Auditor, Command::ConfirmResult { round, digest }),
            4..7 => (CHAIRS, Command::MakeOfficial { round, digest }),
            7..9 => {
                let until = "2026-12-05".parse().unwrap();
                (Actor::Host, Command::PublishResult { round, digest, until })
            }
            9 => {
                let step = Life::ALL[self.rng.random_range(0..4)];
                (by, Command::TakeBackStep { round, step, reason })
            }
            10 => (by, Command::ConfirmResult { round, digest }),
            11..14 => {
                let judge = JudgeId(self.rng.random_range(1..=JUDGES));
                let digest = signature::digest(&self.contest, self.contest.round(ROUND).unwrap(), judge);
                let strokes = Strokes(vec![vec![(1, 1), (9, 9)]]);
                (Actor::Judge(judge), Command::SignScorecards { round, digest, strokes })
            }
            _ => {
                let judge = JudgeId(self.rng.random_range(1..=JUDGES));
                let matter = Matter::Signature { round, judge };
                (CHAIRS, Command::LeaveOpen { matter, reason })
            }
        }
    }

    /// Somebody proposes a correction, agrees to one, or does not.
    fn correct_by_two(&mut self) {
        let reason = "理由".to_owned();
        let waiting = self.contest.proposals.iter().rev().find(|one| one.waits()).map(|one| one.stamp.seq);
        let by = [CHAIRS, Actor::Host, Actor::Auditor][self.rng.random_range(0..3)];
        let (actor, command) = match (waiting, self.rng.random_range(0..8)) {
            (Some(proposal), 0..4) => (by, Command::AgreeTo { proposal }),
            (Some(proposal), 4) => (by, Command::RefuseProposal { proposal, reason }),
            (Some(proposal), 5) => (by, Command::WithdrawProposal { proposal }),
            _ => (by, Command::Propose { correction: self.correction(), reason }),
        };
        let _refused = self.give(actor, command);
    }

    fn correction(&mut self) -> Correction {
        let project = ProjectId(self.rng.random_range(1..=super::evening::PROJECTS));
        let pitch = PitchId { round: ROUND, project };
        let judge = JudgeId(self.rng.random_range(1..=JUDGES));
        let taken = self.contest.pitch(pitch).and_then(|pitch| pitch.deductions.first());
        match self.rng.random_range(0..7) {
            // Whoever is out is taken back more often than not: a record goes on, too.
            1 if self.rng.random_ratio(1, 4) => Correction::Disqualify { pitch },
            1 if self.rng.random_ratio(1, 4) => Correction::WithdrawPitch { pitch },
            1 => Correction::Reinstate { pitch },
            0 => Correction::Deduct { pitch, points: Points::from_ticks(7_000) },
            2 => Correction::RemoveDeduction { pitch, deduction: taken.map_or(0, |one| one.seq) },
            3 => Correction::ConfirmOvertime { pitch },
            4 => Correction::DismissOvertime { pitch },
            5 => Correction::ReopenScorecard { pitch, judge },
            _ => Correction::WithdrawReopening { pitch, judge },
        }
    }

    /// What was given back comes in again.
    fn amend(&mut self) {
        let round = self.contest.round(ROUND).unwrap();
        let back = round.pitches.values().flat_map(|pitch| pitch.reopened.keys().map(|one| (pitch.id, *one)));
        let Some((pitch, judge)) = back.last() else { return };
        let attempt = self.contest.pitch(pitch).unwrap().attempt;
        let base = self.contest.sealed.cards.get(&(pitch, judge)).map_or(0, |card| card.version);
        let marks = ["innovation", "market"].map(|id| (id.parse().unwrap(), self.mark()));
        let (marks, comment) = (marks.into_iter().collect(), String::new());
        let command = Command::SubmitScorecard { pitch, attempt, base, marks, comment };
        self.give(Actor::Judge(judge), command).unwrap();
    }

    /// Everybody does what the result waits for, as far as it can be done.
    fn make_official(&mut self) {
        let (round, reason) = (ROUND, "理由".to_owned());
        self.amend();
        for matter in life::blocking(&self.contest, round) {
            let (actor, command) = match matter {
                Matter::Proposed { proposal } => {
                    (Actor::Auditor, Command::RefuseProposal { proposal, reason: reason.clone() })
                }
                _ => (Actor::Host, Command::LeaveOpen { matter, reason: reason.clone() }),
            };
            let _refused = self.give(actor, command);
        }
        for matter in life::unsigned(&self.contest, round) {
            let _refused = self.give(CHAIRS, Command::LeaveOpen { matter, reason: reason.clone() });
        }
        let digest = seal::of_result(&self.contest, self.contest.round(round).unwrap()).digest;
        let _refused = self.give(Actor::Auditor, Command::ConfirmResult { round, digest: digest.clone() });
        let _refused = self.give(CHAIRS, Command::MakeOfficial { round, digest });
        if self.rng.random_ratio(1, 3) {
            let step = Life::Confirmed;
            let _refused = self.give(Actor::Auditor, Command::TakeBackStep { round, step, reason });
        }
    }

    /// Days on which the show is over and the record is not.
    pub fn days_after(&mut self) {
        for _ in 0..self.rng.random_range(0..40) {
            self.now += [900, 70_000, 86_400_000][self.rng.random_range(0..3)];
            match self.rng.random_range(0..24) {
                0 | 1 => self.make_official(),
                2..10 => self.say(),
                10..16 => self.correct_by_two(),
                16 | 17 => self.amend(),
                18..21 => {
                    if let Some(cue) = cue::next(&self.contest) {
                        let command = self.meant(cue);
                        self.give(Actor::Host, command).unwrap();
                    }
                }
                21 => self.replay(),
                _ => self.repeat(),
            }
        }
        self.replay();
        the_document_gives_the_same_standings(&self.contest);
    }

    /// Whenever the result is official, the hall's standings, as the phones get them, the chair's and those that `verify` prints
    /// are those that the auditor has confirmed, row by row; what was left untold has an open matter with a reason.
    pub fn an_official_result_is_one(&mut self) {
        let round = self.contest.round(ROUND).unwrap();
        let now = life::of(&self.contest, round);
        self.tally.fallen += u64::from(life::fallen(&self.contest, round).is_some());
        if now == Life::Provisional {
            return;
        }
        let (counts, told) = self.standings();
        assert_eq!(self.audited.as_ref(), Some(&(counts.clone(), told.clone())), "{now} of other standings");
        let verified = life::standings(&self.contest, round);
        assert_eq!(verified, told, "verify prints what the hall was not shown");
        let phones = hall(&self.contest);
        let phones: Vec<_> = phones.track_standings.iter().chain(&phones.standings).cloned().collect();
        let phones = phones.into_iter().map(|row| StandingRow { was: None, ..row });
        assert_eq!(
            phones.collect::<Vec<_>>(),
            told.iter().cloned().map(|row| standing_row(&self.contest.show, row)).collect::<Vec<_>>()
        );
        let untold = open::unannounced(&self.contest, round);
        let left = |pitch: &PitchId| self.contest.left.contains_key(&Matter::Unannounced { pitch: *pitch });
        assert!(untold.iter().all(left), "{untold:?} is untold, and nobody said why");
        assert!(!untold.is_empty() || counts == told, "the chair sees what the hall does not");
    }
}
