//! The verbs of the scenarios: what `ACTOR VERB …` asks for.

use super::{Stage, id, on};
use podium::domain::command::Command;
use podium::domain::cue::{self, Cue};
use podium::domain::kernel::ids::RoundId;
use podium::domain::query::{seal, undo};
use podium::domain::terms::about::About;
use podium::domain::terms::matter::Matter;
use podium::domain::terms::plates::PlateStep;
use podium::domain::terms::programme::RevealPolicy;
use podium::domain::terms::proposal::Correction;
use podium::domain::terms::roster::{Judge, Project};
use podium::domain::terms::vote::Voter;

/// A value by its name in the journal: `on-deck`.
fn named<T: serde::de::DeserializeOwned>(name: &str) -> T {
    serde_json::from_value(name.into()).unwrap_or_else(|error| panic!("{name:?}: {error}"))
}

/// What the scenarios' host keeps secret.
pub const SECRET: &str = "4b8f0c1d2e3a49586776a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

impl Stage {
    pub fn command(&self, verb: &str, words: &[&str], reason: &str) -> Command {
        let reason = reason.to_owned();
        let round = RoundId(1);
        match verb {
            "starts" => Command::StartPitch { pitch: on(words[0]) },
            "questions" => Command::StartQa { pitch: on(words[0]) },
            "opens" => Command::OpenWindow { pitch: on(words[0]) },
            "closes" => Command::CloseWindow { pitch: on(words[0]) },
            "reveals" => Command::RevealPitch { pitch: on(words[0]) },
            "misses" => Command::MarkAbsent { pitch: on(words[0]) },
            "withdraws" => Command::WithdrawPitch { pitch: on(words[0]), reason },
            "disqualifies" => Command::Disqualify { pitch: on(words[0]), reason },
            "reinstates" => Command::Reinstate { pitch: on(words[0]), reason },
            "runs-again" => Command::RunAgain { pitch: on(words[0]), reason },
            "takes-over" => {
                Command::TakeOver { judge: id(words[0]), pitch: on(words[1]), attempt: id(words[2]), reason }
            }
            "brings-back" => Command::BringBack { pitch: on(words[0]) },
            "finishes" => Command::FinishContest { despite: words.first() == Some(&"despite") },
            "marks" => self.marks(words),
            "orders" => {
                Command::SetRunningOrder { round, order: words.iter().map(|word| id(word)).collect() }
            }
            "seats" => {
                Command::SetPanel { round, judges: words.iter().map(|word| id(word)).collect(), chair: None }
            }
            "recuses" => Command::DeclareRecusal { judge: id(words[0]), pitch: on(words[1]), reason },
            "unrecuses" => Command::WithdrawRecusal { judge: id(words[0]), pitch: on(words[1]) },
            "abstains" => {
                let attempt = words.get(2).map_or(1, |word| id(word));
                Command::DeclareAbstention { judge: id(words[0]), pitch: on(words[1]), attempt, reason }
            }
            "unabstains" => Command::WithdrawAbstention { judge: id(words[0]), pitch: on(words[1]) },
            "gives-all-back" => Command::ReopenWindow { pitch: on(words[0]), reason },
            "reports-late" => {
                Command::ReportLate { pitch: on(words[0]), attempt: words.get(1).map_or(1, |word| id(word)) }
            }
            "takes-back" => Command::WithdrawReopening { judge: id(words[0]), pitch: on(words[1]) },
            "confirms" => Command::ConfirmPitch { pitch: on(words[0]) },
            "signs" => self.signature(words),
            "gives-back" => Command::ReopenScorecard { judge: id(words[0]), pitch: on(words[1]), reason },
            "shows" => Command::ShowScene { scene: named(words[0]) },
            "decides" => {
                Command::DecideTie { round, order: words.iter().map(|word| id(word)).collect(), reason }
            }
            "chairs" => {
                let judges = self.contest.show.rounds[&round].panel.to_vec();
                Command::SetPanel { round, judges, chair: Some(id(words[0])) }
            }
            "times" => Command::SetTiming { round, timing: serde_json::from_str(&reason).unwrap() },
            "rules" => Command::SetRule { round, rule: serde_json::from_str(&reason).unwrap() },
            "weighs" => {
                let mut criteria = self.contest.show.rounds[&round].criteria.to_vec();
                criteria.truncate(id(words[0]));
                Command::SetRubric { round, criteria }
            }
            "names-judge" => {
                Command::ChangeJudge { judge: Judge { id: id(words[0]), name: reason, unit: String::new() } }
            }
            "names-project" => Command::ChangeProject {
                project: Project {
                    id: id(words[0]),
                    name: reason.clone(),
                    short: reason,
                    track: None,
                    unit: String::new(),
                    presenter: String::new(),
                    say: String::new(),
                    code: String::new(),
                },
            },
            "moves-to" => {
                let project = self.contest.show.projects[&id(words[0])].clone();
                Command::ChangeProject {
                    project: Project { track: words.get(1).map(|word| id(word)), ..project },
                }
            }
            "goes-live" => Command::ChangeAbout {
                about: About { reveal: RevealPolicy::Live, ..(*self.contest.show.about).clone() },
            },
            "titles" => Command::ChangeAbout {
                about: About {
                    title: reason,
                    zone: words.first().unwrap_or(&"Asia/Shanghai").to_string(),
                    ..About::default()
                },
            },
            verb => self.result(verb, words, reason),
        }
    }

    /// What is said of the result; a digest is that of what stands, or the word that is given.
    fn result(&self, verb: &str, words: &[&str], reason: String) -> Command {
        let round = RoundId(1);
        let digest = |word: Option<&&str>| match word {
            Some(word) => word.to_string(),
            None => seal::of_result(&self.contest, &self.contest.show.rounds[&round]).digest,
        };
        let newest = || self.contest.proposals.last().map_or(0, |one| one.stamp.seq);
        match verb {
            "confirms-result" => Command::ConfirmResult { round, digest: digest(words.first()) },
            "makes-official" => Command::MakeOfficial { round, digest: digest(words.first()) },
            // `2026-12-05`
            "publishes-until" => {
                Command::PublishResult { round, digest: digest(words.get(1)), until: id(words[0]) }
            }
            "steps-back" => Command::TakeBackStep { round, step: named(words[0]), reason },
            "proposes" => Command::Propose { correction: self.correction(words), reason },
            "agrees" => Command::AgreeTo { proposal: words.first().map_or_else(newest, |word| id(word)) },
            "refuses" => Command::RefuseProposal { proposal: newest(), reason },
            "drops-proposal" => Command::WithdrawProposal { proposal: newest() },
            verb => self.cockpit(verb, words, reason),
        }
    }

    /// `deduct P1 5`, `reopen J2 P1`
    fn correction(&self, words: &[&str]) -> Correction {
        match words[0] {
            "deduct" => Correction::Deduct { pitch: on(words[1]), points: id(words[2]) },
            "undeduct" => {
                let first = self.contest.pitch(on(words[1])).unwrap().deductions.first();
                Correction::RemoveDeduction { pitch: on(words[1]), deduction: first.map_or(0, |one| one.seq) }
            }
            "overtime" => Correction::ConfirmOvertime { pitch: on(words[1]) },
            "no-overtime" => Correction::DismissOvertime { pitch: on(words[1]) },
            "reopen" => Correction::ReopenScorecard { judge: id(words[1]), pitch: on(words[2]) },
            "take-back" => Correction::WithdrawReopening { judge: id(words[1]), pitch: on(words[2]) },
            "recuse" => Correction::DeclareRecusal { judge: id(words[1]), pitch: on(words[2]) },
            "unrecuse" => Correction::WithdrawRecusal { judge: id(words[1]), pitch: on(words[2]) },
            "withdraw" => Correction::WithdrawPitch { pitch: on(words[1]) },
            "disqualify" => Correction::Disqualify { pitch: on(words[1]) },
            "reinstate" => Correction::Reinstate { pitch: on(words[1]) },
            "tie" => Correction::DecideTie {
                round: RoundId(1),
                order: words[1..].iter().map(|word| id(word)).collect(),
            },
            what => panic!("no correction {what:?}"),
        }
    }

    /// What the host's cockpit gives.
    fn cockpit(&self, verb: &str, words: &[&str], reason: String) -> Command {
        let round = RoundId(1);
        let pitch = || on(words[0]);
        match verb {
            "presses" => match cue::next(&self.contest).expect("there is a next cue") {
                Cue::CommitDraw(round) => Command::CommitDraw { round, secret: SECRET.into() },
                Cue::LeaveOpen(matter) => Command::LeaveOpen { matter, reason },
                cue => cue.command().unwrap(),
            },
            "undoes" => {
                let newest = undo::newest(&self.contest).map_or(0, |action| action.seq);
                Command::Undo { action: words.first().map_or(newest, |word| id(word)) }
            }
            "leaves-open" => Command::LeaveOpen { matter: matter(words), reason },
            "goes-back" => Command::ShowBefore,
            "plans" => Command::SetProgramme { segments: serde_json::from_str(&reason).unwrap() },
            "windows" => Command::SetWindowPolicy { round, policy: serde_json::from_str(&reason).unwrap() },
            "begins" => Command::StartSegment { segment: id(words[0]) },
            "skips" => Command::SkipSegment { segment: id(words[0]) },
            "begins-timer" => Command::BeginTimer { label: reason, secs: id(words[0]) },
            "runs-timer" => Command::RunTimer,
            "pauses-timer" => Command::PauseTimer,
            "adjusts-timer" => Command::AdjustTimer { secs: id(words[0]) },
            "sets-timer" => Command::SetTimer { left_secs: id(words[0]) },
            "restarts-timer" => Command::RestartTimer,
            "drops-timer" => Command::DropTimer,
            "opens-early" => Command::OpenEarly { pitch: pitch() },
            "counts-down" => {
                Command::SetCountdown { pitch: pitch(), secs: words.get(1).map(|word| id(word)) }
            }
            "awards" => Command::SetAwards { round, awards: serde_json::from_str(&reason).unwrap() },
            "freezes" => Command::FreezeBoard { round },
            "tells-decisions" => Command::TellDecisions { round },
            "thaws" => Command::ThawBoard { round },
            "begins-reveal" => Command::BeginReveal { round, mode: named(words[0]) },
            "steps-podium" => Command::StepPodium { to: id(words[0]) },
            "draws-curtain" => Command::DrawCurtain { segment: id(words[0]) },
            "steps" => Command::StepReveal { round, to: id(words[0]) },
            "ends-reveal" => Command::EndReveal { round },
            "publishes" => Command::PublishBoard { round },
            "asks" => Command::SetVote { question: serde_json::from_str(&reason).unwrap() },
            "issues-codes" => {
                Command::IssueSeatCodes { codes: words.iter().map(|word| Voter(id(word))).collect() }
            }
            // `all 2`, `T1 0`
            "turns-board" => {
                let track = (words[0] != "all").then(|| id(words[0]));
                Command::ShowBoard { track, page: id(words[1]) }
            }
            "signs-with" => Command::AnnounceSigning { project: id(words[0]), partner: reason },
            "unsigns" => Command::WithdrawSigning { project: id(words[0]), partner: reason },
            "says" => Command::ShowMessage { lines: reason.split('|').map(str::to_owned).collect() },
            "looks" => Command::ChangeAbout {
                about: About {
                    title: "路演".into(),
                    zone: "Asia/Shanghai".into(),
                    look: serde_json::from_str(&reason).unwrap(),
                    ..About::default()
                },
            },
            "opens-vote" => Command::OpenVote,
            "closes-vote" => Command::CloseVote,
            "reveals-vote" => Command::RevealVote,
            "votes" => ballot(words),
            "turns" => Command::ShowPlates { pitch: pitch(), step: step(words[1]) },
            "announces" => Command::BeginAnnouncement { pitch: pitch() },
            "confirms-overtime" => Command::ConfirmOvertime { pitch: pitch() },
            "dismisses-overtime" => Command::DismissOvertime { pitch: pitch(), reason },
            "deducts" => Command::Deduct { pitch: pitch(), points: id(words[1]), reason },
            "removes-deduction" => {
                let first = self.contest.pitch(pitch()).unwrap().deductions.first();
                Command::RemoveDeduction { pitch: pitch(), deduction: first.map_or(0, |one| one.seq), reason }
            }
            "commits" => Command::CommitDraw { round, secret: words.first().unwrap_or(&SECRET).to_string() },
            "calls" => Command::CallNumber { round, number: words.join(" ") },
            "reveals-draw" => Command::RevealDraw { round },
            "rehearses" => Command::BeginRehearsal { despite: words.contains(&"despite") },
            "ends-rehearsal" => Command::EndRehearsal,
            verb => panic!("no verb {verb:?}"),
        }
    }
}

/// `unscored P3`, `signature J1`, `tied 2`, `audience`.
fn matter(words: &[&str]) -> Matter {
    let round = RoundId(1);
    match words[0] {
        "never-came" => Matter::NeverCame { pitch: on(words[1]) },
        "unscored" => Matter::Unscored { pitch: on(words[1]) },
        "unannounced" => Matter::Unannounced { pitch: on(words[1]) },
        "corrected" => Matter::Corrected { pitch: on(words[1]) },
        "too-few" => Matter::TooFew { pitch: on(words[1]) },
        "overtime" => Matter::Overtime { pitch: on(words[1]) },
        "signature" => Matter::Signature { round, judge: id(words[1]) },
        "came-late" => Matter::CameLate { judge: id(words[1]), pitch: on(words[2]) },
        "tied" => {
            Matter::Tied { round, place: id(words[1]), track: words.get(3).map(|word| word.parse().unwrap()) }
        }
        "untracked" => Matter::Untracked { pitch: on(words[1]) },
        "decided" => Matter::Decided { round },
        "audience" => Matter::Audience { round },
        what => panic!("no matter {what:?}"),
    }
}

/// `7/1 P1 P2`: with code 7 (or `-`) from device 1.
fn ballot(words: &[&str]) -> Command {
    let (code, device) = words[0].split_once('/').unwrap();
    Command::CastBallot {
        code: (code != "-").then(|| Voter(id(code))),
        device: Voter(id(device)),
        choices: words[1..].iter().map(|word| id(word)).collect(),
    }
}

/// `turned/3`, `struck`, `scored`
fn step(word: &str) -> PlateStep {
    match word.split_once('/') {
        Some((_, count)) => PlateStep::Turned(id(count)),
        None if word == "struck" => PlateStep::Struck,
        None => PlateStep::Scored,
    }
}

pub fn step_text(step: PlateStep) -> String {
    match step {
        PlateStep::Turned(count) => format!("turned/{count}"),
        PlateStep::Struck => "struck".into(),
        PlateStep::Scored => "scored".into(),
    }
}
