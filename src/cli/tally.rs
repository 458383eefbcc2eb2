//! `podium tally`: computes a judging offline, from JSON or a workbook. Bad input: exit code 2, nothing on stdout.

use crate::cli::sentences::Lang;
use crate::domain::scoring::judging::{Judging, OutOfRanking};
use crate::domain::scoring::standings::Standings;
use crate::sheets::{scorecards, template};
use crate::wire::judging;
use crate::wire::judging::mistake::Wrong;
use crate::wire::report::{Listed, Lists, Report, report, summary};
use crate::wire::statistics::Statistics;
use anyhow::Context;
use std::io::{BufWriter, Write};
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
    /// How much about the panel: no figures, those that take no time, or all (rank stability may take minutes).
    #[arg(long, value_enum, default_value = "cheap")]
    statistics: Wanted,
    /// The language of sentences (en without it) and of the template (zh without it).
    #[arg(long, value_enum)]
    lang: Option<Lang>,
    /// Writes an empty workbook to fill in, and ends.
    #[arg(long, value_name = "FILE.xlsx", conflicts_with_all = ["file", "json"])]
    template: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Wanted {
    None,
    Cheap,
    All,
}

impl From<Wanted> for Statistics {
    fn from(wanted: Wanted) -> Self {
        match wanted {
            Wanted::None => Statistics::None,
            Wanted::Cheap => Statistics::Cheap,
            Wanted::All => Statistics::All,
        }
    }
}

/// A track by its position, or nobody's, and its standings.
type List = (Option<usize>, Standings);

pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if let Some(path) = &args.template {
        let language = match args.lang {
            Some(Lang::En) => template::Language::English,
            Some(Lang::Zh) | None => template::Language::Chinese,
        };
        std::fs::write(path, template::tally(language))
            .with_context(|| format!("cannot write {}", path.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(path) = &args.file else { return Ok(ExitCode::from(2)) };
    let lang = args.lang.unwrap_or(Lang::En);
    let judged = read(path, lang).and_then(|judging| {
        let list = |of: Option<usize>| {
            let standings = judging.list(of);
            standings.map(|one| (of, one)).map_err(|problem| vec![lang.problem(&judging, &problem)])
        };
        let lists: Vec<List> = judging.lists().into_iter().map(list).collect::<Result<_, _>>()?;
        Ok((judging, lists))
    });
    let (judging, lists) = match judged {
        Ok(judged) => judged,
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{}: {}", path.display(), harmless(problem)));
            return Ok(ExitCode::from(2));
        }
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let ranks_tracks = judging.rule.ranking.has_tracks();
    if args.json {
        let of = |standings| report(&judging, standings, args.statistics.into(), &lang);
        match lists.first().filter(|_| !ranks_tracks) {
            Some((_, standings)) => serde_json::to_writer_pretty(&mut out, &of(standings))?,
            None => {
                let track = |at: Option<usize>| at.map(|at| judging.tracks[at].as_str());
                let listed = lists.iter().map(|(list, one)| Listed { track: track(*list), report: of(one) });
                serde_json::to_writer_pretty(&mut out, &Lists { lists: listed.collect() })?;
            }
        }
        writeln!(out)?;
    } else {
        for (at, (list, standings)) in lists.iter().enumerate() {
            let report = report(&judging, standings, Statistics::None, &lang);
            let figures = (args.statistics != Wanted::None).then(|| summary(standings));
            if ranks_tracks {
                let title = lang.list_title(list.map(|at| judging.tracks[at].as_str()));
                writeln!(out, "{}{title}", if at > 0 { "\n" } else { "" })?;
            }
            write!(out, "{}", table(&judging, standings, &report, lang))?;
            if let Some(figures) = figures {
                write!(out, "{}", said(figures, lang))?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Every mistake as a sentence.
fn read(path: &Path, lang: Lang) -> Result<Judging, Vec<String>> {
    let bytes = std::fs::read(path).map_err(|error| vec![error.to_string()])?;
    let is_workbook = bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    if is_workbook {
        return scorecards::read(&bytes).map_err(|mistakes| {
            let places = mistakes.places.iter().map(|error| lang.place(error));
            let rule = mistakes.rule.iter().map(|problem| lang.rule(problem));
            let untracked =
                mistakes.untracked.into_iter().map(|project| lang.wrong(&Wrong::NoTrack(project)));
            places.chain(rule).chain(untracked).collect()
        });
    }
    judging::read(&bytes).map_err(|mistakes| mistakes.iter().map(|one| lang.mistake(one)).collect())
}

/// What a file says may not steer the terminal that shows it.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// What people read in a terminal.
fn table(judging: &Judging, standings: &Standings, report: &Report<'_>, lang: Lang) -> String {
    let mut text = String::new();
    for row in &standings.ranked {
        let by = row.above.as_ref().map(|by| format!("  ({})", lang.level(by))).unwrap_or_default();
        let project = called(judging, &judging.projects[row.project]);
        text.push_str(&format!("{:>4}  {:>8}  {project}{by}\n", row.place, row.score));
    }
    for row in &report.unranked {
        let score = row.score.as_deref().unwrap_or("");
        let project = called(judging, &row.project);
        text.push_str(&format!("{:>4}  {score:>8}  {project}: {}\n", "-", row.reason));
    }
    for OutOfRanking { project, name, what, reason } in &judging.out {
        let said = [what, reason].into_iter().filter(|part| !part.is_empty()).map(|part| harmless(part));
        let said = said.collect::<Vec<_>>().join(", ");
        text.push_str(&format!("{:>4}  {:>8}  {project} {name}: {said}\n", "-", ""));
    }
    for warned in &report.warnings {
        text.push_str(&format!("\n{}\n", warned.text));
    }
    text
}

/// The id, and the name where it has one.
fn called(judging: &Judging, project: &str) -> String {
    let name = judging.names.get(project);
    name.map_or_else(|| project.to_owned(), |name| format!("{project} {name}"))
}

fn said(figures: [(&'static str, Option<f64>); 4], lang: Lang) -> String {
    let mut text = String::from("\n");
    for (name, value) in figures {
        let name = lang.figure(name);
        let value = value.map_or_else(|| lang.undefined().to_owned(), |value| format!("{value:.3}"));
        text.push_str(&format!("{name:<22} {value}\n"));
    }
    text
}
