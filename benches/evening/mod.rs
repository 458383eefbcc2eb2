//! The contests that the benches play: how large they are is all that matters.

use podium::domain::command::Command;
use podium::domain::command::blueprint::{Blueprint, BlueprintProject};
use podium::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId};
use podium::domain::state::round::Round;
use podium::domain::terms::about::About;
use podium::domain::terms::roster::Judge;
use podium::domain::terms::rubric::Criterion;

pub const ROUND: RoundId = RoundId(1);

pub fn pitch(n: u16) -> PitchId {
    PitchId { round: ROUND, project: ProjectId(n) }
}

pub fn about() -> About {
    About { title: "项目路演".into(), zone: "Asia/Shanghai".into(), ..About::default() }
}

/// So many projects, judges and criteria.
pub fn blueprint(projects: u16, judges: u16, criteria: u16) -> Blueprint {
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

/// A scorecard; another `seed` gives other marks.
pub fn scorecard(round: &Round, pitch: PitchId, base: u32, seed: u32) -> Command {
    let marks = round.criteria.iter().map(|criterion| {
        let mark = (seed + criterion.weight) % (criterion.weight + 1);
        (criterion.id.clone(), mark.to_string().parse().expect("a mark"))
    });
    let comment = "技术路线清晰，团队完整。".to_owned();
    Command::SubmitScorecard { pitch, attempt: 1, base, marks: marks.collect(), comment }
}
