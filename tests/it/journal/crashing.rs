//! A disk that loses power: what was not synced may be gone, torn, or a page of zeros; directory entries likewise.

use podium::journal::disk::{AppendFile, Disk};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

const PAGE: usize = 512;

#[derive(Default, Clone)]
struct Inode {
    /// On the device.
    durable: Vec<u8>,
    /// Written, not synced.
    pending: Vec<u8>,
    /// A failed sync marks pages clean: they never reach the device, and a later sync "succeeds".
    poisoned: bool,
}

#[derive(Clone)]
enum Entry {
    Create(PathBuf, usize),
    Rename(PathBuf, PathBuf),
}

struct State {
    rng: ChaCha8Rng,
    inodes: Vec<Inode>,
    /// Directory as programs see it, and as the device has it.
    seen: BTreeMap<PathBuf, usize>,
    durable: BTreeMap<PathBuf, usize>,
    entries: Vec<Entry>,
    /// Calls until the power fails; none: never.
    fuse: Option<u32>,
    /// The next sync fails without a power cut.
    sync_fails: bool,
    /// The planted bug: syncs that do nothing.
    lying: bool,
}

#[derive(Clone)]
pub struct CrashingDisk(Arc<Mutex<State>>);

fn power() -> io::Error {
    io::Error::other("the power is gone")
}

impl CrashingDisk {
    pub fn new(seed: u64, lying: bool) -> Self {
        CrashingDisk(Arc::new(Mutex::new(State {
            rng: ChaCha8Rng::seed_from_u64(seed),
            inodes: Vec::new(),
            seen: BTreeMap::new(),
            durable: BTreeMap::new(),
            entries: Vec::new(),
            fuse: None,
            sync_fails: false,
            lying,
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// The power fails after so many more calls.
    pub fn arm(&self, calls: u32) {
        self.state().fuse = Some(calls);
    }

    pub fn fail_next_sync(&self) {
        self.state().sync_fails = true;
    }

    /// The machine starts again: only what the device had, plus whatever happened to get there.
    pub fn restart(&self) {
        let mut guard = self.state();
        let state = &mut *guard;
        let kept = state.rng.random_range(0..=state.entries.len());
        for entry in state.entries.drain(..).take(kept) {
            match entry {
                Entry::Create(path, inode) => drop(state.durable.insert(path, inode)),
                Entry::Rename(from, to) => {
                    if let Some(inode) = state.durable.remove(&from) {
                        state.durable.insert(to, inode);
                    }
                }
            }
        }
        for inode in &mut state.inodes {
            let pending = std::mem::take(&mut inode.pending);
            let reached = if inode.poisoned { 0 } else { state.rng.random_range(0..=pending.len()) };
            let mut tail = pending[..reached].to_vec();
            // One page of the tail may have been allocated and never written.
            if reached > 2 * PAGE && state.rng.random_bool(0.3) {
                let page = state.rng.random_range(0..reached / PAGE) * PAGE;
                tail[page..page + PAGE].fill(0);
            }
            inode.durable.append(&mut tail);
            inode.poisoned = false;
        }
        (state.seen, state.fuse) = (state.durable.clone(), None);
    }
}

impl State {
    fn burn(&mut self) -> io::Result<()> {
        match &mut self.fuse {
            Some(0) => Err(power()),
            Some(calls) => {
                *calls -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

struct Handle {
    disk: CrashingDisk,
    inode: usize,
}

impl AppendFile for Handle {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        // A write that the power cut falls into may have begun.
        let lit = state.burn();
        state.inodes[self.inode].pending.extend_from_slice(bytes);
        lit
    }
    fn sync_data(&mut self) -> io::Result<()> {
        let mut state = self.disk.state();
        state.burn()?;
        if std::mem::take(&mut state.sync_fails) {
            state.inodes[self.inode].poisoned = true;
            return Err(io::Error::other("the device refused to sync"));
        }
        if !state.lying {
            let inode = &mut state.inodes[self.inode];
            let pending = std::mem::take(&mut inode.pending);
            if !inode.poisoned {
                inode.durable.extend(pending);
            }
        }
        Ok(())
    }
}

impl Disk for CrashingDisk {
    fn create_dir(&self, _dir: &Path) -> io::Result<()> {
        self.state().burn()
    }
    fn list(&self, _dir: &Path) -> io::Result<Vec<String>> {
        let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(self.state().seen.keys().filter_map(name).collect())
    }
    fn read(&self, path: &Path) -> io::Result<Option<Box<dyn io::Read + Send>>> {
        let state = self.state();
        let inode = state.seen.get(path).map(|at| &state.inodes[*at]);
        let bytes = inode.map(|inode| [&inode.durable[..], &inode.pending[..]].concat());
        Ok(bytes.map(|bytes| Box::new(io::Cursor::new(bytes)) as Box<dyn io::Read + Send>))
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        let mut state = self.state();
        state.burn()?;
        let inode = state.inodes.len();
        state.inodes.push(Inode::default());
        state.seen.insert(path.to_owned(), inode);
        state.entries.push(Entry::Create(path.to_owned(), inode));
        drop(state);
        Ok(Box::new(Handle { disk: self.clone(), inode }))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.burn()?;
        if let Some(inode) = state.seen.remove(from) {
            state.seen.insert(to.to_owned(), inode);
        }
        state.entries.push(Entry::Rename(from.to_owned(), to.to_owned()));
        Ok(())
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.burn()?;
        state.seen.remove(path).map(drop).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
    fn sync_dir(&self, _dir: &Path) -> io::Result<()> {
        let mut guard = self.state();
        guard.burn()?;
        let state = &mut *guard;
        if !state.lying {
            state.entries.clear();
            state.durable = state.seen.clone();
        }
        Ok(())
    }
}

/// A salt of this seed.
pub fn salt(rng: &mut impl Rng) -> [u8; 32] {
    let mut bytes = [0; 32];
    rng.fill_bytes(&mut bytes);
    bytes
}
