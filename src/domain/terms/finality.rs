//! Why something that was done stands for good.

use std::fmt;

/// Why an action cannot be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Final {
    /// The hall has seen it.
    Shown,
    /// It was decided for good: a tie, the contest's end.
    Decided,
    /// A judge has answered it since.
    Answered,
    /// The set-up has changed since.
    SetUp,
    /// It would show standings again that a correction has changed; the correction is confirmed first.
    Correcting,
}

impl Final {
    pub fn code(self) -> &'static str {
        match self {
            Final::Shown => "shown",
            Final::Decided => "decided",
            Final::Answered => "answered",
            Final::SetUp => "set-up",
            Final::Correcting => "correcting",
        }
    }
}

impl fmt::Display for Final {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
