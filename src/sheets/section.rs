//! The name of a section: what stands alone between the rows of a list, or above them.

use super::headings::fold;

/// Ends as a section of a list does.
pub fn is_section(text: &str) -> bool {
    const ENDS: [&str; 12] = [
        "组", "赛道", "类", "领域", "方向", "产业", "track", "group", "division", "category", "section",
        "class",
    ];
    let folded = fold(text);
    ENDS.iter().any(|end| folded.ends_with(end)) || folded.starts_with("track") || folded.starts_with("group")
}

/// `一、初创组（3项）：` is 初创组.
pub fn section_name(text: &str) -> String {
    let text = text.trim();
    let enumerated = |(mark, rest): (&str, &str)| {
        let mark = mark.trim_start_matches(['(', '（']);
        let is_mark = !mark.is_empty()
            && mark.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        is_mark.then(|| rest.trim().to_owned())
    };
    let splits = ['、', '.', '）', ')', '．'];
    let text =
        splits.iter().filter_map(|at| text.split_once(*at)).find_map(enumerated).unwrap_or(text.to_owned());
    let counted =
        text.split_once(['(', '（']).filter(|(_, inside)| inside.chars().any(|c| c.is_ascii_digit()));
    counted.map_or(text.as_str(), |(name, _)| name).trim_end_matches([':', '：', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_called_by_its_name() {
        for (text, name) in [
            ("初创组", "初创组"),
            ("一、初创组（3项）：", "初创组"),
            ("（二）成长组", "成长组"),
            ("1. 新能源赛道", "新能源赛道"),
            ("新能源（储能）类", "新能源（储能）类"),
            ("Track B", "Track B"),
        ] {
            assert_eq!(section_name(text), name);
            assert!(is_section(name), "{name}");
        }
        assert!(!is_section("柔性电池") && !is_section("评委1"));
    }
}
