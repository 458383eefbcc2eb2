//! What a rule sheet's lines can set, with the words of each, and what their cells can be.

use crate::domain::kernel::points::Points;
use crate::sheets::headings::fold;

/// What a rule sheet's line sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    PitchMinutes,
    QaMinutes,
    Method,
    Trim,
    MinKeep,
    Missing,
    MinJudges,
    Decimals,
    Rounding,
    RoundAt,
    RankOn,
    Ties,
    Seed,
    AudienceShare,
    AudienceScale,
    Lambda,
    Disqualified,
    Ranking,
    WindowOpens,
    WindowCloses,
    WindowLate,
    WarmUp,
    AnnounceAfter,
    Plates,
    Freeze,
    Reveal,
    OvertimeGrace,
    OvertimeUnit,
    OvertimePoints,
    OvertimeCap,
    OvertimeSteps,
}

impl Topic {
    pub fn is_timing(self) -> bool {
        matches!(self, Topic::PitchMinutes | Topic::QaMinutes)
    }

    pub fn is_window(self) -> bool {
        (Topic::WindowOpens..=Topic::Reveal).contains(&self)
    }

    pub fn is_overtime(self) -> bool {
        self >= Topic::OvertimeGrace
    }

    /// The first of its words.
    pub fn word(self) -> &'static str {
        TOPICS.iter().find(|(topic, _)| *topic == self).map_or("", |(_, words)| words[0])
    }
}

pub type Words = &'static [&'static str];

/// The words of each topic.
pub const TOPICS: &[(Topic, Words)] = &[
    (
        Topic::PitchMinutes,
        &["路演时间(分钟)", "路演时间", "路演时长", "pitch (minutes)", "pitch minutes", "pitch"],
    ),
    (Topic::QaMinutes, &["答辩时间(分钟)", "答辩时间", "答辩时长", "q&a (minutes)", "q&a minutes", "q&a"]),
    (Topic::Method, &["计分方法", "评分方法", "method", "scoring method"]),
    (Topic::Trim, &["去分方式", "trim"]),
    (Topic::MinKeep, &["至少保留", "min keep"]),
    (Topic::Missing, &["缺评处理", "missing scorecards", "missing"]),
    (Topic::MinJudges, &["最少评委数", "min judges"]),
    (Topic::Decimals, &["小数位数", "保留小数", "decimals"]),
    (Topic::Rounding, &["舍入方式", "rounding"]),
    (Topic::RoundAt, &["舍入时机", "round at"]),
    (Topic::RankOn, &["名次依据", "rank on"]),
    (Topic::Ties, &["同分处理", "ties"]),
    (Topic::Seed, &["抽签种子", "seed"]),
    (Topic::AudienceShare, &["观众占比", "audience share"]),
    (Topic::AudienceScale, &["观众折算", "audience scale"]),
    (Topic::Lambda, &["宽严修正系数", "lambda"]),
    (Topic::Disqualified, &["取消资格公布", "取消资格", "disqualified"]),
    (Topic::Ranking, &["排名方式", "排名", "ranking"]),
    (Topic::OvertimeGrace, &["超时宽限(秒)", "超时宽限", "overtime grace (seconds)", "overtime grace"]),
    (Topic::OvertimeUnit, &["超时单位(秒)", "超时单位", "overtime unit (seconds)", "overtime unit"]),
    (Topic::OvertimePoints, &["超时每单位扣分", "points per overtime unit", "overtime points"]),
    (Topic::OvertimeCap, &["超时扣分上限", "overtime cap"]),
    (Topic::OvertimeSteps, &["超时扣分", "overtime steps", "overtime"]),
    (Topic::WindowOpens, &["评分开放", "window opens"]),
    (Topic::WindowCloses, &["评分关闭", "window closes"]),
    (Topic::WindowLate, &["迟交评分表", "迟交", "late scorecards", "late"]),
    (Topic::WarmUp, &["预热组项目数", "预热组", "warm-up group", "warm-up pitches"]),
    (Topic::AnnounceAfter, &["延后公布", "announce after"]),
    (Topic::Plates, &["亮分方式", "亮分", "plates"]),
    (Topic::Freeze, &["封榜", "封榜项目数", "freeze"]),
    (Topic::Reveal, &["揭晓方式", "揭晓", "reveal"]),
];

/// Why a value cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    NotANumber,
    /// Not one of these words.
    NotAWord(String),
    /// Steps of overtime that are none.
    NotSteps,
}

pub fn topic(cell: &str) -> Option<Topic> {
    find(cell, TOPICS.iter().map(|(topic, words)| (*topic, *words)))
}

/// All words of the topics.
pub fn topic_words() -> String {
    TOPICS.iter().map(|(_, words)| words[0]).collect::<Vec<_>>().join(" / ")
}

pub fn number(text: &str, max: u32) -> Result<u32, Wrong> {
    let plain = text.strip_suffix(".0").unwrap_or(text).trim_end_matches("分钟").trim();
    plain.parse().ok().filter(|number| *number <= max).ok_or(Wrong::NotANumber)
}

pub fn decimal(text: &str) -> Result<Points, Wrong> {
    fold(text).parse().ok().filter(|points: &Points| !points.is_negative()).ok_or(Wrong::NotANumber)
}

pub fn find<T>(cell: &str, table: impl Iterator<Item = (T, Words)>) -> Option<T> {
    let wanted = fold(cell);
    let mut table = table;
    table.find(|(_, words)| words.iter().any(|word| fold(word) == wanted)).map(|(found, _)| found)
}
