//! Runs the plain-text scenarios of `tests/fixtures/rules`: who does what, what is refused, what the hall sees.
//!
//! A line is `ACTOR VERB …`, with `-> refused CODE` where it must be; `#` begins a comment. See the files for all verbs.

use crate::harness::{Plan, pitch};
use podium::domain::apply::apply;
use podium::domain::command::Command;
use podium::domain::command::blueprint::Blueprint;
use podium::domain::decide::{decide, decide_on, give};
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId};
use podium::domain::kernel::points::Points;
use podium::domain::kernel::time::{Millis, Stamp};
use podium::domain::query::{seal, signature};
use podium::domain::rejection::Rejection;
use podium::domain::scoring::rule::{Method, Rule};
use podium::domain::state::contest::Contest;
use podium::domain::terms::about::About;
use podium::domain::terms::roster::Judge;
use podium::domain::terms::rubric::CriterionId;
use podium::domain::terms::signature::Strokes;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

mod out;
mod state;
mod told;
mod tracks;
pub mod verbs;

struct Stage {
    contest: Contest,
    now: Millis,
    refused: BTreeSet<&'static str>,
}

fn id<T: std::str::FromStr>(word: &str) -> T {
    word.parse().unwrap_or_else(|_| panic!("{word:?} is no id"))
}

/// `P3` of the first round.
fn on(word: &str) -> PitchId {
    let project: ProjectId = id(word);
    PitchId { round: RoundId(1), project }
}

impl Stage {
    fn give(&mut self, actor: Actor, command: &Command) -> Result<(), Rejection> {
        let today = || podium::clock::day::of(self.now, &self.contest.show.about.zone);
        let facts = decide_on(&self.contest, actor, today, command)?;
        assert!(!facts.is_empty(), "a command that is taken leaves a fact");
        let told: Vec<_> = facts.iter().filter(|fact| fact.seal().is_some()).collect();
        assert!(told.iter().all(|fact| seal::told(&self.contest, fact).is_some()), "a seal of nothing told");
        for fact in facts {
            let text = serde_json::to_string(&fact).unwrap();
            let again = serde_json::from_str(&text).unwrap();
            let stamp = Stamp { seq: self.contest.seq + 1, at: self.now, by: Some(actor) };
            apply(&mut self.contest, &again, stamp);
        }
        Ok(())
    }

    /// `given 3 judges 2 projects criteria a/60/0.5 b/40/1 [tracks A,B] [rule {…}]`: each project's track, `-` for none.
    fn given(words: &[&str], line: &str) -> Self {
        let criteria = words[5..].iter().take_while(|word| !["rule", "tracks"].contains(*word)).map(|word| {
            let parts: Vec<&'static str> = word.split('/').map(|part| &*String::from(part).leak()).collect();
            (parts[0], parts[1], parts[2])
        });
        let plan = Plan {
            judges: id(words[0]),
            projects: id(words[2]),
            criteria: criteria.collect(),
            ..Plan::default()
        };
        let mut stage = Stage { contest: Contest::default(), now: Millis(1_000), refused: BTreeSet::new() };
        let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
        stage.give(Actor::Organiser, &Command::CreateContest { code: id("abc234"), about }).unwrap();
        let mut blueprint = plan.blueprint();
        let tracks = words.iter().position(|word| *word == "tracks").map(|at| words[at + 1]);
        if tracks.is_some() {
            blueprint.tracks.clear();
            blueprint.projects.iter_mut().for_each(|project| project.track = None);
        }
        for (project, name) in blueprint.projects.iter_mut().zip(tracks.unwrap_or_default().split(',')) {
            let known = blueprint.tracks.iter().position(|track| track == name);
            if !["-", ""].contains(&name) {
                project.track = known.or(Some(blueprint.tracks.len()));
                blueprint.tracks.extend(known.is_none().then(|| name.to_owned()));
            }
        }
        blueprint.rule = line.split_once(" rule ").map(|(_, rule)| serde_json::from_str(rule).unwrap());
        stage.give(Actor::Organiser, &Command::ImportBlueprint { blueprint }).unwrap();
        stage
    }

    /// `P1 30 20 [base 1] [run 2]`: marks in the rubric's order, or `id=mark`.
    fn marks(&self, words: &[&str]) -> Command {
        let pitch = on(words[0]);
        let after = |key: &str| words.iter().position(|word| *word == key);
        let named = |key: &str| after(key).map(|at| words[at + 1]);
        let split = after("base").into_iter().chain(after("run")).min().unwrap_or(words.len());
        let newest = named("base").map(id);
        let attempt = named("run").map_or(1, id);
        let criteria = &self.contest.show.rounds[&RoundId(1)].criteria;
        let mark = |(at, word): (usize, &&str)| -> (CriterionId, Points) {
            match word.split_once('=') {
                Some((criterion, mark)) => (id(criterion), id(mark)),
                None => (criteria[at].id.clone(), id(word)),
            }
        };
        let marks: BTreeMap<_, _> = words[1..split].iter().enumerate().map(mark).collect();
        Command::SubmitScorecard { pitch, attempt, base: newest.unwrap_or(0), marks, comment: String::new() }
    }

    /// `J1 now` signs what stands, `J1 0abc…` what that digest names; `nothing` is a signature without a stroke.
    fn signature(&self, words: &[&str]) -> Command {
        let round = &self.contest.show.rounds[&RoundId(1)];
        let digest = match words[1] {
            "now" => signature::digest(&self.contest, round, id(words[0])),
            digest => digest.to_owned(),
        };
        let line = vec![(10, 500), (900, 480)];
        let strokes = if words.get(2) == Some(&"nothing") { Vec::new() } else { vec![line] };
        Command::SignScorecards { round: round.id, digest, strokes: Strokes(strokes) }
    }

    fn line(&mut self, line: &str) {
        if let Some((what, expected)) = line.split_once(": ").filter(|(what, _)| !what.contains(' ')) {
            return self.check(what, expected);
        }
        if let Some(secs) = line.strip_prefix("after ").and_then(|rest| rest.strip_suffix('s')) {
            self.now.0 += 1_000 * id::<u64>(secs);
            return;
        }
        let (deed, refusal) = match line.split_once(" -> refused ") {
            Some((deed, code)) => (deed, Some(code)),
            None => (line, None),
        };
        let (deed, reason) = deed.split_once(" because ").unwrap_or((deed, ""));
        let words: Vec<&str> = deed.split_whitespace().collect();
        let (actor, rest) = match words[0] {
            "organiser" => (Actor::Organiser, &words[1..]),
            "host" => (Actor::Host, &words[1..]),
            "clock" => (Actor::Clock, &words[1..]),
            "audience" => (Actor::Audience, &words[1..]),
            "mc" => (Actor::Mc, &words[1..]),
            "auditor" => (Actor::Auditor, &words[1..]),
            "judge" => (Actor::Judge(JudgeId(id(words[1]))), &words[2..]),
            who => panic!("nobody is called {who:?}"),
        };
        let before = self.contest.clone();
        let command = self.command(rest[0], &rest[1..], reason);
        match (self.give(actor, &command), refusal) {
            (Ok(()), None) => {}
            (Err(rejection), Some(code)) => {
                assert_eq!(rejection.code(), code, "another refusal");
                assert_eq!(self.contest, before, "a refusal leaves no trace");
                self.refused.insert(rejection.code());
            }
            (Ok(()), Some(code)) => panic!("it was taken, not refused with {code}"),
            (Err(rejection), None) => panic!("it was refused with {}", rejection.code()),
        }
    }
}

#[test]
fn scenarios() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rules");
    let mut files: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut lines, mut refused) = (0, BTreeSet::new());
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let mut stage: Option<Stage> = None;
        for (at, line) in fs::read_to_string(file).unwrap().lines().enumerate() {
            let line = line.split('#').next().unwrap().trim();
            if line.is_empty() {
                continue;
            }
            lines += 1;
            println!("{name}:{} {line}", at + 1);
            let words: Vec<&str> = line.split_whitespace().collect();
            if words[0] == "given" {
                refused.extend(stage.take().into_iter().flat_map(|stage| stage.refused));
                stage = Some(Stage::given(&words[1..], line));
            } else {
                stage.as_mut().expect("a scenario begins with `given`").line(line);
            }
        }
        refused.extend(stage.into_iter().flat_map(|stage| stage.refused));
    }
    assert!(lines > 100, "only {lines} lines were run");
    // Refusals that no line of a scenario can bring about, each with where it is shown instead.
    let elsewhere: BTreeSet<&str> = [
        "already-created",   // decide's guard: `registry.create` makes a contest once (below)
        "not-created",       // below
        "duplicate-project", // a workbook's: roster_files
        "duplicate-name",    // a workbook's: roster_files
        "project-in-use",    // a second list's: imports
        "judge-in-use",      // a second list's: imports
        "programme-exists",  // a workbook's: programme
        "unknown-round",     // no page names one yet: below
        "too-many",          // below
        "ballot-fixed",      // below
        "other-run",         // a matter of the device: cockpit
        "not-driving",       // a matter of the console: cockpit
    ]
    .into();
    let missing: Vec<_> = Rejection::CODES
        .iter()
        .filter(|code| !refused.contains(**code) && !elsewhere.contains(**code))
        .collect();
    assert!(missing.is_empty(), "no scenario shows {missing:?}");
    let needless: Vec<_> = elsewhere.iter().filter(|code| refused.contains(**code)).collect();
    assert!(needless.is_empty(), "scenarios show {needless:?} now");
}

#[test]
fn refusals_of_set_up_that_no_scenario_reaches() {
    let code = |result: Result<Vec<_>, Rejection>| result.map(drop).unwrap_err().code();
    let start = Command::StartPitch { pitch: pitch(1) };
    assert_eq!(code(decide(&Contest::default(), Actor::Host, &start)), "not-created");
    let words: Vec<&str> = "3 judges 2 projects criteria a/60/0.5".split(' ').collect();
    let stage = Stage::given(&words, "");
    let order = Command::SetRunningOrder { round: RoundId(9), order: vec![] };
    assert_eq!(code(decide(&stage.contest, Actor::Host, &order)), "unknown-round");
    let about = (*stage.contest.show.about).clone();
    let again = Command::CreateContest { code: id("abc234"), about };
    assert_eq!(code(decide(&stage.contest, Actor::Organiser, &again)), "already-created");
    let mut project = stage.contest.show.projects[&ProjectId(1)].clone();
    project.track = Some(podium::domain::kernel::ids::TrackId(7));
    let change = Command::ChangeProject { project };
    assert_eq!(code(decide(&stage.contest, Actor::Organiser, &change)), "unknown-track");
    let import = |blueprint| Command::ImportBlueprint { blueprint };
    let small = Plan { judges: 1, projects: 1, ..Plan::default() };
    let twice = decide(&stage.contest, Actor::Organiser, &import(small.blueprint()));
    assert_eq!(code(twice), "duplicate-project");
    let mut twin = small.blueprint();
    twin.projects[0].id = ProjectId(9);
    twin.judges.clear();
    assert_eq!(code(decide(&stage.contest, Actor::Organiser, &import(twin.clone()))), "duplicate-name");
    twin.projects.clear();
    twin.judges = small.blueprint().judges;
    twin.judges.push(twin.judges[0].clone());
    assert_eq!(code(decide(&stage.contest, Actor::Organiser, &import(twin))), "duplicate-judge");
    let crowd = (1..=1_000).map(JudgeId).collect();
    let seats = Command::SetPanel { round: RoundId(1), judges: crowd, chair: None };
    assert_eq!(code(decide(&stage.contest, Actor::Organiser, &seats)), "too-many");
}

#[test]
fn importing_one_more_judge_leaves_the_panel_and_its_chair_as_they_are() {
    let words: Vec<&str> = "3 judges 2 projects criteria a/60/0.5".split(' ').collect();
    let mut stage = Stage::given(&words, "");
    let mut give = |command: Command| {
        let at = Millis(stage.contest.seq + 1);
        give(&mut stage.contest, Actor::Organiser, at, &command).expect("is taken");
        let round = &stage.contest.show.rounds[&RoundId(1)];
        (round.panel.to_vec(), round.chair)
    };
    let judges = |ids: &[u16]| ids.iter().map(|id| JudgeId(*id)).collect::<Vec<_>>();
    let seats = Command::SetPanel { round: RoundId(1), judges: judges(&[3, 1]), chair: Some(JudgeId(1)) };
    assert_eq!(give(seats), (judges(&[3, 1]), Some(JudgeId(1))));
    let more = |id: u16, chair: Option<JudgeId>| {
        let judges = vec![Judge { id: JudgeId(id), name: format!("评委{id}"), unit: String::new() }];
        Command::ImportBlueprint { blueprint: Blueprint { judges, chair, ..Blueprint::default() } }
    };
    assert_eq!(give(more(4, None)), (judges(&[3, 1, 4]), Some(JudgeId(1))), "who sits where, and the chair");
    assert_eq!(
        give(more(5, Some(JudgeId(5)))),
        (judges(&[3, 1, 4, 5]), Some(JudgeId(5))),
        "it names another"
    );
}

#[test]
fn a_rule_that_names_no_method_has_the_panels() {
    let words: Vec<&str> = "3 judges 2 projects criteria a/60/0.5".split(' ').collect();
    let mut stage = Stage::given(&words, "");
    let mut method = |command: Option<Command>| {
        if let Some(command) = command {
            let at = Millis(stage.contest.seq + 1);
            give(&mut stage.contest, Actor::Organiser, at, &command).expect("is taken");
        }
        let rule = &stage.contest.show.rounds[&RoundId(1)].rule;
        (rule.method, rule.drop)
    };
    let judges = (4..=5).map(|n| Judge { id: JudgeId(n), name: format!("评委{n}"), unit: String::new() });
    let more = Blueprint {
        judges: judges.collect(),
        rule: Some(Rule { drop: 2, ..Rule::default() }),
        method_by_panel: true,
        ..Blueprint::default()
    };
    let panel = |seats: u16| Command::SetPanel {
        round: RoundId(1),
        judges: (1..=seats).map(JudgeId).collect(),
        chair: None,
    };
    assert_eq!(method(None), (Method::Mean, 1), "of three judges");
    assert_eq!(
        method(Some(Command::ImportBlueprint { blueprint: more })),
        (Method::TrimmedMean, 2),
        "of five"
    );
    assert_eq!(method(Some(panel(4))), (Method::Mean, 2), "whatever it says of leaving out");
    let rule = |method| Command::SetRule { round: RoundId(1), rule: Rule { method, ..Rule::default() } };
    assert_eq!(method(Some(rule(Method::TrimmedMean))), (Method::TrimmedMean, 1), "named");
    assert_eq!(method(Some(panel(3))), (Method::TrimmedMean, 1), "it stays as it was named");
}

#[test]
fn a_ballot_is_changed_fifty_times_and_then_stands() {
    let words: Vec<&str> = "1 judges 2 projects criteria a/60/0.5".split(' ').collect();
    let mut stage = Stage::given(&words, "");
    let question = r#"{"round":"R1","title":"人气","choices":["P1","P2"],"most":1,"admission":"devices"}"#;
    stage.line(&format!("host asks because {question}"));
    stage.line("host opens-vote");
    for change in 0..=50 {
        stage.line(&format!("audience votes -/1 P{}", change % 2 + 1));
    }
    stage.line("audience votes -/1 P2 -> refused ballot-fixed");
    stage.line("audience votes -/2 P2");
    stage.line("ballots: 2");
}
