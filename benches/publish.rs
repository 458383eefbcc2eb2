//! What a change costs a contest's task before everybody has its picture, as the evening and its size grow:
//! `cargo bench --bench publish`.
//!
//! For each size it plays an evening by the rules (every pitch opened, scored by every judge, closed, announced) and measures in
//! the second, the middle and the last pitch: a copy of the state, one look at the standings, publishing a scorecard, a window that closes, a
//! reveal and a state that is as it was, and telling the console who is there. Medians, in milliseconds.

use podium::domain::apply::apply;
use podium::domain::command::Command;
use podium::domain::command::blueprint::{Blueprint, BlueprintProject};
use podium::domain::decide::decide;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId};
use podium::domain::kernel::time::{Millis, Stamp};
use podium::domain::query::result;
use podium::domain::state::contest::Contest;
use podium::domain::terms::about::About;
use podium::domain::terms::roster::Judge;
use podium::domain::terms::rubric::Criterion;
use podium::live::publish::{Channels, Publisher};
use podium::wire::view::presence::Presence;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

const SIZES: [(u16, u16, u16); 3] = [(12, 7, 5), (30, 9, 6), (100, 15, 8)];
const ROUND: RoundId = RoundId(1);

fn blueprint(projects: u16, judges: u16, criteria: u16) -> Blueprint {
    let project = |n| BlueprintProject {
        id: ProjectId(n),
        name: format!("高分辨率电子显微成像关键技术及产业化项目 {n}"),
        short: format!("显微成像项目 {n}"),
        track: None,
        unit: "苏州某某科技有限公司".into(),
        presenter: format!("路演人 {n}"),
        say: String::new(),
        code: String::new(),
    };
    let weight = |n| u32::from(if n == criteria { 100 - 10 * (criteria - 1) } else { 10 });
    let criterion = |n| Criterion {
        id: format!("c{n}").parse().expect("an id"),
        name: format!("评分项 {n}"),
        max: weight(n).to_string().parse().expect("a maximum"),
        weight: weight(n),
        step: None,
        scale: String::new(),
    };
    Blueprint {
        projects: (1..=projects).map(project).collect(),
        judges: (1..=judges)
            .map(|n| Judge { id: JudgeId(n), name: format!("评委{n}"), unit: String::new() })
            .collect(),
        chair: Some(JudgeId(1)),
        criteria: (1..=criteria).map(criterion).collect(),
        ..Blueprint::default()
    }
}

struct Evening {
    contest: Contest,
    publisher: Publisher,
    presence: Presence,
}

#[derive(Default)]
struct Cost {
    copy: Vec<f64>,
    table: Vec<f64>,
    scorecard: Vec<f64>,
    close: Vec<f64>,
    reveal: Vec<f64>,
    same: Vec<f64>,
    presence: Vec<f64>,
}

fn ms<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64() * 1_000.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

impl Evening {
    fn new((projects, judges, criteria): (u16, u16, u16)) -> Self {
        let publisher = Publisher::new(Arc::new(Channels::default()));
        let mut evening = Evening { contest: Contest::default(), publisher, presence: Presence::default() };
        let about = About { title: "项目路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
        evening.give(
            Actor::Organiser,
            &Command::CreateContest { code: "abc234".parse().expect("a code"), about },
        );
        let blueprint = blueprint(projects, judges, criteria);
        evening.give(Actor::Organiser, &Command::ImportBlueprint { blueprint });
        evening
    }

    fn give(&mut self, by: Actor, command: &Command) {
        for fact in decide(&self.contest, by, command).expect("the command is taken") {
            let seq = self.contest.seq + 1;
            apply(&mut self.contest, &fact, Stamp { seq, at: Millis(seq), by: Some(by) });
        }
    }

    fn publish(&mut self) {
        self.publisher.publish(&self.contest, &self.presence, None);
    }

    fn pitch(&mut self, n: u16, judges: u16, mut cost: Option<&mut Cost>) {
        let pitch = PitchId { round: ROUND, project: ProjectId(n) };
        self.give(Actor::Host, &Command::StartPitch { pitch });
        self.give(Actor::Host, &Command::OpenWindow { pitch });
        self.publish();
        for judge in 1..=judges {
            let round = &self.contest.show.rounds[&ROUND];
            let marks = round.criteria.iter().map(|criterion| {
                let mark = (u32::from(n * 7 + judge * 3) + criterion.weight) % (criterion.weight + 1);
                (criterion.id.clone(), mark.to_string().parse().expect("a mark"))
            });
            let marks = marks.collect();
            let comment = "技术路线清晰，团队完整。".to_owned();
            self.give(
                Actor::Judge(JudgeId(judge)),
                &Command::SubmitScorecard { pitch, attempt: 1, base: 0, marks, comment },
            );
            match &mut cost {
                None => self.publish(),
                Some(cost) => self.measure(cost),
            }
        }
        self.give(Actor::Host, &Command::CloseWindow { pitch });
        let close = ms(|| self.publish());
        self.give(Actor::Host, &Command::BeginAnnouncement { pitch });
        self.publish();
        self.give(Actor::Host, &Command::RevealPitch { pitch });
        let reveal = ms(|| self.publish());
        let same = ms(|| self.publish());
        if let Some(cost) = cost {
            cost.close.push(close);
            cost.reveal.push(reveal);
            cost.same.push(same);
        }
    }

    fn measure(&mut self, cost: &mut Cost) {
        cost.scorecard.push(ms(|| self.publish()));
        cost.presence.push(ms(|| self.publisher.publish_presence(&self.presence)));
        cost.copy.push(ms(|| self.contest.clone()));
        let round = &self.contest.show.rounds[&ROUND];
        cost.table.push(ms(|| result::provisional(&self.contest, round)));
    }
}

fn main() {
    println!(
        "projects × judges × criteria | pitch | copy | table | scorecard | who is there | close | reveal | unchanged"
    );
    for size @ (projects, judges, criteria) in SIZES {
        let mut evening = Evening::new(size);
        for n in 1..=projects {
            let measured = n == 2 || n == projects / 2 || n == projects;
            let mut cost = Cost::default();
            evening.pitch(n, judges, measured.then_some(&mut cost));
            if measured {
                println!(
                    "{projects} × {judges} × {criteria} | {n} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3}",
                    median(cost.copy),
                    median(cost.table),
                    median(cost.scorecard),
                    median(cost.presence),
                    median(cost.close),
                    median(cost.reveal),
                    median(cost.same),
                );
            }
        }
    }
}
