//! Podium: a server with one contest, whose phones' channel is pushed to.

use crate::evening::{about, blueprint};
use crate::{micros, say, text, usage};
use bytes::Bytes;
use podium::clock::Clock;
use podium::domain::command::Command;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::CommandId;
use podium::fanout::channel::Newest;
use podium::journal::disk::RealDisk;
use podium::server::{self, Options};
use std::sync::Arc;
use tokio::net::TcpListener;

struct Numbered(u32);

impl Newest for Numbered {
    fn snapshot(&self) -> (u32, Bytes) {
        (self.0, format!(r#"{{"kind":"snapshot","n":{},"view":{{}}}}"#, self.0).into())
    }
}

pub fn serve(bytes: usize, engines: bool) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run(bytes, engines));
}

async fn run(bytes: usize, engines: bool) {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let options = Options { data, public_url: None, clock: Clock::system(), disk: Arc::new(RealDisk) };
    let server = server::open(options).await.expect("opens");
    let server = if engines { server } else { server.with_tasks_only() };
    let serving = server.serve(listener).await.expect("serves");
    let handle = serving.app.registry.create(about()).await.expect("a contest");
    let command = Command::ImportBlueprint { blueprint: blueprint(12, 7, 5) };
    handle.submit(Actor::Organiser, CommandId(1), command).await.expect("taken");
    // The picture comes after the receipt, and has a number of its own.
    handle.public().await.expect("a picture");
    let channel = handle.channels.public.clone();
    for line in std::io::stdin().lines() {
        match line.expect("a line").as_str() {
            "where" => say(&format!("{} /c/{}/ws/public", serving.address, handle.code)),
            "number" => say(&channel.n().to_string()),
            "push" => {
                let n = channel.n() + 1;
                let (view, delta): (Arc<dyn Newest>, _) = (Arc::new(Numbered(n)), text(n, bytes));
                say(&micros().to_string());
                channel.publish(&view, Some(delta.into()));
            }
            _ => {
                let (resident, cpu) = usage();
                say(&format!("{resident} {cpu}"));
            }
        }
    }
    serving.shutdown().await.expect("ends");
}
