//! How organisers call their sheets and columns, in both languages: one table per kind of sheet.
//!
//! It compares folded words (spaces, line breaks, case and full width do not matter) and knows nothing of rows.

use super::columns::{Field, Headings, JUDGES, PROGRAMME, PROJECTS, RUBRIC, RULES};
use crate::domain::kernel::names;

/// What a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Projects,
    Judges,
    Rubric,
    Rules,
    Programme,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Projects, Kind::Judges, Kind::Rubric, Kind::Rules, Kind::Programme];

    /// The kind that a sheet's name says, if any.
    pub fn of_sheet(name: &str) -> Option<Kind> {
        let folded = fold(name);
        Kind::ALL.into_iter().find(|kind| kind.sheet_names().contains(&folded.as_str()))
    }

    fn sheet_names(self) -> &'static [&'static str] {
        match self {
            Kind::Projects => &[
                "项目",
                "项目名单",
                "项目清单",
                "路演项目",
                "参赛项目",
                "projects",
                "project",
                "projectlist",
            ],
            Kind::Judges => &["评委", "评委名单", "专家", "专家名单", "judges", "judge", "panel"],
            Kind::Rubric => &["评分标准", "评分表", "评分细则", "评分项", "rubric", "criteria"],
            Kind::Rules => &["规则", "评分规则", "计分规则", "赛制", "rules", "rule"],
            Kind::Programme => &["议程", "日程", "流程", "活动流程", "programme", "program", "agenda"],
        }
    }

    /// The kind that a sheet's name or a title speaks of, among other words.
    pub fn spoken_of(text: &str) -> Option<Kind> {
        const WORDS: &[(Kind, &[&str])] = &[
            (Kind::Rubric, &["评分标准", "评分表", "评分细则", "评审标准", "指标", "rubric", "criteria"]),
            (Kind::Rules, &["规则", "赛制", "rules"]),
            (Kind::Programme, &["议程", "日程", "流程", "programme", "agenda"]),
            (Kind::Judges, &["评委", "专家", "评审", "judge", "panel"]),
            (Kind::Projects, &["项目", "路演", "project", "pitch"]),
        ];
        let folded = fold(text);
        let speaks = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        WORDS.iter().find(|(_, words)| speaks(words)).map(|(kind, _)| *kind)
    }

    /// What it is called on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Projects => "projects",
            Kind::Judges => "judges",
            Kind::Rubric => "rubric",
            Kind::Rules => "rules",
            Kind::Programme => "programme",
        }
    }

    pub fn of_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    fn headings(self) -> Headings {
        match self {
            Kind::Projects => PROJECTS,
            Kind::Judges => JUDGES,
            Kind::Rubric => RUBRIC,
            Kind::Rules => RULES,
            Kind::Programme => PROGRAMME,
        }
    }

    /// Columns without which the sheet says nothing.
    pub fn required(self) -> &'static [Field] {
        match self {
            Kind::Projects | Kind::Judges => &[Field::Name],
            Kind::Rubric => &[Field::Name],
            Kind::Rules => &[Field::Key, Field::Value],
            Kind::Programme => &[Field::Segment, Field::Position],
        }
    }

    /// Lists come from everywhere with columns of their own; the set-up sheets are ours, and a column there that
    /// nobody knows may carry something that was meant to count.
    pub fn allows_unknown_columns(self) -> bool {
        matches!(self, Kind::Projects | Kind::Judges)
    }

    /// The field a heading names: as a whole, without its bracket, the bracket alone, or one side of a slash.
    pub fn field(self, heading: &str) -> Option<Field> {
        let whole = fold(heading);
        let (outside, inside) = match whole.split_once('(') {
            Some((outside, inside)) => (outside, inside.trim_end_matches(')')),
            None => ("", ""),
        };
        let sides = whole.split(['/', '|', '、']);
        [whole.as_str(), outside, inside].into_iter().chain(sides).find_map(|word| self.field_of_word(word))
    }

    /// The words that name these fields, for a sentence that says what is missing.
    pub fn words(self, fields: &[Field]) -> String {
        let words = |field: &Field| {
            let rows = self.headings().iter().filter(move |(known, _)| known == field);
            rows.flat_map(|(_, words)| words.iter().copied()).collect::<Vec<_>>().join(", ")
        };
        fields.iter().map(words).collect::<Vec<_>>().join(" + ")
    }

    fn field_of_word(self, word: &str) -> Option<Field> {
        self.headings().iter().find(|(_, words)| words.contains(&word)).map(|&(field, _)| field)
    }
}

/// A text for comparison, without a colon at its end.
pub fn fold(text: &str) -> String {
    names::key(text).trim_end_matches(':').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_folded_and_means_one_thing() {
        for kind in Kind::ALL {
            let words: Vec<&str> =
                kind.headings().iter().flat_map(|(_, words)| words.iter().copied()).collect();
            for (at, word) in words.iter().enumerate() {
                assert_eq!(fold(word), **word, "{kind:?}");
                assert!(!words[..at].contains(word), "{word} twice in {kind:?}");
            }
            for name in kind.sheet_names() {
                assert_eq!(Kind::of_sheet(name), Some(kind));
            }
        }
    }

    #[test]
    fn headings_are_known_however_they_are_set() {
        let project = |heading| Kind::Projects.field(heading);
        assert_eq!(project(" 项 目 名 称 "), Some(Field::Name));
        assert_eq!(project("所属产业\n(赛道)"), Some(Field::Track));
        assert_eq!(project("单位/高校"), Some(Field::Unit));
        assert_eq!(project("Project Name / 项目名称"), Some(Field::Name));
        assert_eq!(project("No."), Some(Field::Number));
        assert_eq!(project("(赛道)"), Some(Field::Track));
        assert_eq!(project("2024年苏州国际精英创业周项目路演名单"), None);
        assert_eq!(Kind::Judges.field("组长:"), Some(Field::Chair));
        assert_eq!(Kind::of_sheet(" 评分 标准"), Some(Kind::Rubric));
        assert_eq!(Kind::of_sheet("Sheet1"), None);
    }
}
