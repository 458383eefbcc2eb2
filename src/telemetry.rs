//! Logging set-up: where log lines go and which are written.
//!
//! It knows targets and formats only. What may stand in a line is the writer's duty: never a body, a token, a
//! PIN, a password or a mark.

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{Layer, fmt};

/// The variable that chooses targets and levels, `podium=debug,hyper=warn`.
pub const VARIABLE: &str = "PODIUM_LOG";

/// What is logged when the variable is absent or cannot be read: sled reports its own repairs as errors.
const DEFAULT: &str = "info,sled=warn,hyper=warn,tungstenite=warn";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// One line for people, in colour on a terminal.
    #[default]
    Pretty,
    /// One JSON object a line, for collectors.
    Json,
}

#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    #[error("{VARIABLE} is not a list of target=level: {0}")]
    Filter(String),
    #[error("logging was set up twice")]
    Twice(#[from] TryInitError),
}

/// Starts logging to standard error, once per process: standard output belongs to the lines scripts read.
pub fn start(format: Format) -> Result<(), TelemetryError> {
    let wanted = std::env::var(VARIABLE).ok();
    let targets = targets(wanted.as_deref())?;
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match format {
        Format::Pretty => lines.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).boxed(),
        Format::Json => lines.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(targets)).try_init()?;
    Ok(())
}

/// The filter for the variable's value.
pub fn targets(wanted: Option<&str>) -> Result<Targets, TelemetryError> {
    let wanted = wanted.map(str::trim).filter(|text| !text.is_empty()).unwrap_or(DEFAULT);
    wanted.parse().map_err(|why| TelemetryError::Filter(format!("{why}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing::Level;

    #[test]
    fn the_variable_chooses_targets() {
        let quiet = targets(None).expect("the default parses");
        assert!(quiet.would_enable("podium::auth", &Level::INFO));
        assert!(!quiet.would_enable("sled::pagecache", &Level::INFO));
        let chosen = targets(Some("warn,podium::auth=debug")).expect("parses");
        assert!(chosen.would_enable("podium::auth", &Level::DEBUG));
        assert!(!chosen.would_enable("podium::store", &Level::INFO));
        assert!(matches!(targets(Some("podium=loud")), Err(TelemetryError::Filter(_))));
    }
}
