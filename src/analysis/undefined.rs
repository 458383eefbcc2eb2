//! Why a figure is not there.

/// The reason, with a stable code that pages translate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undefined {
    TooFewProjects,
    TooFewJudges,
    /// All values are equal, so there is nothing to agree about.
    NoVariation,
    /// Only a complete block of projects and judges has this figure.
    Incomplete,
    /// No project has two scorecards.
    NothingPairable,
    /// The scorecards fall into parts that no judge joins.
    NotConnected,
    /// The projects do not differ more than chance would make them.
    NoSpread,
    /// It takes long, and nobody asked for it.
    NotAsked,
}

impl Undefined {
    pub fn code(self) -> &'static str {
        match self {
            Undefined::TooFewProjects => "too-few-projects",
            Undefined::TooFewJudges => "too-few-judges",
            Undefined::NoVariation => "no-variation",
            Undefined::Incomplete => "incomplete",
            Undefined::NothingPairable => "nothing-pairable",
            Undefined::NotConnected => "not-connected",
            Undefined::NoSpread => "no-spread",
            Undefined::NotAsked => "not-asked",
        }
    }
}

/// A figure, or why there is none.
pub type Figure<T = f64> = Result<T, Undefined>;
