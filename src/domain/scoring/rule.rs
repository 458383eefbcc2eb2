//! Provisional: the scoring branch brings the whole rule.
use crate::domain::rubric::Criterion;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    #[default]
    Mean,
    TrimmedMean,
}

impl Method {
    pub fn name(self) -> &'static str {
        match self {
            Method::Mean => "mean",
            Method::TrimmedMean => "trimmed_mean",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    pub method: Method,
    pub drop: u32,
    pub min_keep: u32,
    pub decimals: u8,
    pub min_judges: Option<u32>,
}

impl Default for Rule {
    fn default() -> Self {
        Rule { method: Method::TrimmedMean, drop: 1, min_keep: 3, decimals: 2, min_judges: None }
    }
}

impl Rule {
    pub fn check(&self, _criteria: &[Criterion]) -> Result<(), String> {
        if self.decimals > 4 {
            return Err(format!("a score has 0 to 4 decimals, not {}", self.decimals));
        }
        Ok(())
    }
}
