//! Walking a journal: which records count, what is torn, what is damaged.
//!
//! A batch counts when it is whole. A write that a power cut tore leaves a prefix of the last batch, or zeros where a page
//! never came: that was not acknowledged and is cut. Everything else that does not match its hash is damage and refused:
//! what follows it, or it itself, may have been acknowledged.
//!
//! The file is read piece by piece and each line is parsed once, ahead of the walk and beside it: what a line says of itself
//! needs no other line. Whether they follow each other is looked at afterwards, in order.

use crate::journal::cut::Cut;
use crate::journal::error::JournalError;
use crate::journal::record::{Head, Intact, Parsed, Seen, VERSION, parse};
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc;
use std::thread::{self, Scope, ScopedJoinHandle};

/// So many zeros in a row were never written by us: a page that did not reach the disk.
const ZEROS: usize = 64;
/// What is read at once.
const PIECE: u64 = 1 << 20;

/// How far the whole batches go, and what lies behind them.
pub struct Walk {
    pub head: Head,
    pub whole: u64,
    pub cut: Option<Cut>,
}

/// What a line says, with its line feed; `None` where its bytes are not what was written.
type Line<T> = (usize, Option<Parsed<T>>);

/// Whole lines, and the bytes they stand in; at the end of the file what stands behind its last line feed.
struct Piece<T> {
    bytes: Vec<u8>,
    lines: Vec<Line<T>>,
}

/// A piece that is being parsed.
type Parsing<'scope, T> = ScopedJoinHandle<'scope, Piece<T>>;

/// Makes something of every record and hands on, in order, what was made of those in whole batches; `sound` hears how far
/// these reach.
pub fn walk<T: Send>(
    path: &Path,
    file: Box<dyn Read + Send>,
    make: &(impl Fn(&Seen) -> T + Sync),
    mut take: impl FnMut(T),
    mut sound: impl FnMut(u64),
) -> Result<Walk, JournalError> {
    let failed = |why| JournalError::io("read", path, why);
    let mut place =
        Place { path, head: Head::default(), batch: (1, 0), at: 0, whole: Head::default(), end: 0 };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let (ahead, pieces) = mpsc::sync_channel(cores);
        scope.spawn(move || read(scope, file, make, &ahead));
        let mut pieces = pieces.into_iter().map(|piece| piece.map(parsed).map_err(failed));
        let (mut rest, mut made) = (Vec::new(), Vec::new());
        while let Some(piece) = pieces.next() {
            let Piece { bytes, lines } = piece?;
            let mut at = 0;
            for (length, line) in lines {
                let Some(line) = line else {
                    let mut rest = bytes[at..].to_vec();
                    for piece in pieces {
                        rest.extend(piece?.bytes);
                    }
                    return place.broken(&rest, length).inspect(|walk| sound(walk.whole));
                };
                made.push(place.follow(line, length)?);
                if place.is_whole() {
                    made.drain(..).for_each(&mut take);
                }
                at += length;
            }
            rest.extend(&bytes[at..]);
            sound(place.end);
        }
        place.end(&rest)
    })
}

/// Reads piece by piece until the end or until nobody wants more. Each is parsed by a thread of its own, so many at a time as
/// the channel holds.
fn read<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    mut file: impl Read,
    make: &'scope (impl Fn(&Seen) -> T + Sync),
    ahead: &mpsc::SyncSender<io::Result<Parsing<'scope, T>>>,
) {
    let mut next = Vec::new();
    loop {
        let mut bytes = std::mem::take(&mut next);
        let read = file.by_ref().take(PIECE).read_to_end(&mut bytes);
        let at_end = !matches!(read, Ok(1..));
        if !at_end {
            let lines = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            next = bytes.split_off(lines);
        }
        let parsing = read.map(|_| scope.spawn(move || parse_lines(bytes, make)));
        if ahead.send(parsing).is_err() || at_end {
            return;
        }
    }
}

/// What was made of a piece is plain data: only the making could fail, and then the walk does.
fn parsed<T>(piece: Parsing<T>) -> Piece<T> {
    piece.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn parse_lines<T>(bytes: Vec<u8>, make: &impl Fn(&Seen) -> T) -> Piece<T> {
    let whole = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    let lines = whole.map(|line| (line.len(), parse(line, make))).collect();
    Piece { bytes, lines }
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
