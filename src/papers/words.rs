//! Words of the papers, in both languages.

use crate::domain::kernel::actor::Actor;
use crate::domain::scoring::rule::Tie;
use crate::domain::terms::life::Life;
use crate::domain::terms::programme::{Phase, SegmentKind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    Zh,
    En,
}

impl Lang {
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Names in a row.
    pub fn list(self, names: &[String]) -> String {
        names.join(self.pick("、", ", "))
    }

    pub fn yes(self, is: bool) -> &'static str {
        if is { self.pick("是", "yes") } else { self.pick("否", "no") }
    }

    /// How far a result is.
    pub fn life(self, life: Life) -> &'static str {
        match life {
            Life::Provisional => self.pick("暂定", "Provisional"),
            Life::Confirmed => self.pick("已复核", "Confirmed"),
            Life::Official => self.pick("正式", "Official"),
            Life::Published => self.pick("已公布", "Published"),
        }
    }

    /// What has become of a pitch.
    pub fn phase(self, phase: Phase) -> &'static str {
        match phase {
            Phase::Queued => self.pick("待上场", "to come"),
            Phase::Pitching => self.pick("路演中", "pitching"),
            Phase::Qa => self.pick("答辩中", "questions"),
            Phase::Scoring => self.pick("评分中", "being scored"),
            Phase::Closed => self.pick("评分已截止", "closed"),
            Phase::Revealed => self.pick("已公布得分", "announced"),
            Phase::Absent => self.pick("缺席", "absent"),
            Phase::Withdrawn => self.pick("弃赛", "withdrawn"),
            Phase::Disqualified => self.pick("取消资格", "disqualified"),
        }
    }

    /// What comes around the pitches.
    pub fn part(self, kind: SegmentKind) -> &'static str {
        match kind {
            SegmentKind::Opening => self.pick("开场", "Opening"),
            SegmentKind::Unveiling => self.pick("揭牌", "Unveiling"),
            SegmentKind::Appointment => self.pick("颁发聘书", "Appointment"),
            SegmentKind::Signing => self.pick("签约", "Signing"),
            SegmentKind::Presentation => self.pick("推介", "Presentation"),
            SegmentKind::Draw => self.pick("抽签", "Draw"),
            SegmentKind::Break => self.pick("茶歇", "Break"),
            SegmentKind::Awards => self.pick("颁奖", "Awards"),
            SegmentKind::Other => self.pick("其他", "Other"),
        }
    }

    /// What a step of the tie-break chain is called.
    pub fn step(self, tie: &Tie) -> String {
        let words = match tie {
            Tie::Exact => ("舍入前的得分", "the score before rounding"),
            Tie::Criterion(id) => return self.pick(format!("评分项 {id}"), format!("criterion {id}")),
            Tie::Countback => ("名次多者", "count-back"),
            Tie::HeadToHead => ("相互比较", "head to head"),
            Tie::Median => ("中位数", "the median"),
            Tie::UntrimmedSum => ("未去分总和", "the untrimmed sum"),
            Tie::Highest => ("最高单分", "the highest total"),
            Tie::Lot => ("抽签", "the lot"),
            Tie::Chair => ("裁定", "a ruling"),
            Tie::Share => ("并列", "a shared place"),
        };
        self.pick(words.0, words.1).to_owned()
    }

    /// A row with the same published score as one beside it.
    pub fn tie(self, by: &Tie) -> String {
        if *by == Tie::Share {
            return self.pick("并列", "shared place").to_owned();
        }
        self.pick(format!("同分，{}决定", self.step(by)), format!("tie; {} decided", self.step(by)))
    }

    /// Who acts, a judge aside.
    pub fn actor(self, actor: Actor) -> String {
        match actor {
            Actor::Organiser => self.pick("主办方", "Organiser").to_owned(),
            Actor::Host => self.pick("场控", "Host").to_owned(),
            Actor::Judge(judge) => judge.to_string(),
            Actor::Mc => self.pick("主持人", "MC").to_owned(),
            Actor::Auditor => self.pick("复核人", "Auditor").to_owned(),
            Actor::Clock => self.pick("系统计时", "Clock").to_owned(),
            Actor::Audience => self.pick("观众", "Audience").to_owned(),
        }
    }
}
