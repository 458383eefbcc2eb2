//! The real binary as a child process; ended by its own pid.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub const BINARY: &str = env!("CARGO_BIN_EXE_podium");

pub struct Server {
    child: Child,
    pub url: String,
}

impl Server {
    /// `podium serve` on a free port, once it listens.
    pub fn start(data: &Path) -> Self {
        Server::run(Command::new(BINARY), data)
    }

    /// `command` (the binary, or a tracer with the binary behind it) with the arguments of `serve`.
    pub fn run(mut command: Command, data: &Path) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        Server::spawn(command)
    }

    /// A command that serves, once it listens.
    pub fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().expect("the server says where it listens").unwrap();
        let url = line.strip_prefix("listening ").unwrap_or_else(|| panic!("{line}")).to_owned();
        // The rest of what it prints is read and dropped, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, url }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it as a service manager would, which is as patient.
    pub fn stop(mut self) {
        self.signal("-TERM");
        let asked = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(asked.elapsed() < Duration::from_secs(90), "the server does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _gone = self.child.kill();
            let _waited = self.child.wait();
        }
    }
}
