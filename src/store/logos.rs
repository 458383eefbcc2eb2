//! Logos as files of their own, `logos/` in the data folder: named by what they hold, never changed.

use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Clone)]
pub struct Logos {
    dir: PathBuf,
}

impl Logos {
    pub fn new(dir: &Path) -> Self {
        Logos { dir: dir.to_owned() }
    }

    /// Keeps these bytes and returns their name once they are on disk. Blocks.
    ///
    /// # Errors
    /// What the disk says.
    pub fn keep(&self, bytes: &[u8]) -> io::Result<String> {
        let name = name(bytes);
        let path = self.path(&name);
        if !path.exists() {
            fs::create_dir_all(&self.dir)?;
            let half = path.with_extension("half");
            let mut file = File::create(&half)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&half, &path)?;
            File::open(&self.dir)?.sync_all()?;
        }
        Ok(name)
    }

    /// The bytes of this name. Blocks.
    ///
    /// # Errors
    /// What the disk says; a file that is not what its name says is not there.
    pub fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let bytes = fs::read(self.path(name))?;
        if self::name(&bytes) == name { Ok(bytes) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(format!("{name}.png"))
    }
}

fn name(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
