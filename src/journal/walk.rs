//! Walking a journal: which records count, what is torn, what is damaged.
//!
//! A batch counts when it is whole. A write that a power cut tore leaves a prefix of the last batch, or zeros where a page
//! never came: that was not acknowledged and is cut. Everything else that does not match its hash is damage and refused:
//! what follows it, or it itself, may have been acknowledged.
//!
//! The file is read piece by piece and each line is parsed once, by as many threads as there are cores: what a line says of
//! itself needs no other line. Whether they follow each other is looked at afterwards, in order.

use crate::journal::cut::Cut;
use crate::journal::error::JournalError;
use crate::journal::record::{Head, Intact, Parsed, Seen, VERSION, parse};
use std::io::Read;
use std::path::Path;
use std::thread;

/// So many zeros in a row were never written by us: a page that did not reach the disk.
const ZEROS: usize = 64;
/// What is read at once.
const PIECE: usize = 4 << 20;
/// Fewer bytes are not worth another thread.
const SHARE_MIN: usize = 64 << 10;

/// How far the whole batches go, and what lies behind them.
pub struct Walk {
    pub head: Head,
    pub whole: u64,
    pub cut: Option<Cut>,
}

/// What a line says, with its line feed; `None` where its bytes are not what was written.
type Line<T> = (usize, Option<Parsed<T>>);

/// Makes something of every record and hands on, in order, what was made of those in whole batches.
pub fn walk<T: Send>(
    path: &Path,
    file: &mut dyn Read,
    make: &(impl Fn(&Seen) -> T + Sync),
    mut take: impl FnMut(T),
) -> Result<Walk, JournalError> {
    let failed = |why| JournalError::io("read", path, why);
    let mut place =
        Place { path, head: Head::default(), batch: (1, 0), at: 0, whole: Head::default(), end: 0 };
    let (mut bytes, mut made) = (Vec::new(), Vec::new());
    loop {
        let read = file.take(PIECE as u64).read_to_end(&mut bytes).map_err(failed)?;
        let lines = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let mut at = 0;
        for (length, line) in parsed(&bytes[..lines], make) {
            let Some(line) = line else {
                file.read_to_end(&mut bytes).map_err(failed)?;
                return place.broken(&bytes[at..], length);
            };
            made.push(place.follow(line, length)?);
            if place.is_whole() {
                made.drain(..).for_each(&mut take);
            }
            at += length;
        }
        bytes.drain(..lines);
        if read == 0 {
            return place.end(&bytes);
        }
    }
}

/// Where a walk is.
struct Place<'a> {
    path: &'a Path,
    /// After the last line.
    head: Head,
    batch: (u64, u32),
    at: u64,
    /// After the last whole batch.
    whole: Head,
    end: u64,
}

impl Place<'_> {
    /// A line that goes on where this is.
    fn follow<T>(&mut self, line: Parsed<T>, length: usize) -> Result<T, JournalError> {
        let Intact { seq, batch, prev, hash, made } = match line {
            Parsed::Intact(intact) => intact,
            Parsed::Newer(version) => {
                let (path, record) = (self.path.display().to_string(), self.head.seq + 1);
                return Err(JournalError::Newer { path, record, version, known: VERSION });
            }
        };
        if prev != self.head.hash || seq != self.head.seq + 1 || !follows(seq, batch, self.batch) {
            return Err(self.damaged("it does not follow the record before it"));
        }
        self.at += length as u64;
        (self.head, self.batch) = (Head { seq, hash }, batch);
        if batch.0 + u64::from(batch.1) - 1 == seq {
            (self.whole, self.end) = (self.head.clone(), self.at);
        }
        Ok(made)
    }

    fn is_whole(&self) -> bool {
        self.at == self.end
    }

    /// A line that is not what was written, with everything behind it.
    fn broken(self, rest: &[u8], length: usize) -> Result<Walk, JournalError> {
        if later_batch(&rest[length..], current(&self.head, self.batch)) {
            Err(self.damaged("its bytes do not match its hash, and records after it are intact"))
        } else if zeros(rest) {
            Ok(self.cut(rest))
        } else {
            Err(self.damaged("its bytes do not match its hash"))
        }
    }

    /// What is left without a line feed: nothing, a torn line, or one whose line feed is damaged.
    fn end(self, rest: &[u8]) -> Result<Walk, JournalError> {
        if let [line @ .., _feed] = rest
            && parse(&[line, b"\n"].concat(), |_| ()).is_some()
        {
            return Err(self.damaged("its line feed is damaged"));
        }
        Ok(self.cut(rest))
    }

    fn cut(self, rest: &[u8]) -> Walk {
        let bytes = self.at - self.end + rest.len() as u64;
        let feeds = rest.iter().filter(|byte| **byte == b'\n').count() as u64;
        let records = self.head.seq - self.whole.seq + feeds;
        let cut = (bytes > 0).then_some(Cut { bytes, records });
        Walk { head: self.whole, whole: self.end, cut }
    }

    fn damaged(&self, why: &str) -> JournalError {
        let (path, why) = (self.path.display().to_string(), why.to_owned());
        JournalError::Damaged { path, record: self.head.seq + 1, offset: self.at, why }
    }
}

/// All of these lines, in order.
fn parsed<T: Send>(lines: &[u8], make: &(impl Fn(&Seen) -> T + Sync)) -> Vec<Line<T>> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = (lines.len() / cores).max(SHARE_MIN);
    let (first, mut rest) = split(lines, share);
    thread::scope(|scope| {
        let mut others = Vec::new();
        while !rest.is_empty() {
            let (next, behind) = split(rest, share);
            rest = behind;
            others.push(scope.spawn(move || each(next, make)));
        }
        let mut all = each(first, make);
        for other in others {
            // What a line says is plain data: only what is made of it could fail, and then the walk does.
            all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    })
}

/// At the end of the first line that reaches so far.
fn split(lines: &[u8], share: usize) -> (&[u8], &[u8]) {
    let at = share.min(lines.len());
    let end =
        lines[at..].iter().position(|byte| *byte == b'\n').map_or(lines.len(), |length| at + length + 1);
    lines.split_at(end)
}

fn each<T>(lines: &[u8], make: &impl Fn(&Seen) -> T) -> Vec<Line<T>> {
    lines.split_inclusive(|byte| *byte == b'\n').map(|line| (line.len(), parse(line, make))).collect()
}

/// The first record of the batch that the record after `head` belongs to.
fn current(head: &Head, batch: (u64, u32)) -> u64 {
    let next = batch.0 + u64::from(batch.1);
    if head.seq + 1 < next { batch.0 } else { next }
}

/// A record goes on with the batch before it, or begins one where that ended.
fn follows(seq: u64, batch: (u64, u32), before: (u64, u32)) -> bool {
    let next = before.0 + u64::from(before.1);
    if seq < next { batch == before } else { seq == next && batch.0 == next }
}

/// True where an intact record of a batch later than the one that begins at `first` stands here: only the last batch can be
/// torn.
fn later_batch(bytes: &[u8], first: u64) -> bool {
    bytes.split_inclusive(|byte| *byte == b'\n').any(|line| match parse(line, |_| ()) {
        Some(Parsed::Intact(intact)) => intact.batch.0 > first,
        Some(Parsed::Newer(_)) => true,
        None => false,
    })
}

fn zeros(bytes: &[u8]) -> bool {
    bytes.split(|byte| *byte != 0).any(|run| run.len() >= ZEROS)
}
