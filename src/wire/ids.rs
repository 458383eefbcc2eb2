//! The domain's ids as pages have them: texts.

use crate::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId, SegmentId};
use ts_rs::{Config, TS};

macro_rules! texts {
    ($($id:ty),+) => {
        $(impl TS for $id {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;
            fn name(_: &Config) -> String {
                "string".to_owned()
            }
            fn inline(config: &Config) -> String {
                Self::name(config)
            }
        })+
    };
}

texts!(JudgeId, PitchId, ProjectId, RoundId, SegmentId);
