//! A rule as an office writes it out: which marks are left out before the mean is taken, how many decimals are kept.

use crate::domain::scoring::rule::Method;
use crate::sheets::headings::fold;

/// Most that are dropped at each end.
const DROP_MAX: u32 = 9;

/// `去掉一个最高分、一个最低分，取平均分` or `drop the two highest and the two lowest, then average`: as many at both ends.
pub fn written_out(text: &str) -> Option<(Method, u32)> {
    let folded = fold(text);
    let drops = ["去掉", "去除", "去", "剔除", "扣除", "除去", "drop", "discard", "remove", "without"];
    let ends = [["最高", "最低"], ["highest", "lowest"], ["high", "low"], ["max", "min"]];
    if !drops.iter().any(|word| folded.contains(word)) {
        return None;
    }
    let [high, low] = ends.into_iter().find(|words| words.iter().all(|word| folded.contains(word)))?;
    let (first, second) = if folded.find(high) < folded.find(low) { (high, low) } else { (low, high) };
    let (before, rest) = folded.split_once(first)?;
    let (between, after) = rest.split_once(second)?;
    let median = ["中位", "median", "名次", "rank"].iter().any(|word| folded.contains(word));
    // Each end may have its number; where the second has none the first one's holds for both.
    let upper = count(before).unwrap_or(1);
    let lower = count(between).or_else(|| count(after).filter(|_| after.contains('各'))).unwrap_or(upper);
    let each = count(after).filter(|_| folded.contains('各'));
    let (upper, lower) = each.map_or((upper, lower), |each| (each, each));
    (upper == lower && !median && (1..=DROP_MAX).contains(&upper)).then_some((Method::TrimmedMean, upper))
}

/// The last number in a text, in digits or in words.
fn count(text: &str) -> Option<u32> {
    const WORDS: [(&str, u32); 16] = [
        ("一", 1),
        ("两", 2),
        ("二", 2),
        ("三", 3),
        ("四", 4),
        ("五", 5),
        ("六", 6),
        ("七", 7),
        ("八", 8),
        ("九", 9),
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("single", 1),
    ];
    let words = WORDS.iter().filter_map(|(word, number)| Some((text.rfind(word)?, *number)));
    let digits = text.char_indices().rev().find_map(|(at, c)| Some((at, c.to_digit(10)?)));
    words.chain(digits).max_by_key(|(at, _)| *at).map(|(_, number)| number)
}

/// `保留两位小数`, `2位`, `两位`, `取整`, `two decimals`.
pub fn decimals(text: &str) -> Option<u8> {
    let folded = fold(text);
    if ["取整", "保留整数", "整数", "整数位", "whole", "wholenumbers", "none"].contains(&folded.as_str())
    {
        return Some(0);
    }
    let speaks = ["位", "decimal", "place", "digit"].iter().any(|word| folded.contains(word));
    u8::try_from(count(&folded).filter(|_| speaks)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trimmed_mean_is_known_however_it_is_written_out() {
        for (text, drop) in [
            ("去掉一个最高分、一个最低分，取平均分", 1),
            ("去掉1个最高分和1个最低分后取平均值", 1),
            ("去掉最高分、最低分，其余取平均", 1),
            ("去掉一个最低分和一个最高分，求平均", 1),
            ("去除两个最高分、两个最低分取平均", 2),
            ("去掉最高分和最低分各2个，取平均分", 2),
            ("剔除 3 个最高分及 3 个最低分", 3),
            ("Drop the highest and the lowest mark, then average", 1),
            ("drop two highest and two lowest, average the rest", 2),
        ] {
            assert_eq!(written_out(text), Some((Method::TrimmedMean, drop)), "{text}");
        }
        for text in [
            "平均分",
            "去掉一个最高分",
            "去掉两个最高分和一个最低分",
            "最高分和最低分",
            "去掉最高分和最低分取中位数",
        ] {
            assert_eq!(written_out(text), None, "{text}");
        }
    }

    #[test]
    fn decimals_are_known_however_they_are_written_out() {
        for (text, decimals_of) in [
            ("保留两位", 2),
            ("保留2位小数", 2),
            ("小数点后三位", 3),
            ("一位小数", 1),
            ("取整", 0),
            ("two decimals", 2),
            ("2 decimal places", 2),
        ] {
            assert_eq!(decimals(text), Some(decimals_of), "{text}");
        }
        assert_eq!((decimals("九"), decimals("两")), (None, None));
    }
}
