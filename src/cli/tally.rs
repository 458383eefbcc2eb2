//! `podium tally`: computes a judging offline, from JSON or a workbook. Bad input: exit code 2, nothing on stdout.

use crate::domain::scoring::judging::Judging;
use crate::sheets::{scorecards, template};
use crate::wire::judging;
use crate::wire::report::{Report, report};
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// A JSON document or a workbook (.xlsx).
    #[arg(required_unless_present = "template")]
    file: Option<PathBuf>,
    /// Prints everything as JSON, reasons and panel figures included.
    #[arg(long)]
    json: bool,
    /// Writes an empty workbook to fill in, and ends.
    #[arg(long, value_name = "FILE.xlsx", conflicts_with_all = ["file", "json"])]
    template: Option<PathBuf>,
}

pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if let Some(path) = &args.template {
        let bytes = template::tally(template::Language::Chinese);
        std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(path) = &args.file else { return Ok(ExitCode::from(2)) };
    let judged = read(path).and_then(|judging| {
        let standings = judging.standings().map_err(|problem| vec![judging.named(&problem)])?;
        Ok(report(&judging, &standings))
    });
    match judged {
        Ok(report) if args.json => println!("{}", serde_json::to_string_pretty(&report)?),
        Ok(report) => print!("{}", table(&report)),
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{}: {problem}", path.display()));
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Judging, Vec<String>> {
    let bytes = std::fs::read(path).map_err(|error| vec![error.to_string()])?;
    let is_workbook = bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    if is_workbook {
        let errors = |errors: Vec<_>| errors.iter().map(ToString::to_string).collect::<Vec<_>>();
        return scorecards::read(&bytes).map_err(errors);
    }
    judging::read(&bytes).map_err(|error| vec![error.to_string()])
}

/// What people read in a terminal.
fn table(report: &Report) -> String {
    let mut text = String::new();
    for row in &report.standings {
        let by = row.decided_by.as_ref().map(|step| format!("  ({step})")).unwrap_or_default();
        text.push_str(&format!("{:>4}  {:>8}  {}{by}\n", row.place, row.score, row.project));
    }
    for row in &report.unranked {
        let score = row.score.as_deref().unwrap_or("");
        text.push_str(&format!("{:>4}  {score:>8}  {}: {}\n", "-", row.project, row.reason));
    }
    for warning in &report.warnings {
        text.push_str(&format!("\n{warning}\n"));
    }
    let figures = [
        ("ICC(2,1), one judge", report.analysis.icc.get("2,1").copied().flatten()),
        ("ICC(2,k), this panel", report.analysis.icc.get("2,k").copied().flatten()),
        ("Kendall's W", report.analysis.kendall_w),
        ("Krippendorff's alpha", report.analysis.alpha_interval),
    ];
    text.push('\n');
    for (name, value) in figures {
        let value = value.map_or("not defined".to_owned(), |value| format!("{value:.3}"));
        text.push_str(&format!("{name:<22} {value}\n"));
    }
    text
}
