//! What the command line says of a judging, in two languages. Sentences about places in a workbook are the pages' own.

use crate::domain::kernel::points::PointsProblem;
use crate::domain::scoring::judging::Judging;
use crate::domain::scoring::overtime::OvertimeProblem;
use crate::domain::scoring::rule::{RuleProblem, Tie};
use crate::domain::scoring::severity::Component;
use crate::domain::scoring::table::Problem;
use crate::domain::terms::rubric::RubricProblem;
use crate::papers::words;
use crate::sheets::error::SheetError;
use crate::wire::judging::mistake::{Kind, Mistake, Wrong};
use crate::wire::notes::{Note, Part};
use crate::wire::report::Sentences;
use std::collections::BTreeMap;

const PLACES: [&str; 2] = [
    include_str!("../../web/src/text/organise/zh.json"),
    include_str!("../../web/src/text/organise/en.json"),
];

/// The language of what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    Zh,
    En,
}

impl From<Lang> for words::Lang {
    fn from(lang: Lang) -> Self {
        lang.pick(words::Lang::Zh, words::Lang::En)
    }
}

impl Lang {
    fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Names in a row.
    fn list(self, names: &[String]) -> String {
        names.join(self.pick("、", ", "))
    }
}

impl Sentences for Lang {
    fn note(&self, note: &Note) -> String {
        match note {
            Note::UnequalPanels { least, most } => self.pick(
                format!("参与排名的项目评分表数不同（{least} 至 {most} 份）：得分来自不同的评委组。"),
                format!("Ranked projects have {least} to {most} scorecards: their scores rest on different panels."),
            ),
            Note::LonelyJudge { judge } => self.pick(
                format!("{judge} 只有一份评分表：这位评委的宽严无从判断。"),
                format!("{judge} has a single scorecard: the severity of this judge cannot be told."),
            ),
            Note::Unjoined { parts } => {
                let parts: Vec<String> = parts.iter().map(|part| self.part(part)).collect();
                self.pick(
                    format!("评分表分成互不相连的 {} 部分，没有共同的评委；各部分之间的宽严没有修正：{}。", parts.len(), parts.join("；")),
                    format!(
                        "The scorecards fall into {} parts that no judge joins; between them nothing is corrected: {}.",
                        parts.len(),
                        parts.join("; ")
                    ),
                )
            }
            Note::Fallback { fallback, projects } => {
                let (cards, projects) = (fallback.cards, self.list(projects));
                let (asked, dropped) = (fallback.asked, fallback.dropped);
                if dropped == 0 {
                    self.pick(
                        format!("无法去掉最高最低分：只有 {cards} 份评分表，按平均分计（{projects}）。"),
                        format!("Could not trim: {cards} scorecards, plain mean ({projects})."),
                    )
                } else {
                    self.pick(
                        format!("只有 {cards} 份评分表：每端去掉 {dropped} 份，而不是 {asked} 份（{projects}）。"),
                        format!("{cards} scorecards: {dropped} left out at each end, not {asked} ({projects})."),
                    )
                }
            }
        }
    }

    fn unranked(&self, k: usize, needed: usize) -> String {
        if k == 0 {
            return self.pick("没有一份完整的评分表", "no complete scorecard").to_owned();
        }
        self.pick(
            format!("规则要求 {needed} 份评分表，只有 {k} 份"),
            format!("{k} of the {needed} scorecards that the rule asks for"),
        )
    }
}

impl Lang {
    fn part(self, part: &Part) -> String {
        let (projects, judges) = (self.list(&part.projects), self.list(&part.judges));
        self.pick(
            format!("项目 {projects}，评委 {judges}"),
            format!("projects {projects} with judges {judges}"),
        )
    }

    /// What a step of the tie-break chain is called.
    pub fn step(self, tie: &Tie) -> String {
        words::Lang::from(self).step(tie)
    }

    /// A row with the same published score as one beside it.
    pub fn tie(self, by: &Tie) -> String {
        words::Lang::from(self).tie(by)
    }

    /// A row with the same published score as the one above.
    pub fn level(self, by: &Tie) -> String {
        if *by == Tie::Share {
            return self.pick("与上一行并列", "shares the place of the row above").to_owned();
        }
        let step = self.step(by);
        self.pick(format!("与上一行同分，{step}决定"), format!("level with the row above; {step} decided"))
    }

    /// What a figure under the table is called.
    pub fn figure(self, name: &'static str) -> &'static str {
        match name {
            "ICC(2,1)" => self.pick("ICC(2,1)，一位评委", "ICC(2,1), one judge"),
            "ICC(2,k)" => self.pick("ICC(2,k)，这个评委组", "ICC(2,k), this panel"),
            "W" => "Kendall's W",
            _ => "Krippendorff's alpha",
        }
    }

    pub fn undefined(self) -> &'static str {
        self.pick("无定义", "not defined")
    }

    /// A place in a workbook and what is wrong there.
    pub fn place(self, error: &SheetError) -> String {
        let texts: BTreeMap<String, String> =
            serde_json::from_str(PLACES[self.pick(0, 1)]).unwrap_or_default();
        let mut place = Vec::new();
        if !error.sheet.is_empty() {
            place.push(self.pick(format!("“{}”表", error.sheet), format!("sheet {}", error.sheet)));
        }
        place.extend(error.row.map(|row| self.pick(format!("第 {row} 行"), format!("row {row}"))));
        let column = error.column.as_ref();
        place.extend(column.map(|column| self.pick(format!("{column} 列"), format!("column {column}"))));
        let said = texts.get(&format!("place.{}", error.code)).unwrap_or(&error.detail).clone();
        let said =
            error.params.iter().fold(said, |said, (name, value)| said.replace(&format!("{{{name}}}"), value));
        if place.is_empty() {
            said
        } else {
            format!("{}{}{said}", place.join(self.pick(" ", ", ")), self.pick("：", ": "))
        }
    }

    /// What stands above a list: a track's name, or that it is the list of all.
    pub fn list_title(self, track: Option<&str>) -> String {
        track.map_or_else(|| self.pick("总排名", "Overall").to_owned(), str::to_owned)
    }

    pub fn wrong(self, what: &Wrong) -> String {
        self.pick(wrong(what), what.to_string())
    }

    /// A path in a document and what is wrong there.
    pub fn mistake(self, mistake: &Mistake) -> String {
        let said = self.wrong(&mistake.wrong);
        format!("{}{}{said}", mistake.path, self.pick("：", ": "))
    }

    /// What makes no sense about a rule.
    pub fn rule(self, problem: &RuleProblem) -> String {
        self.pick(rule(problem), problem.to_string())
    }

    /// Why there is no ranking.
    pub fn problem(self, judging: &Judging, problem: &Problem) -> String {
        match (self, problem) {
            (_, Problem::Rule(problem)) => self.rule(problem),
            (Lang::En, problem) => judging.named(problem),
            (Lang::Zh, Problem::Incomplete { project, judge }) => format!(
                "名次和需要每位评委评过每个项目；{} 没有评 {}",
                judging.judges[*judge], judging.projects[*project]
            ),
            (Lang::Zh, Problem::Disconnected { parts }) => apart(judging, parts),
            (Lang::Zh, Problem::NoBallot) => "有观众占比，却没有计入的选票".to_owned(),
            (Lang::Zh, Problem::RankSumWithDeduction) => "名次和不接受扣分".to_owned(),
        }
    }
}

fn apart(judging: &Judging, parts: &[Component]) -> String {
    let names = |list: &[String], at: &[usize]| -> Vec<String> {
        at.iter().filter_map(|at| list.get(*at).cloned()).collect()
    };
    let part = |part: &Component| {
        let (projects, judges) =
            (names(&judging.projects, &part.projects), names(&judging.judges, &part.judges));
        Lang::Zh.part(&Part { projects, judges })
    };
    let listed: Vec<String> = parts.iter().map(part).collect();
    let joining = match parts {
        [first, second, ..] => match (first.judges.first(), second.projects.first()) {
            (Some(&judge), Some(&project)) => {
                format!("；{} 若再评 {}，前两部分就相连了", judging.judges[judge], judging.projects[project])
            }
            _ => String::new(),
        },
        _ => String::new(),
    };
    format!(
        "宽严修正系数为 0 时没有共同的排名：评分表分成互不相连的 {} 部分：{}{joining}",
        parts.len(),
        listed.join("；")
    )
}

fn wrong(wrong: &Wrong) -> String {
    match wrong {
        Wrong::NotJson(said) => format!("不是合法的 JSON（{said}）"),
        Wrong::Twice => "这个键出现了两次".to_owned(),
        Wrong::Kind(kind) => {
            let kind = match kind {
                Kind::Object => "对象 {…}",
                Kind::List => "列表 […]",
                Kind::Text => "文字",
                Kind::Whole => "不小于 0 的整数",
            };
            format!("这里应当是{kind}")
        }
        Wrong::Missing(key) => format!("缺少“{key}”"),
        Wrong::Unknown(keys) => format!("没有这个键；可用：{}", keys.join("、")),
        Wrong::NotOneOf(said, words) | Wrong::NoTieBreak(said, words) => {
            format!("“{said}”不认识；可用：{}", words.join("、"))
        }
        Wrong::Number => "分数要写成文字，如 \"27.5\"，不能写成数字".to_owned(),
        Wrong::Points(problem) => points(problem),
        Wrong::Spaced(id) => format!("“{id}”前后有空白"),
        Wrong::Length(most) => format!("编号为 1 到 {most} 个字符"),
        Wrong::Control => "编号里有控制字符".to_owned(),
        Wrong::Rubric(problem) => rubric(problem),
        Wrong::Rule(problem) => rule(problem),
        Wrong::NoCriterion(id) => format!("没有评分项“{id}”"),
        Wrong::NoProject(id) => format!("没有评分表提到项目“{id}”"),
        Wrong::BelowZero(points) => format!("{points} 小于 0"),
        Wrong::OverMaximum { mark, max } => format!("{mark} 超过满分 {max}"),
        Wrong::OffStep { mark, step } => format!("{mark} 不在步长 {step} 上"),
        Wrong::Again { judge, project, first } => {
            format!("{judge} 已有一份给 {project} 的评分表：scorecards[{first}]")
        }
        Wrong::Listed(id) => format!("“{id}”列了两次"),
        Wrong::Aside { judge, project } => format!("{judge} 回避或弃权 {project}，却有给它的评分表"),
        Wrong::OutAndScored(project) => format!("{project} 不参与排名，却有评分表"),
        Wrong::NoScorecard => "没有一份完整的评分表".to_owned(),
        Wrong::NoTrack(project) => format!("名次按赛道计算，而 {project} 没有赛道"),
        Wrong::NoOvertimeTable => "规则没有规定超时扣多少分".to_owned(),
        Wrong::Value(said) => format!("这里的值不合要求（{said}）"),
    }
}

fn points(problem: &PointsProblem) -> String {
    match problem {
        PointsProblem::NotDecimal(said) => format!("“{said}”不是小数，例如 27.5"),
        PointsProblem::TooFine(said) => format!("“{said}”的小数多于四位"),
        PointsProblem::TooLarge(said) => format!("“{said}”超过十亿"),
    }
}

fn rubric(problem: &RubricProblem) -> String {
    match problem {
        RubricProblem::BadId { id } => format!("评分项的编号为 1 到 32 个字符，前后没有空白，不是“{id}”"),
        RubricProblem::NoWeight => "至少要有一个权重大于 0 的评分项".to_owned(),
        RubricProblem::Twice { id } => format!("评分项 {id} 出现了两次"),
        RubricProblem::BadMax { id } => format!("评分项 {id} 的满分须大于 0"),
        RubricProblem::BadStep { id } => format!("评分项 {id} 的步长须大于 0 且不超过满分"),
        RubricProblem::TooMany { max } => format!("评分项最多 {max} 个"),
    }
}

fn rule(problem: &RuleProblem) -> String {
    match problem {
        RuleProblem::Decimals(said) => format!("得分保留 0 到 4 位小数，不是 {said} 位"),
        RuleProblem::MinKeep => "min_keep 至少为 1".to_owned(),
        RuleProblem::MinJudges => "min_judges 至少为 1".to_owned(),
        RuleProblem::Lambda(said) => format!("宽严修正系数不小于 0，不是 {said}"),
        RuleProblem::Share(said) => format!("观众占比为 0 到 0.5，不是 {said}"),
        RuleProblem::RankSumWithAudience => "名次和不接受观众占比".to_owned(),
        RuleProblem::RankSumWithOvertime => "名次和不接受扣分，也就不能有超时表".to_owned(),
        RuleProblem::RankSumOfBoth => {
            "名次和的得分只属于一个排名：可以总排名或按赛道排名，不能两者都排".to_owned()
        }
        RuleProblem::Overtime(problem) => overtime(problem),
        RuleProblem::NoSteps => "只有平均分和去掉最高最低分可以每一步舍入".to_owned(),
        RuleProblem::NothingToFill => "名次和与宽严修正不补缺的评分表".to_owned(),
        RuleProblem::UnknownCriterion { tie } => format!("同分处理 {tie}：没有这个评分项"),
        RuleProblem::NoWeight { tie } => format!("同分处理 {tie}：这个评分项没有权重"),
        RuleProblem::NoSeed => "抽签需要种子".to_owned(),
        RuleProblem::AfterShare => "并列之后不能再有步骤".to_owned(),
        RuleProblem::TooFine => "各评分项的满分与权重没有小于 2^60 的公分母".to_owned(),
    }
}

fn overtime(problem: &OvertimeProblem) -> String {
    match problem {
        OvertimeProblem::Grace(said) => format!("宽限最多 7200 秒，不是 {said}"),
        OvertimeProblem::Unit(said) => format!("单位为 1 到 7200 秒，不是 {said}"),
        OvertimeProblem::PerUnit(said) => format!("每单位扣分须大于 0 且不超过 100，不是 {said}"),
        OvertimeProblem::Cap { cap, per_unit } => {
            format!("上限不低于一个单位的 {per_unit} 且不超过 100，不是 {cap}")
        }
        OvertimeProblem::StepCount(said) => format!("阶梯为 1 到 20 级，不是 {said}"),
        OvertimeProblem::StepSecs(at) => format!("第 {at} 级：秒数须多于前一级，最多 7200"),
        OvertimeProblem::StepPoints(at) => format!("第 {at} 级：扣分须大于 0、不超过 100、不少于前一级"),
    }
}
