//! The command line: one file per subcommand. Without a subcommand it serves.

pub mod demo;
pub mod outcome;
pub mod process;
mod sentences;
pub mod serve;
pub mod tally;
pub mod verify;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Podium 亮分 runs the judging of pitch roadshows live.
#[derive(Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Args,
}

#[derive(Subcommand)]
enum Command {
    /// Serves contests from a data folder (the default).
    Serve(serve::Args),
    /// Runs a whole roadshow with robot judges, from a real workbook.
    Demo(demo::Args),
    /// Checks journals, replay and projection; prints head hash and standings.
    Verify(verify::Args),
    /// Computes standings, reasons and panel figures offline, from JSON or a workbook.
    Tally(tally::Args),
}

impl Cli {
    /// Runs the subcommand. Exit code 0 when all went well, 1 when not, 2 when it was asked wrongly.
    pub fn run(self) -> ExitCode {
        let result = match self.command {
            None => serve::run(self.serve),
            Some(Command::Serve(args)) => serve::run(args),
            Some(Command::Demo(args)) => demo::run(args),
            Some(Command::Verify(args)) => verify::run(&args),
            Some(Command::Tally(args)) => tally::run(&args),
        };
        result.unwrap_or_else(|error| {
            eprintln!("podium: {error:#}");
            ExitCode::FAILURE
        })
    }
}
