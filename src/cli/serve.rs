//! `podium serve`: the server with its embedded store.

use super::process::{self, Stop};
use crate::clock::Clock;
use crate::journal::disk::RealDisk;
use crate::server::{self, Options, Serving};
use crate::telemetry::{self, Format};
use anyhow::Context;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;

#[derive(clap::Args)]
pub struct Args {
    /// The data folder; made where there is none.
    #[arg(long, env = "PODIUM_DATA", default_value = "podium-data")]
    data: PathBuf,
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, env = "PODIUM_LISTEN", default_value = "0.0.0.0:7300")]
    listen: SocketAddr,
    /// The address that phones and tablets use, where it is not this machine's own.
    #[arg(long, env = "PODIUM_PUBLIC_URL")]
    public_url: Option<String>,
    /// Logs as one JSON object a line.
    #[arg(long, env = "PODIUM_LOG_JSON")]
    log_json: bool,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    telemetry::start(if args.log_json { Format::Json } else { Format::Pretty })?;
    process::prepare();
    process::runtime()?.block_on(async {
        let stop = Stop::listen()?;
        let serving = start(args.data, args.listen, args.public_url).await?;
        println!("listening {}", serving.url());
        if let Some(kept) = &serving.kept {
            println!("{kept}");
        }
        if let Some(token) = serving.app.auth.claim_token() {
            println!(
                "first run: choose the organiser's password at {}/organise#claim={}",
                serving.url(),
                token.reveal()
            );
        }
        if let Some(public) = serving.app.address.public() {
            println!("big screen: {public}/screen    phones: {public}/");
        }
        stop.asked().await;
        serving.shutdown().await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Listens, and opens the data folder.
pub async fn start(data: PathBuf, listen: SocketAddr, public_url: Option<String>) -> anyhow::Result<Serving> {
    // First the port: where it is taken nothing has been opened.
    let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    let options = Options { data, public_url, clock: Clock::system(), disk: Arc::new(RealDisk) };
    server::open(options).await?.serve(listener).await
}
