//! The words of a rule sheet: what may stand in the cells 项 and 值, in both languages. Anything else is an error there.
//! And the words of a programme's segments.
//!
//! `docs/scoring.md` lists the same words; a test compares.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::audience::Scale;
use crate::domain::scoring::field::{Naming, Ranking};
use crate::domain::scoring::rule::{Method, Missing, RankOn, RoundAt, Rounding, Rule, Tie, Trim};
use crate::domain::terms::plates::Turning;
use crate::domain::terms::programme::{
    COUNTDOWN_SECS_MAX, Closes, Late, Opens, SegmentKind, TIMING_SECS_MAX, Timing, WindowPolicy,
};
use crate::domain::terms::reveal::Mode;
use crate::sheets::headings::fold;
use crate::sheets::method;
use crate::sheets::overtime::{self, Cells};
use crate::sheets::topic::{Topic, Words, Wrong, decimal, find, number};

/// The words of each method, with how many scorecards are dropped at each end.
pub const METHODS: &[(Method, u32, Words)] = &[
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
    (Method::Median, 0, &["中位数", "median"]),
    (Method::RankSum, 0, &["名次和", "排名之和", "rank sum"]),
    (Method::Severity, 0, &["宽严修正", "severity model", "severity"]),
];

/// A choice among words: what it says, and what it sets.
pub type Choice = (Words, fn(&mut Said));

/// The words of the other choices.
pub const CHOICES: &[(Topic, &[Choice])] = &[
    (
        Topic::Trim,
        &[
            (&["按评委", "by judge"], |said| said.rule.trim = Trim::Judge),
            (&["按评分项", "by criterion"], |said| said.rule.trim = Trim::Criterion),
        ],
    ),
    (
        Topic::Missing,
        &[
            (&["不计", "leave out"], |said| said.rule.missing = Missing::LeaveOut),
            (&["以其余平均分补", "fill with the mean", "fill mean"], |said| {
                said.rule.missing = Missing::FillMean
            }),
        ],
    ),
    (
        Topic::Rounding,
        &[
            (&["四舍五入", "half up", "half away"], |said| said.rule.rounding = Rounding::HalfAway),
            (&["四舍六入五成双", "half even"], |said| said.rule.rounding = Rounding::HalfEven),
            (&["截断", "truncate"], |said| said.rule.rounding = Rounding::Truncate),
        ],
    ),
    (
        Topic::RoundAt,
        &[
            (&["最后", "end"], |said| said.rule.round_at = RoundAt::End),
            (&["每一步", "each step"], |said| said.rule.round_at = RoundAt::EachStep),
        ],
    ),
    (
        Topic::RankOn,
        &[
            (&["公布分", "published"], |said| said.rule.rank_on = RankOn::Published),
            (&["精确分", "exact"], |said| said.rule.rank_on = RankOn::Exact),
        ],
    ),
    (
        Topic::AudienceScale,
        &[
            (&["按名次对应评委分", "matched"], |said| said.rule.audience.scale = Scale::Matched),
            (&["名次积分", "rank points"], |said| said.rule.audience.scale = Scale::RankPoints),
            (&["占最高票比例", "share of max"], |said| said.rule.audience.scale = Scale::ShareOfMax),
        ],
    ),
    (
        Topic::Disqualified,
        &[
            (&["公布", "named"], |said| said.rule.disqualified = Naming::Named),
            (&["不公布", "left out"], |said| said.rule.disqualified = Naming::LeftOut),
        ],
    ),
    (
        Topic::Ranking,
        &[
            (&["总排名", "overall"], |said| said.rule.ranking = Ranking::Overall),
            (&["按赛道", "分赛道", "by track"], |said| said.rule.ranking = Ranking::ByTrack),
            (&["总排名和分赛道", "both"], |said| said.rule.ranking = Ranking::Both),
        ],
    ),
    (
        Topic::WindowOpens,
        &[
            (&["随路演", "with the pitch", "with pitch"], |said| said.window.opens = Opens::WithPitch),
            (&["答辩时", "at q&a"], |said| said.window.opens = Opens::AtQa),
            (&["手动", "by hand"], |said| said.window.opens = Opens::ByHand),
        ],
    ),
    (
        Topic::WindowCloses,
        &[
            (&["手动", "by hand"], |said| said.window.closes = Closes::ByHand),
            (&["交齐即关", "交齐", "when all are in"], |said| said.window.closes = Closes::WhenAllIn),
        ],
    ),
    (
        Topic::WindowLate,
        &[
            (&["拒收", "refused"], |said| said.window.late = Late::Refused),
            (&["公布前接收", "until announced"], |said| said.window.late = Late::UntilAnnounced),
        ],
    ),
    (
        Topic::Plates,
        &[
            (&["一起", "together"], |said| said.window.plates = Turning::Together),
            (&["逐个", "one by one"], |said| said.window.plates = Turning::OneByOne),
            (&["不亮分", "none"], |said| said.window.plates = Turning::None),
        ],
    ),
    (
        Topic::Reveal,
        &[
            (&["从末位到首位", "last to first"], |said| said.window.reveal = Mode::LastToFirst),
            (&["按赛道", "by track"], |said| said.window.reveal = Mode::ByTrack),
            (&["按奖项", "by award"], |said| said.window.reveal = Mode::Awards),
        ],
    ),
];

/// The words of each kind of segment, and its title in Chinese and in English where no other is given.
pub const SEGMENTS: &[(SegmentKind, [&str; 2], Words)] = &[
    (SegmentKind::Opening, ["开场", "Opening"], &["开场", "开幕", "opening"]),
    (SegmentKind::Unveiling, ["揭牌", "Unveiling"], &["揭牌", "揭牌仪式", "unveiling"]),
    (
        SegmentKind::Appointment,
        ["颁发聘书", "Appointments"],
        &["聘书", "颁发聘书", "聘任", "appointment", "appointments"],
    ),
    (SegmentKind::Signing, ["签约", "Signing"], &["签约", "签约仪式", "signing"]),
    (SegmentKind::Presentation, ["推介", "Presentation"], &["推介", "宣讲", "presentation"]),
    (SegmentKind::Draw, ["抽签", "Draw"], &["抽签", "draw"]),
    (SegmentKind::Break, ["茶歇", "Break"], &["茶歇", "休息", "中场休息", "break", "coffee break"]),
    (SegmentKind::Awards, ["颁奖", "Awards"], &["颁奖", "颁奖仪式", "颁奖典礼", "awards", "award ceremony"]),
    (SegmentKind::Other, ["其他", "Other"], &["其他", "其它", "other"]),
];

/// The words of the tie-breaks; `评分项1`, `criterion:c1` name a criterion by its row.
pub const TIES: &[(Tie, Words)] = &[
    (Tie::Exact, &["精确分", "exact"]),
    (Tie::Countback, &["名次多者", "countback"]),
    (Tie::HeadToHead, &["相互比较", "head to head", "head_to_head"]),
    (Tie::Median, &["中位数", "median"]),
    (Tie::UntrimmedSum, &["未去分总和", "untrimmed sum", "untrimmed_sum"]),
    (Tie::Highest, &["最高单分", "highest"]),
    (Tie::Lot, &["抽签", "lot"]),
    (Tie::Chair, &["组长裁定", "chair"]),
    (Tie::Share, &["并列", "share"]),
];

/// What the lines of a rule sheet have said so far.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub rule: Rule,
    pub timing: Timing,
    pub overtime: Cells,
    pub window: WindowPolicy,
}

/// Sets what a line says.
pub fn set(topic: Topic, value: &str, said: &mut Said) -> Result<(), Wrong> {
    let Said { rule, timing, overtime, window } = said;
    match topic {
        Topic::PitchMinutes => timing.pitch_secs = minutes(value)?,
        Topic::QaMinutes => timing.qa_secs = minutes(value)?,
        Topic::OvertimeGrace => overtime.grace_secs = Some(overtime::seconds(value)?),
        Topic::OvertimeUnit => overtime.unit_secs = Some(overtime::unit(value)?),
        Topic::OvertimePoints => overtime.per_unit = Some(overtime::cost(value)?),
        Topic::OvertimeCap => overtime.cap = Some(overtime::cost(value)?),
        Topic::OvertimeSteps => overtime.steps = Some(overtime::steps(value)?),
        Topic::Decimals => {
            let plain = number(value, 4).ok().and_then(|number| u8::try_from(number).ok());
            rule.decimals =
                plain.or_else(|| method::decimals(value).filter(|&one| one <= 4)).ok_or(Wrong::NotANumber)?;
        }
        Topic::MinKeep => rule.min_keep = number(value, 1_000)?.max(1),
        Topic::MinJudges => rule.min_judges = Some(number(value, 1_000)?.max(1)),
        Topic::Lambda => rule.lambda = decimal(value)?,
        Topic::AudienceShare => rule.audience.share = share(value)?,
        Topic::Seed => rule.seed = (!value.is_empty()).then(|| value.to_owned()),
        Topic::Ties => rule.ties = Some(ties(value)?),
        Topic::Method => {
            let found = find(value, METHODS.iter().map(|(method, drop, words)| ((*method, *drop), *words)));
            let words = METHODS.iter().map(|(_, _, words)| words[0]);
            (rule.method, rule.drop) =
                found.or_else(|| method::written_out(value)).ok_or_else(|| not_a_word(words))?;
        }
        Topic::WarmUp => window.warm_up = pitches(value)?,
        Topic::AnnounceAfter => window.announce_after = pitches(value)?,
        Topic::Freeze => window.freeze = pitches(value)?,
        Topic::WindowCloses => match (choice(topic, value), countdown(value)) {
            (Ok(set), _) => set(said),
            (Err(_), Ok(secs)) => window.closes = Closes::After(secs),
            (Err(Wrong::NotAWord(words)), Err(_)) => {
                return Err(Wrong::NotAWord(format!("{words} / 60秒后")));
            }
            (Err(wrong), Err(_)) => return Err(wrong),
        },
        _ => choice(topic, value)?(said),
    }
    Ok(())
}

/// What one of a topic's words sets.
fn choice(topic: Topic, value: &str) -> Result<fn(&mut Said), Wrong> {
    let choices = CHOICES.iter().find(|(of, _)| *of == topic).map_or(&[][..], |(_, choices)| choices);
    let found = find(value, choices.iter().map(|(words, set)| (*set, *words)));
    found.ok_or_else(|| not_a_word(choices.iter().map(|(words, _)| words[0])))
}

/// So many pitches of the evening.
fn pitches(text: &str) -> Result<u16, Wrong> {
    u16::try_from(number(text, 99)?).map_err(|_| Wrong::NotANumber)
}

/// `60 秒后`, `after 60 s`, `1:00`: the seconds until a window closes by itself.
fn countdown(text: &str) -> Result<u32, Wrong> {
    let folded = fold(text);
    let plain = folded.strip_prefix("after").unwrap_or(&folded);
    let secs = overtime::seconds(plain.strip_suffix('后').unwrap_or(plain))?;
    if (1..=COUNTDOWN_SECS_MAX).contains(&secs) { Ok(secs) } else { Err(Wrong::NotANumber) }
}

fn not_a_word(words: impl Iterator<Item = &'static str>) -> Wrong {
    Wrong::NotAWord(words.collect::<Vec<_>>().join(" / "))
}

/// Planned seconds of `8`, `8 分钟`, `8 minutes` or `7:30`.
fn minutes(text: &str) -> Result<u32, Wrong> {
    const WORDS: Words = &["分钟", "分", "minutes", "minute", "mins", "min"];
    let folded = fold(text);
    let plain = WORDS.iter().find_map(|word| folded.strip_suffix(word)).unwrap_or(&folded);
    let secs = match plain.split_once(':') {
        Some((minutes, secs)) if secs.len() == 2 => {
            60 * number(minutes, TIMING_SECS_MAX / 60)? + number(secs, 59)?
        }
        Some(_) => return Err(Wrong::NotANumber),
        None => 60 * number(plain, TIMING_SECS_MAX / 60)?,
    };
    if (1..=TIMING_SECS_MAX).contains(&secs) { Ok(secs) } else { Err(Wrong::NotANumber) }
}

/// `20%` or `0.2`
fn share(text: &str) -> Result<Points, Wrong> {
    match fold(text).strip_suffix('%') {
        Some(percent) => {
            let ticks = decimal(percent)?.ticks();
            if ticks % 100 == 0 { Ok(Points::from_ticks(ticks / 100)) } else { Err(Wrong::NotANumber) }
        }
        None => decimal(text),
    }
}

fn ties(text: &str) -> Result<Vec<Tie>, Wrong> {
    let words = || not_a_word(TIES.iter().map(|(_, words)| words[0]).chain(["评分项1"]));
    let one = |word: &str| {
        let by_row =
            fold(word).strip_prefix("评分项").and_then(|row| format!("criterion:c{row}").parse().ok());
        let named = || fold(word).parse().ok();
        find(word, TIES.iter().map(|(tie, words)| (tie.clone(), *words))).or(by_row).or_else(named)
    };
    text.split(['、', ',', '\u{ff0c}', ';', '\u{ff1b}', '→', '>'])
        .map(|word| one(word.trim()).ok_or_else(words))
        .collect()
}

/// The kind of a segment that a cell names, and the title that goes with it in the cell's language.
pub fn segment(cell: &str) -> Option<(SegmentKind, &'static str)> {
    let language = usize::from(cell.is_ascii());
    find(cell, SEGMENTS.iter().map(|(kind, titles, words)| ((*kind, titles[language]), *words)))
}

/// All words of the kinds of segments.
pub fn segment_words() -> String {
    SEGMENTS.iter().map(|(_, _, words)| words[0]).collect::<Vec<_>>().join(" / ")
}
