//! `podium demo`: a fresh data folder, a real workbook and a small programme, seven robot judges and a robot host over real sockets.

use super::process::{self, Stop};
use super::serve::start;
use crate::auth::seat::{Place, Seat};
use crate::domain::command::Command;
use crate::domain::command::blueprint::{Blueprint, BlueprintSegment};
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{CommandId, SegmentId};
use crate::domain::terms::about::About;
use crate::domain::terms::programme::{RevealPolicy, Segment, SegmentKind};
use crate::http::cards::link;
use crate::live::handle::Handle;
use crate::robots::pace::Pace;
use crate::robots::{host, judge};
use crate::server::Serving;
use crate::sheets::roster;
use crate::telemetry::{self, Format};
use anyhow::{Context, bail};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use rand::RngExt;
use serde::Serialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// The demo's workbook: the projects of a real matching day.
const WORKBOOK: &[u8] = include_bytes!("../../demo/suxiang-2024.xlsx");
const TITLE: &str = "苏州国际精英创业周 · 苏相合作区项目路演";

#[derive(clap::Args)]
pub struct Args {
    /// An empty or new folder for the demo's data; a temporary one without it.
    #[arg(long)]
    data: Option<PathBuf>,
    #[arg(long, default_value = "0.0.0.0:7300")]
    listen: SocketAddr,
    /// Seconds of one robot step.
    #[arg(long, default_value_t = 2.0)]
    pace: f64,
    /// Writes the links of all roles to this file, as JSON.
    #[arg(long)]
    links: Option<PathBuf>,
    #[arg(long, env = "PODIUM_PUBLIC_URL")]
    public_url: Option<String>,
}

/// One link per role; each opens signed in.
#[derive(Serialize)]
struct Links {
    organise: String,
    host: String,
    screen: String,
    audience: String,
    judges: Vec<String>,
}

/// Tokens of the demo's cards.
struct Tokens {
    organiser: String,
    host: String,
    judges: Vec<String>,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    if !(args.pace.is_finite() && (0.01..=3600.0).contains(&args.pace)) {
        eprintln!("podium: --pace takes seconds between 0.01 and 3600");
        return Ok(ExitCode::from(2));
    }
    if let Some(data) = args.data.as_deref().filter(|data| !is_empty(data)) {
        eprintln!("podium: --data {}: the demo takes an empty folder only", data.display());
        return Ok(ExitCode::from(2));
    }
    telemetry::start(Format::Pretty)?;
    let temporary = args.data.is_none().then(temporary).transpose()?;
    let data = args.data.clone().or_else(|| temporary.clone()).context("no data folder")?;
    process::prepare();
    let result = process::runtime()?.block_on(evening(args, data));
    if let Some(temporary) = temporary {
        std::fs::remove_dir_all(temporary).context("the temporary data folder stays behind")?;
    }
    result.map(|()| ExitCode::SUCCESS)
}

fn is_empty(data: &Path) -> bool {
    match std::fs::read_dir(data) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

fn temporary() -> anyhow::Result<PathBuf> {
    let name = format!("podium-demo-{:08x}", rand::rng().random::<u32>());
    let dir = std::env::temp_dir().join(name);
    std::fs::create_dir(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
    Ok(dir)
}

async fn evening(args: Args, data: PathBuf) -> anyhow::Result<()> {
    let stop = Stop::listen()?;
    let serving = start(data, args.listen, args.public_url).await?;
    let handle = set_up(&serving).await?;
    let tokens = cards(&serving, &handle).await?;
    let base =
        serving.app.address.public().filter(|_| args.listen.ip().is_unspecified()).unwrap_or(serving.url());
    let links = links(&base, &handle, &tokens);
    if let Some(path) = &args.links {
        let json = serde_json::to_vec_pretty(&links)?;
        std::fs::write(path, json).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let pace = Pace(Duration::from_secs_f64(args.pace));
    let robots: Vec<_> = std::iter::once(tokio::spawn(host::run(serving.url(), tokens.host, pace)))
        .chain(tokens.judges.into_iter().map(|token| tokio::spawn(judge::run(serving.url(), token, pace))))
        .collect();
    announce(&serving, &links);
    drop(handle);
    stop.asked().await;
    robots.iter().for_each(tokio::task::JoinHandle::abort);
    serving.shutdown().await
}

/// Creates the contest and takes the workbook in.
async fn set_up(serving: &Serving) -> anyhow::Result<Handle> {
    let about = About {
        title: TITLE.to_owned(),
        subtitle: String::new(),
        venue: String::new(),
        zone: "Asia/Shanghai".to_owned(),
        reveal: RevealPolicy::PerPitch,
        look: crate::domain::terms::look::Look::default(),
    };
    let handle = serving.app.registry.create(about).await?;
    let command = Command::ImportBlueprint { blueprint: blueprint()? };
    handle.submit(Actor::Organiser, CommandId(rand::rng().random()), command).await?;
    Ok(handle)
}

fn blueprint() -> anyhow::Result<Blueprint> {
    match roster::read_roster("suxiang-2024.xlsx", WORKBOOK) {
        Ok(file) => Ok(Blueprint { segments: programme(), ..file.blueprint }),
        Err(errors) => bail!(
            "the demo's workbook: {}",
            errors.iter().map(|e| format!("{e}")).collect::<Vec<_>>().join("; ")
        ),
    }
}

/// What frames the pitches: a word of welcome, a break in the middle, the prizes.
fn programme() -> Vec<BlueprintSegment> {
    let one = |id, kind, title: &str, secs, after| {
        let segment =
            Segment { id: SegmentId(id), kind, title: title.to_owned(), names: Vec::new(), secs, after };
        BlueprintSegment { segment, before: None }
    };
    vec![
        one(1, SegmentKind::Opening, "开场致辞", 180, Some(0)),
        one(2, SegmentKind::Break, "茶歇", 600, Some(3)),
        one(3, SegmentKind::Awards, "颁奖", 0, None),
    ]
}

/// Issues cards that may be used again and again.
async fn cards(serving: &Serving, handle: &Handle) -> anyhow::Result<Tokens> {
    let code = &handle.code;
    let judges = handle.contest().judges.keys().copied().collect::<Vec<_>>();
    let mut places = vec![Place::organiser(), Place::host(code.clone())];
    places.extend(judges.iter().map(|judge| Place::judge(code.clone(), *judge)));
    let cards = serving.app.auth.issue_cards(&places, true, "demo").await?;
    let mut tokens = cards.into_iter().map(|card| card.token.reveal());
    let organiser = tokens.next().context("no card for the organiser")?;
    let host = tokens.next().context("no card for the host")?;
    Ok(Tokens { organiser, host, judges: tokens.collect() })
}

fn links(base: &str, handle: &Handle, tokens: &Tokens) -> Links {
    let judge = |token: &String| link(base, Seat::Judge(crate::domain::kernel::ids::JudgeId(0)), token);
    Links {
        organise: link(base, Seat::Organiser, &tokens.organiser),
        host: link(base, Seat::Host, &tokens.host),
        screen: format!("{base}/c/{}/screen", handle.code),
        audience: format!("{base}/c/{}/", handle.code),
        judges: tokens.judges.iter().map(judge).collect(),
    }
}

fn announce(serving: &Serving, links: &Links) {
    println!("listening {}", serving.url());
    println!();
    println!("  big screen 大屏     {}", links.screen);
    println!("  phones 观众         {}", links.audience);
    println!("  host 场控           {}", links.host);
    println!("  organiser 主办方    {}", links.organise);
    for (at, judge) in links.judges.iter().enumerate() {
        println!("  judge {n} 评委{n}     {judge}", n = at + 1);
    }
    println!();
    println!("Robots judge and drive. Take a judge's seat with its link and that robot steps aside;");
    println!("press any key on the host's page and the robot host steps aside. Ctrl-C ends the demo.");
    if let Ok(code) = QrCode::new(&links.audience) {
        println!("\n{}", code.render::<Dense1x2>().quiet_zone(true).build());
    }
}
