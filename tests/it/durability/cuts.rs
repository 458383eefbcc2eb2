//! Power cuts: the data folder lies on an ext4 image behind a loop device; the server is stopped, the image copied as the
//! device has it, and the copy mounted, as after a cut.

use super::judges::{all, audit, opened};
use super::process::{BINARY, Server};
use crate::chance;
use crate::harness::skipped;
use rand::RngExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

const CUTS: usize = 20;

fn ran(program: &str, arguments: &[&str]) -> Result<(), String> {
    let output =
        Command::new(program).args(arguments).output().map_err(|error| format!("{program}: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    output.status.success().then_some(()).ok_or(format!("{program}: {said}"))
}

/// A mounted image; unmounted when it goes.
struct Mounted(PathBuf);

impl Mounted {
    fn new(image: &Path, at: PathBuf) -> Result<Self, String> {
        std::fs::create_dir_all(&at).map_err(|error| error.to_string())?;
        ran("mount", &["-o", "loop", image.to_str().unwrap(), at.to_str().unwrap()])?;
        Ok(Mounted(at))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let done = ran("umount", &[self.0.to_str().unwrap()]);
        assert!(done.is_ok() || std::thread::panicking(), "{done:?}");
    }
}

fn image(dir: &Path) -> Result<PathBuf, String> {
    let image = dir.join("disk.img");
    std::fs::File::create(&image)
        .and_then(|file| file.set_len(96 << 20))
        .map_err(|error| error.to_string())?;
    ran("mkfs.ext4", &["-q", "-F", image.to_str().unwrap()])?;
    Ok(image)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_power_cuts_lose_nothing_acknowledged() {
    let dir = TempDir::new().unwrap();
    let mounted =
        image(dir.path()).and_then(|image| Ok((Mounted::new(&image, dir.path().join("disk"))?, image)));
    let (disk, image) = match mounted {
        Ok(mounted) => mounted,
        Err(why) => return skipped("emulated power cuts", &why),
    };
    let mut chance = chance::rng();
    let (left, judges) = opened(3).await;
    let data = disk.0.join("data");
    ran("cp", &["-a", left.dir.path().to_str().unwrap(), data.to_str().unwrap()]).unwrap();
    ran("sync", &["-f", data.to_str().unwrap()]).unwrap();
    let lists: Vec<_> = judges.iter().map(|judge| judge.acknowledged.clone()).collect();
    let server = Server::start(&data);
    let work: Vec<_> =
        judges.into_iter().map(|judge| tokio::spawn(judge.work(server.url.clone(), usize::MAX))).collect();
    let copy = dir.path().join("copy.img");
    for cut in 0..CUTS {
        tokio::time::sleep(Duration::from_millis(chance.random_range(20..200))).await;
        server.signal("-STOP");
        let acknowledged = all(&lists);
        ran("cp", &["--sparse=always", image.to_str().unwrap(), copy.to_str().unwrap()]).unwrap();
        server.signal("-CONT");
        let after = Mounted::new(&copy, dir.path().join("after")).unwrap();
        let present = audit(&after.0.join("data/journal"), left.code.as_str(), &acknowledged);
        assert!(present >= acknowledged.len(), "cut {cut}");
        if cut % 5 == 0 {
            let verified =
                Command::new(BINARY).arg("verify").arg("--data").arg(after.0.join("data")).output().unwrap();
            assert!(verified.status.success(), "cut {cut}: {}", String::from_utf8_lossy(&verified.stdout));
        }
    }
    server.kill();
    for judge in work {
        judge.await.unwrap();
    }
    assert!(all(&lists).len() > CUTS, "too few marks to mean anything");
    audit(&data.join("journal"), left.code.as_str(), &all(&lists));
}
