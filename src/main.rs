//! The command line: parse, log, dispatch.

use clap::Parser;
use podium::cli::Cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    Cli::parse().run()
}
