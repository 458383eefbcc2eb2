//! What columns hold, and how organisers head them, in both languages: one table per kind of sheet. Words are folded.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Number,
    /// What the organiser calls it besides its number.
    Code,
    Name,
    Short,
    Track,
    Unit,
    Presenter,
    /// How the names are said.
    Say,
    Chair,
    /// The heading that several criteria stand under.
    Group,
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

pub type Headings = &'static [(Field, &'static [&'static str])];

const REMARKS: &[&str] = &["备注", "附注", "remark", "remarks", "note", "notes", "comment", "comments"];

#[rustfmt::skip] // a table
pub const PROJECTS: Headings = &[
    (Field::Number, &[
        "序号", "出场号", "出场序号", "出场顺序", "路演顺序", "路演序号", "顺序", "号码", "no", "no.", "number",
        "order", "#",
    ]),
    (Field::Code, &[
        "编号", "项目编号", "项目号", "项目代码", "报名号", "code", "id", "projectcode", "projectno.",
        "projectno", "projectid",
    ]),
    (Field::Name, &[
        "项目名称", "名称", "项目", "参赛项目", "路演项目", "项目题目", "题目", "作品名称", "参赛项目名称", "申报项目",
        "project", "projectname", "projecttitle", "nameofproject", "name", "title",
    ]),
    (Field::Short, &[
        "简称", "项目简称", "short", "shortname",
    ]),
    (Field::Track, &[
        "赛道", "所属产业", "产业", "产业方向", "产业领域", "所属赛道", "方向", "所属方向", "领域", "所属领域", "技术领域", "行业",
        "所属行业", "组别", "分组", "类别", "项目类别", "track", "field", "category", "sector", "group",
        "division",
    ]),
    (Field::Unit, &[
        "所属单位", "单位", "单位名称", "高校", "所属高校", "学校", "所属学校", "学院", "所属学院", "企业", "企业名称", "公司",
        "公司名称", "申报单位", "参赛单位", "团队", "团队名称", "unit", "organisation", "organization",
        "institution", "university", "school", "company", "team",
    ]),
    (Field::Presenter, &[
        "路演人", "负责人", "项目负责人", "负责人姓名", "主讲人", "汇报人", "答辩人", "presenter", "speaker", "lead",
        "contactperson",
    ]),
    (Field::Say, &[
        "读音", "读法", "怎么读", "注音", "pronunciation", "say", "sayas",
    ]),
    (Field::Aside, REMARKS),
    (Field::Aside, &[
        "说明", "联系方式", "联系电话", "电话", "手机", "手机号", "邮箱", "phone", "contact", "email",
    ]),
];

#[rustfmt::skip] // a table
pub const JUDGES: Headings = &[
    (Field::Number, &[
        "编号", "序号", "评委编号", "号码", "席位", "座位", "no", "no.", "number", "seat", "#",
    ]),
    (Field::Name, &[
        "姓名", "评委姓名", "评委", "评委名单", "专家", "专家姓名", "name", "judge", "judgename", "judges",
        "expert",
    ]),
    (Field::Unit, &[
        "单位", "所属单位", "工作单位", "所在单位", "单位名称", "工作单位及职务", "单位及职务", "unit", "organisation",
        "organization", "institution", "affiliation", "company",
    ]),
    (Field::Chair, &[
        "组长", "评委组长", "主任", "主席", "chair", "chairperson",
    ]),
    (Field::Aside, REMARKS),
    (Field::Aside, &[
        "职务", "职称", "性别", "研究方向", "专业", "领域", "联系方式", "联系电话", "电话", "手机", "手机号", "邮箱",
        "position", "title", "gender", "field", "phone", "contact", "email",
    ]),
];

#[rustfmt::skip] // a table
pub const RUBRIC: Headings = &[
    (Field::Name, &[
        "评分项", "评分项目", "评分指标", "评审项目", "评审指标", "评价指标", "指标", "二级指标", "二级评分指标", "项目",
        "criterion", "criteria", "item", "name", "sub-criterion", "subcriterion",
    ]),
    (Field::Group, &[
        "一级指标", "一级评分指标", "指标类别", "评分类别", "类别", "大项", "group", "category", "section",
    ]),
    (Field::Max, &[
        "分值", "满分", "最高分", "分数", "max", "maximum", "maximummark", "points",
    ]),
    (Field::Step, &[
        "步长", "刻度", "最小刻度", "step",
    ]),
    (Field::Weight, &[
        "权重", "占比", "比重", "比例", "weight", "weighting", "share",
    ]),
    (Field::Scale, &[
        "说明", "评分说明", "评分要点", "要点", "评分标准", "评分细则", "评审要点", "评审标准", "内容", "评分内容",
        "description", "scale", "guidance", "notesforjudges",
    ]),
    (Field::Aside, REMARKS),
    (Field::Aside, &[
        "序号", "编号", "评委打分", "打分", "得分", "评分", "实际得分", "no", "no.", "number", "#", "mark",
        "score",
    ]),
];

#[rustfmt::skip] // a table
pub const RULES: Headings = &[
    (Field::Key, &[
        "项", "项目", "规则", "规则项", "设置", "事项", "rule", "item", "setting", "key",
    ]),
    (Field::Value, &[
        "值", "取值", "内容", "设定", "要求", "value",
    ]),
    (Field::Aside, REMARKS),
    (Field::Aside, &[
        "说明", "可选值", "序号", "no", "no.", "#", "allowed", "allowedvalues", "description",
    ]),
];

#[rustfmt::skip] // a table
pub const PROGRAMME: Headings = &[
    (Field::Segment, &[
        "环节", "环节类型", "类型", "类别", "segment", "kind", "type",
    ]),
    (Field::Name, &[
        "标题", "名称", "环节名称", "title", "name",
    ]),
    (Field::Names, &[
        "名单", "人员", "姓名", "names", "people",
    ]),
    (Field::Minutes, &[
        "时长(分钟)", "时长", "分钟", "minutes", "duration", "duration(minutes)",
    ]),
    (Field::Position, &[
        "位置", "次序", "position", "place", "when",
    ]),
    (Field::Aside, REMARKS),
    (Field::Aside, &[
        "说明", "可选值", "序号", "编号", "no", "no.", "number", "#", "allowed", "description",
    ]),
];

/// What each field is called on the wire.
const WORDS: &[(Field, &str)] = &[
    (Field::Number, "number"),
    (Field::Code, "code"),
    (Field::Name, "name"),
    (Field::Short, "short"),
    (Field::Track, "track"),
    (Field::Unit, "unit"),
    (Field::Presenter, "presenter"),
    (Field::Say, "say"),
    (Field::Chair, "chair"),
    (Field::Group, "group"),
    (Field::Max, "max"),
    (Field::Step, "step"),
    (Field::Weight, "weight"),
    (Field::Scale, "scale"),
    (Field::Key, "key"),
    (Field::Value, "value"),
    (Field::Segment, "segment"),
    (Field::Names, "names"),
    (Field::Minutes, "minutes"),
    (Field::Position, "position"),
    (Field::Aside, "nothing"),
];

impl Field {
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(field, _)| *field == self).map_or("nothing", |(_, word)| word)
    }

    pub fn of_word(word: &str) -> Option<Field> {
        WORDS.iter().find(|(_, known)| *known == word).map(|(field, _)| *field)
    }

    /// Several columns of it are read as one text.
    pub fn joins(self) -> bool {
        matches!(self, Field::Unit | Field::Presenter | Field::Scale)
    }
}
