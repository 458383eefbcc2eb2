//! A round's rule in words.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::audience::Scale;
use crate::domain::scoring::field::Ranking;
use crate::domain::scoring::overtime::{OvertimeRule, Step};
use crate::domain::scoring::rule::{Method, Missing, RankOn, RoundAt, Rounding, Rule, Tie, Trim};
use crate::domain::state::round::Round;
use crate::papers::words::Lang;

/// One sentence each.
pub fn sentences(lang: Lang, round: &Round) -> Vec<String> {
    let rule = &*round.rule;
    let criteria = round.criteria.iter().map(|one| {
        let name = if one.name.is_empty() { one.id.as_str() } else { one.name.as_str() };
        lang.pick(
            format!("{name}（满分 {}，权重 {}）", one.max, one.weight),
            format!("{name} (max {}, weight {})", one.max, one.weight),
        )
    });
    let mut said = vec![lang.list(&criteria.collect::<Vec<_>>()), method(lang, rule)];
    if rule.missing == Missing::FillMean {
        let filled = lang.pick(
            "缺的评分表以该项目其余评分表的平均分补上",
            "A missing scorecard is filled in with the mean of the project's others",
        );
        said.push(filled.to_owned());
    }
    said.push(rounding(lang, rule));
    let needed = rule.needed(round.panel.len());
    said.push(lang.pick(
        format!("至少 {needed} 份评分表才参与排名"),
        format!("Ranked with at least {needed} scorecards"),
    ));
    said.extend(ranking(lang, rule));
    said.push(ties(lang, round));
    if let Some(seed) = &rule.seed {
        said.push(lang.pick(format!("抽签种子：{seed}"), format!("Seed of the lot: {seed}")));
    }
    if rule.audience.share > Points::ZERO {
        said.push(audience(lang, rule));
    }
    said.extend(rule.overtime.as_ref().map(|table| overtime(lang, table)));
    said
}

fn ranking(lang: Lang, rule: &Rule) -> Option<String> {
    match rule.ranking {
        Ranking::Overall => None,
        Ranking::ByTrack => Some(lang.pick("按赛道排名", "Places are counted by track").to_owned()),
        Ranking::Both => {
            Some(lang.pick("总排名和分赛道排名", "Places are counted overall and by track").to_owned())
        }
    }
}

fn method(lang: Lang, rule: &Rule) -> String {
    let (drop, keep) = (rule.drop, rule.min_keep);
    match (rule.method, rule.trim) {
        (Method::Mean, _) => lang.pick("取评分表的平均分", "Mean of the scorecards").to_owned(),
        (Method::TrimmedMean, Trim::Judge) => lang.pick(
            format!("去掉 {drop} 个最高分、{drop} 个最低分后取平均分，至少保留 {keep} 份"),
            format!("Mean without the {drop} highest and {drop} lowest scorecards; at least {keep} stay"),
        ),
        (Method::TrimmedMean, Trim::Criterion) => lang.pick(
            format!("每个评分项去掉 {drop} 个最高分、{drop} 个最低分后取平均分，至少保留 {keep} 份"),
            format!("Mean without the {drop} highest and {drop} lowest marks of each criterion; at least {keep} stay"),
        ),
        (Method::Median, _) => lang.pick("取评分表的中位数", "Median of the scorecards").to_owned(),
        (Method::RankSum, _) => lang.pick("名次和，低者在前", "Sum of the judges' ranks, the lowest wins").to_owned(),
        (Method::Severity, _) => lang.pick(
            format!("修正评委宽严（λ = {}）", rule.lambda),
            format!("Corrected for the judges' severity (λ = {})", rule.lambda),
        ),
    }
}

fn rounding(lang: Lang, rule: &Rule) -> String {
    let how = match rule.rounding {
        Rounding::HalfAway => lang.pick("四舍五入", "half away from zero"),
        Rounding::HalfEven => lang.pick("四舍六入五成双", "half to even"),
        Rounding::Truncate => lang.pick("截去", "cut off"),
    };
    let at = match rule.round_at {
        RoundAt::End => lang.pick("仅在最后舍入", "once at the end"),
        RoundAt::EachStep => lang.pick("每一步舍入", "at each step"),
    };
    let on = match rule.rank_on {
        RankOn::Published => lang.pick("按公布的得分排名", "places by the printed score"),
        RankOn::Exact => lang.pick("按舍入前的得分排名", "places by the exact score"),
    };
    lang.pick(
        format!("保留 {} 位小数，{how}，{at}；{on}", rule.decimals),
        format!("{} decimals, {how}, {at}; {on}", rule.decimals),
    )
}

fn ties(lang: Lang, round: &Round) -> String {
    let step = |tie: &Tie| match tie {
        Tie::Criterion(id) => {
            let known = round.criteria.iter().find(|one| one.id == *id && !one.name.is_empty());
            known.map_or_else(|| lang.step(tie), |one| one.name.clone())
        }
        tie @ (Tie::Exact
        | Tie::Countback
        | Tie::HeadToHead
        | Tie::Median
        | Tie::UntrimmedSum
        | Tie::Highest
        | Tie::Lot
        | Tie::Chair
        | Tie::Share) => lang.step(tie),
    };
    let chain: Vec<String> = round.rule.chain(&round.criteria).iter().map(step).collect();
    lang.pick(format!("同分依次看：{}", lang.list(&chain)), format!("Ties in turn: {}", lang.list(&chain)))
}

fn audience(lang: Lang, rule: &Rule) -> String {
    let scale = match rule.audience.scale {
        Scale::Matched => lang.pick("按票数次序对应评委得分", "the judges' scores in the order of the votes"),
        Scale::RankPoints => lang.pick("按票数名次", "by rank"),
        Scale::ShareOfMax => lang.pick("按最高票的比例", "as a share of the most votes"),
    };
    let share = rule.audience.share;
    lang.pick(format!("观众占 {share}（{scale}）"), format!("The audience has a share of {share} ({scale})"))
}

fn overtime(lang: Lang, table: &OvertimeRule) -> String {
    match table {
        OvertimeRule::Units { grace_secs, unit_secs, per_unit, cap } => {
            let cap = cap.map(|cap| lang.pick(format!("，最多 {cap} 分"), format!(", {cap} at most")));
            let cap = cap.unwrap_or_default();
            lang.pick(
                format!("超时 {grace_secs} 秒以内不扣，之后每 {unit_secs} 秒扣 {per_unit} 分{cap}"),
                format!(
                    "Overtime of {grace_secs} s is free, then {per_unit} for each {unit_secs} s begun{cap}"
                ),
            )
        }
        OvertimeRule::Steps { steps } => {
            let step = |one: &Step| {
                let (over, points) = (one.over_secs, one.points);
                lang.pick(format!("超过 {over} 秒扣 {points} 分"), format!("{points} beyond {over} s"))
            };
            let steps = lang.list(&steps.iter().map(step).collect::<Vec<_>>());
            lang.pick(format!("超时：{steps}"), format!("Overtime: {steps}"))
        }
    }
}
