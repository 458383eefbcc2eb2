//! The disk, small enough to be replaced by one that crashes: every step that a power cut can fall between is a call.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

pub trait AppendFile: Send {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns when everything appended so far is on the device.
    fn sync_data(&mut self) -> io::Result<()>;
}

pub trait Disk: Send + Sync + 'static {
    /// Creates the folder, durably, where it is missing.
    fn create_dir(&self, dir: &Path) -> io::Result<()>;
    fn list(&self, dir: &Path) -> io::Result<Vec<String>>;
    /// From the beginning; `None` where there is no such file.
    fn read(&self, path: &Path) -> io::Result<Option<Box<dyn Read + Send>>>;
    /// From this byte on.
    fn read_from(&self, path: &Path, at: u64) -> io::Result<Option<Box<dyn Read + Send>>> {
        let Some(mut file) = self.read(path)? else { return Ok(None) };
        io::copy(&mut file.by_ref().take(at), &mut io::sink())?;
        Ok(Some(file))
    }
    /// In bytes; 0 where there is no such file.
    fn size(&self, path: &Path) -> io::Result<u64> {
        self.read(path)?.map_or(Ok(0), |mut file| io::copy(&mut file, &mut io::sink()))
    }
    /// An empty file, in place of whatever was there.
    fn create(&self, path: &Path) -> io::Result<Box<dyn AppendFile>>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Returns when the folder's entries are on the device.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;
}

pub struct RealDisk;

impl AppendFile for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }
    fn sync_data(&mut self) -> io::Result<()> {
        File::sync_data(self)
    }
}

impl Disk for RealDisk {
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        if dir.is_dir() {
            return Ok(());
        }
        let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Some(parent) = parent {
            self.create_dir(parent)?;
        }
        match fs::create_dir(dir) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        self.sync_dir(parent.unwrap_or(Path::new(".")))
    }
    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        match fs::read_dir(dir) {
            Ok(entries) => {
                entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
    fn read(&self, path: &Path) -> io::Result<Option<Box<dyn Read + Send>>> {
        match File::open(path) {
            Ok(file) => Ok(Some(Box::new(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
    fn read_from(&self, path: &Path, at: u64) -> io::Result<Option<Box<dyn Read + Send>>> {
        match File::open(path) {
            Ok(mut file) => {
                file.seek(SeekFrom::Start(at))?;
                Ok(Some(Box::new(file)))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
    fn size(&self, path: &Path) -> io::Result<u64> {
        match fs::metadata(path) {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        Ok(Box::new(File::create(path)?))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        File::open(dir)?.sync_all()
    }
}
