//! Names as people type them, made safe to show: trimmed, without control and bidirectional override
//! characters, bounded in characters (not bytes). Markup is text and stays what it is.

use unicode_normalization::UnicodeNormalization;

/// Longest full name, in characters; it is shown whole in its own scene.
pub const NAME_CHARS_MAX: usize = 120;
/// Longest short name, in characters; tables and plates show it.
pub const SHORT_CHARS_MAX: usize = 20;
/// Longest code that stands for a number, in characters.
pub const CODE_CHARS_MAX: usize = 16;
/// Longest free text (a reason, a comment, an explanation), in characters.
pub const TEXT_CHARS_MAX: usize = 2_000;

/// `text` without characters that steer a terminal or turn the direction of reading, trimmed; one letter has one
/// spelling (NFC).
pub fn clean(text: &str) -> String {
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.nfc().filter(|&c| !steers(c)).collect::<String>().trim().to_owned()
}

/// A text as two spellings of it are alike: no white space or invisible characters, half width, lower case.
pub fn key(text: &str) -> String {
    let visible = |c: &char| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
    };
    text.nfc().filter(visible).map(half_width).flat_map(char::to_lowercase).collect()
}

/// The ASCII twin of a full-width character; other characters as they are.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Why a text cannot be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameProblem {
    Missing,
    TooLong { chars: usize, max: usize },
}

/// A cleaned text of 1 to `max` characters on one line.
pub fn name(text: &str, max: usize) -> Result<String, NameProblem> {
    let cleaned = optional(text, max)?;
    if cleaned.is_empty() { Err(NameProblem::Missing) } else { Ok(cleaned) }
}

/// A cleaned text of 0 to `max` characters on one line.
pub fn optional(text: &str, max: usize) -> Result<String, NameProblem> {
    let cleaned = clean(&text.replace(['\n', '\r'], " "));
    let chars = cleaned.chars().count();
    if chars > max { Err(NameProblem::TooLong { chars, max }) } else { Ok(cleaned) }
}

/// A proposal for the short name: the full name where it fits, else its first part with an ellipsis.
pub fn propose_short(full: &str) -> String {
    let full = clean(full);
    if full.chars().count() <= SHORT_CHARS_MAX {
        return full;
    }
    let head: String = full.chars().take(SHORT_CHARS_MAX - 1).collect();
    let mut head = head.trim_end().to_owned();
    head.push('…');
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_steers_and_keep_what_reads() {
        assert_eq!(clean("  a\u{202e}b\u{0007}c\u{feff} "), "abc");
        assert_eq!(name("<b>甲</b>", 120), Ok("<b>甲</b>".into()));
        assert_eq!(name(" \t ", 120), Err(NameProblem::Missing));
        assert_eq!(name(&"长".repeat(121), 120), Err(NameProblem::TooLong { chars: 121, max: 120 }));
        assert_eq!(name("两\n行", 120), Ok("两 行".into()));
        assert_eq!(clean("E\u{301}nergie"), "\u{c9}nergie");
    }

    #[test]
    fn a_proposed_short_name_fits() {
        assert_eq!(propose_short("钢结构智能焊接机器人"), "钢结构智能焊接机器人");
        let short = propose_short(&"长".repeat(60));
        assert_eq!(short.chars().count(), SHORT_CHARS_MAX);
        assert!(short.ends_with('…'));
    }
}
