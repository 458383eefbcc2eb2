//! Whether an accent colour can be read from the back row: 7 to 1 on every ground of its theme, WCAG's AAA.

use crate::domain::terms::look::Theme;

pub const LEAST: f64 = 7.0;

/// The grounds that text stands on, as `tokens.css` has them.
fn grounds(theme: Theme) -> [&'static str; 3] {
    match theme {
        Theme::Tech => ["#050b1a", "#0e1c3d", "#14264f"],
        Theme::Gold => ["#1a0507", "#3a0d12", "#4d141a"],
        Theme::Light => ["#f4f7fc", "#ffffff", "#eef3fb"],
    }
}

/// The least contrast of this colour with a ground of the theme; `None` where it is no colour.
pub fn least(accent: &str, theme: Theme) -> Option<f64> {
    let found = grounds(theme).into_iter().map(|ground| contrast(accent, ground));
    found.reduce(|a, b| Some(a?.min(b?))).flatten()
}

/// WCAG 2: relative luminances of two colours, the lighter over the darker; `None` where one of them is none.
fn contrast(one: &str, other: &str) -> Option<f64> {
    let (a, b) = (luminance(one)?, luminance(other)?);
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).ok()?) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_wcag() {
        let shown = |a, b| contrast(a, b).map(|found| format!("{found:.2}"));
        assert_eq!(shown("#000000", "#ffffff"), Some("21.00".into()));
        assert_eq!(shown("#777777", "#ffffff"), Some("4.48".into()));
        assert_eq!(shown("#77777", "#ffffff"), None);
        assert_eq!(shown("#77777g", "#ffffff"), None);
    }

    #[test]
    fn an_accent_is_read_on_every_ground_or_not() {
        let reads = |accent, theme| least(accent, theme).is_some_and(|found| found >= LEAST);
        assert!(reads("#FFD27A", Theme::Tech) && reads("#083c86", Theme::Light));
        assert!(
            !reads("#0b57c4", Theme::Tech) && !reads("#ffd27a", Theme::Light) && !reads("red", Theme::Gold)
        );
    }

    #[test]
    fn the_grounds_are_those_of_the_pages() {
        let tokens = include_str!("../../web/src/styles/tokens.css");
        for (theme, block) in [(Theme::Tech, ":root {"), (Theme::Gold, "'gold']"), (Theme::Light, "'light']")]
        {
            let rules = tokens.split_once(block).unwrap().1.split_once("\n}").unwrap().0;
            let token = |name: &str| {
                let rest = rules.split_once(&format!("  --{name}: ")).unwrap().1;
                rest.split_once(';').unwrap().0.to_owned()
            };
            assert_eq!(grounds(theme).map(str::to_owned), ["ground", "panel", "panel-2"].map(token));
        }
    }
}
