//! How organisers call their sheets and columns, in both languages: one table per kind of sheet.
//!
//! It compares folded words (spaces, line breaks, case and full width do not matter) and knows nothing of rows.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Number,
    Name,
    Short,
    Track,
    Unit,
    Presenter,
    /// How the names are said.
    Say,
    Chair,
    Max,
    Step,
    Weight,
    Scale,
    Key,
    Value,
    /// What a segment is.
    Segment,
    Names,
    Minutes,
    /// Where a segment stands among the pitches.
    Position,
    /// Known, and not for us: remarks and the like.
    Aside,
}

/// What a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Projects,
    Judges,
    Rubric,
    Rules,
    Programme,
}

type Headings = &'static [(Field, &'static [&'static str])];

const REMARKS: &[&str] = &["备注", "附注", "remark", "remarks", "note", "notes", "comment", "comments"];

const PROJECTS: Headings = &[
    (
        Field::Number,
        &[
            "序号",
            "出场号",
            "出场序号",
            "出场顺序",
            "编号",
            "项目编号",
            "号码",
            "no",
            "no.",
            "number",
            "order",
            "#",
        ],
    ),
    (
        Field::Name,
        &["项目名称", "名称", "项目", "参赛项目", "路演项目", "project", "projectname", "name", "title"],
    ),
    (Field::Short, &["简称", "项目简称", "short", "shortname"]),
    (
        Field::Track,
        &[
            "赛道",
            "所属产业",
            "产业",
            "产业方向",
            "所属赛道",
            "方向",
            "所属方向",
            "领域",
            "所属领域",
            "组别",
            "track",
            "field",
            "category",
            "sector",
        ],
    ),
    (
        Field::Unit,
        &[
            "所属单位",
            "单位",
            "单位名称",
            "高校",
            "所属高校",
            "学校",
            "企业",
            "公司",
            "申报单位",
            "unit",
            "organisation",
            "organization",
            "institution",
            "university",
            "company",
            "team",
        ],
    ),
    (
        Field::Presenter,
        &["路演人", "负责人", "项目负责人", "主讲人", "汇报人", "presenter", "speaker", "lead"],
    ),
    (Field::Say, &["读音", "读法", "怎么读", "注音", "pronunciation", "say", "sayas"]),
    (Field::Aside, REMARKS),
    (Field::Aside, &["说明", "联系方式", "联系电话", "电话", "手机", "phone", "contact"]),
];

const JUDGES: Headings = &[
    (Field::Number, &["编号", "序号", "评委编号", "号码", "no", "no.", "number", "#"]),
    (Field::Name, &["姓名", "评委姓名", "评委", "专家", "专家姓名", "name", "judge", "judgename"]),
    (
        Field::Unit,
        &[
            "单位",
            "所属单位",
            "工作单位",
            "单位名称",
            "unit",
            "organisation",
            "organization",
            "institution",
            "company",
        ],
    ),
    (Field::Chair, &["组长", "评委组长", "主任", "主席", "chair", "chairperson"]),
    (Field::Aside, REMARKS),
    (Field::Aside, &["职务", "职称", "联系方式", "联系电话", "电话", "手机", "position", "phone", "contact"]),
];

const RUBRIC: Headings = &[
    (
        Field::Name,
        &[
            "评分项",
            "评分项目",
            "评分指标",
            "评审项目",
            "评审指标",
            "指标",
            "项目",
            "criterion",
            "criteria",
            "item",
            "name",
        ],
    ),
    (Field::Max, &["分值", "满分", "最高分", "分数", "max", "maximum", "maximummark", "points"]),
    (Field::Step, &["步长", "刻度", "最小刻度", "step"]),
    (Field::Weight, &["权重", "weight"]),
    (
        Field::Scale,
        &["说明", "评分说明", "评分要点", "要点", "评分标准", "评分细则", "description", "scale", "guidance"],
    ),
    (Field::Aside, REMARKS),
    (Field::Aside, &["序号", "编号", "no", "no.", "number", "#"]),
];

const RULES: Headings = &[
    (Field::Key, &["项", "项目", "规则", "规则项", "设置", "rule", "item", "setting", "key"]),
    (Field::Value, &["值", "取值", "内容", "设定", "value"]),
    (Field::Aside, REMARKS),
    (Field::Aside, &["说明", "可选值", "allowed", "allowedvalues", "description"]),
];

const PROGRAMME: Headings = &[
    (Field::Segment, &["环节", "环节类型", "类型", "类别", "segment", "kind", "type"]),
    (Field::Name, &["标题", "名称", "环节名称", "title", "name"]),
    (Field::Names, &["名单", "人员", "姓名", "names", "people"]),
    (Field::Minutes, &["时长(分钟)", "时长", "分钟", "minutes", "duration", "duration(minutes)"]),
    (Field::Position, &["位置", "次序", "position", "place", "when"]),
    (Field::Aside, REMARKS),
    (Field::Aside, &["说明", "可选值", "序号", "编号", "no", "no.", "number", "#", "allowed", "description"]),
];

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
            Kind::Rubric => &[Field::Name, Field::Max],
            Kind::Rules => &[Field::Key, Field::Value],
            Kind::Programme => &[Field::Segment, Field::Position],
        }
    }

    /// Lists come from everywhere with columns of their own; the set-up sheets are ours, and a column there that
    /// nobody knows may carry something that was meant to count.
    pub fn allows_unknown_columns(self) -> bool {
        self == Kind::Projects
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

/// A text for comparison: no white space or invisible characters, half width, lower case, no trailing colon.
pub fn fold(text: &str) -> String {
    let visible = |c: &char| {
        !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
    };
    let folded: String = text.chars().filter(visible).map(half_width).flat_map(char::to_lowercase).collect();
    folded.trim_end_matches(':').to_owned()
}

/// The ASCII twin of a full-width character; other characters as they are.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
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
