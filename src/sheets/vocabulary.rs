//! The words of a rule sheet: what may stand in the cells 项 and 值, in both languages. Anything else is an error there.
//!
//! `docs/scoring.md` lists the same words; a test compares.

use crate::domain::scoring::rule::{Method, Rule};
use crate::sheets::headings::fold;

/// What a rule sheet's line sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    PitchMinutes,
    QaMinutes,
    Method,
    Decimals,
}

/// The words of each topic.
pub const TOPICS: &[(Topic, &[&str])] = &[
    (
        Topic::PitchMinutes,
        &["路演时间(分钟)", "路演时间", "路演时长", "pitch (minutes)", "pitch minutes", "pitch"],
    ),
    (Topic::QaMinutes, &["答辩时间(分钟)", "答辩时间", "答辩时长", "q&a (minutes)", "q&a minutes", "q&a"]),
    (Topic::Method, &["计分方法", "评分方法", "method", "scoring method"]),
    (Topic::Decimals, &["小数位数", "保留小数", "decimals"]),
];

/// The words of each method, with how many scorecards are dropped at each end.
pub const METHODS: &[(Method, u32, &[&str])] = &[
    (
        Method::TrimmedMean,
        1,
        &[
            "去掉一个最高分和一个最低分取平均",
            "去掉最高分和最低分取平均",
            "去掉一个最高分和一个最低分",
            "trimmed mean",
            "drop highest and lowest",
        ],
    ),
    (Method::TrimmedMean, 2, &["去掉两个最高分和两个最低分取平均", "drop two highest and two lowest"]),
    (Method::Mean, 0, &["平均分", "取平均", "算术平均", "mean", "average"]),
];

pub fn topic(cell: &str) -> Option<Topic> {
    find(cell, TOPICS.iter().map(|(topic, words)| (*topic, *words)))
}

/// `rule` with the method that the cell names.
pub fn with_method(cell: &str, rule: Rule) -> Option<Rule> {
    let found = find(cell, METHODS.iter().map(|(method, drop, words)| ((*method, *drop), *words)));
    found.map(|(method, drop)| Rule { method, drop, ..rule })
}

/// All words of the methods, for an error that says what is allowed.
pub fn method_words() -> String {
    METHODS.iter().map(|(_, _, words)| words[0]).collect::<Vec<_>>().join(" / ")
}

/// All words of the topics.
pub fn topic_words() -> String {
    TOPICS.iter().map(|(_, words)| words[0]).collect::<Vec<_>>().join(" / ")
}

fn find<T>(cell: &str, table: impl Iterator<Item = (T, &'static [&'static str])>) -> Option<T> {
    let wanted = fold(cell);
    let mut table = table;
    table.find(|(_, words)| words.iter().any(|word| fold(word) == wanted)).map(|(found, _)| found)
}
