//! Secrets that people type: passwords and PINs, peppered and hashed with argon2id.
//!
//! Hashing is dear on purpose (19 MiB, tens of milliseconds), so it runs on blocking threads, two at once, with a
//! bounded queue. It knows no accounts: an unknown one is hashed against a dummy, so that it takes the same time.

use crate::auth::error::AuthError;
use crate::auth::token::Random;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::fmt;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Semaphore;

/// Shortest password in characters.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Longest secret in bytes: nobody types more, and hashing must not be fed megabytes.
pub const SECRET_BYTES_MAX: usize = 1024;
/// Hashes computed at once: 19 MiB each.
const AT_ONCE: usize = 2;
/// Hashes that may wait; beyond, callers are sent away.
const WAITING_MAX: usize = 64;

/// A password's or PIN's hash with its parameters and salt, in PHC's spelling. `Debug` says nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phc(String);

impl fmt::Debug for Phc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phc(…)")
    }
}

/// What one hash costs. The default is OWASP's minimum for argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
}

impl Default for Cost {
    fn default() -> Self {
        Cost { memory_kib: 19_456, passes: 2 }
    }
}

/// The key that makes stolen hashes useless without the key file beside them.
#[derive(Clone)]
pub struct Pepper([u8; 32]);

impl fmt::Debug for Pepper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pepper(…)")
    }
}

impl Pepper {
    /// Reads `keys/pepper`, or makes it (0600, durable) where none is. With `must_exist` a missing file is an
    /// error: hashes made with it are there, and a new one would turn every password wrong.
    pub fn load(keys: &Path, must_exist: bool, random: &Random) -> Result<Self, AuthError> {
        let path = keys.join("pepper");
        let failed = |why: std::io::Error| AuthError::Keys(format!("{}: {why}", path.display()));
        match fs::read(&path) {
            Ok(bytes) => {
                let mode = fs::metadata(&path).map_err(failed)?.permissions().mode();
                if mode & 0o077 != 0 {
                    tracing::warn!(path = %path.display(), "the pepper is readable for others; it should be 0600");
                }
                let length = bytes.len();
                let wrong = || AuthError::Keys(format!("{} has {length} bytes, not 32", path.display()));
                bytes.try_into().map(Pepper).map_err(|_| wrong())
            }
            Err(why) if why.kind() == ErrorKind::NotFound && !must_exist => {
                let pepper = Pepper(random.bytes());
                pepper.write(keys, &path).map_err(failed)?;
                Ok(pepper)
            }
            Err(why) => Err(failed(why)),
        }
    }

    fn write(&self, keys: &Path, path: &Path) -> std::io::Result<()> {
        fs::create_dir_all(keys)?;
        let unfinished = path.with_extension("new");
        if unfinished.exists() {
            fs::remove_file(&unfinished)?;
        }
        let mut file = File::options().write(true).create_new(true).mode(0o600).open(&unfinished)?;
        file.write_all(&self.0)?;
        file.sync_all()?;
        fs::rename(&unfinished, path)?;
        File::open(keys)?.sync_all()?;
        match keys.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            Some(parent) => File::open(parent)?.sync_all(),
            None => Ok(()),
        }
    }

    fn season(&self, secret: &str) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(secret.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// Whether a secret was right, and whether its hash should be made anew with today's cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    RightButOutdated,
}

/// Hashes and verifies. Cheap to clone; clones share the queue.
#[derive(Debug, Clone)]
pub struct Hasher {
    pepper: Pepper,
    params: Params,
    random: Random,
    dummy: Phc,
    memory: Memory,
    at_once: Arc<Semaphore>,
    /// One permit for each hash that runs or waits.
    places: Arc<Semaphore>,
}

impl Hasher {
    pub fn new(pepper: Pepper, cost: Cost, random: Random) -> Result<Self, AuthError> {
        let failed = |why: &dyn fmt::Display| AuthError::Keys(format!("argon2: {why}"));
        let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|why| failed(&why))?;
        let dummy = dummy(&params, &random).map_err(|why| failed(&why))?;
        Ok(Hasher {
            pepper,
            params,
            random,
            dummy,
            memory: Memory::default(),
            at_once: Arc::new(Semaphore::new(AT_ONCE)),
            places: Arc::new(Semaphore::new(AT_ONCE + WAITING_MAX)),
        })
    }

    /// The hash of a new secret. `Busy` when the queue is full.
    pub async fn hash(&self, secret: &str) -> Result<Phc, AuthError> {
        let (seasoned, salt) = (self.pepper.season(secret), self.random.bytes::<16>());
        let params = self.params.clone();
        self.run(move |memory| hashed(&params, &seasoned, &salt, memory))
            .await?
            .map_err(|why| AuthError::Keys(format!("argon2: {why}")))
    }

    /// Whether `secret` is the one hashed in `phc`; without one it takes as long and is wrong. `Busy` when the
    /// queue is full: then nothing was compared.
    pub async fn verify(&self, secret: &str, phc: Option<&Phc>) -> Result<Verdict, AuthError> {
        if secret.len() > SECRET_BYTES_MAX {
            return Ok(Verdict::Wrong);
        }
        let (known, phc) = (phc.is_some(), phc.unwrap_or(&self.dummy).clone());
        let seasoned = self.pepper.season(secret);
        let params = self.params.clone();
        self.run(move |memory| {
            let Ok(stored) = PasswordHash::new(&phc.0) else {
                tracing::error!("a stored hash is not in PHC's spelling");
                return Verdict::Wrong;
            };
            let right = is_of(&seasoned, &stored, memory);
            match right && known {
                false => Verdict::Wrong,
                true if is_outdated(&stored, &params) => Verdict::RightButOutdated,
                true => Verdict::Right,
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Vec<Block>) -> T + Send + 'static,
    ) -> Result<T, AuthError> {
        let place = self.places.clone().try_acquire_owned().map_err(|_| AuthError::Busy)?;
        let turn = self.at_once.clone().acquire_owned().await.map_err(|_| AuthError::Busy)?;
        // The permits go with the work: a caller that leaves does not make room for more memory.
        let kept = self.memory.clone();
        let work = tokio::task::spawn_blocking(move || {
            let done = kept.lend(work);
            drop((turn, place));
            done
        });
        work.await.map_err(|why| AuthError::Keys(format!("hashing: {why}")))
    }
}

/// What hashes are computed in: 19 MiB for each that runs at once, made when they are first needed and used again. What is
/// allocated anew each time stays with the thread that did, and there are many.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<Vec<Block>>>>);

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory(…)")
    }
}

impl Memory {
    /// Lends a piece to `work` and wipes it afterwards.
    fn lend<T>(&self, work: impl FnOnce(&mut Vec<Block>) -> T) -> T {
        let mut piece = self.pieces().pop().unwrap_or_default();
        let done = work(&mut piece);
        piece.fill(Block::default());
        self.pieces().push(piece);
        done
    }

    fn pieces(&self) -> MutexGuard<'_, Vec<Vec<Block>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Computes as many bytes as `hash` has.
fn compute(
    argon: &Argon2,
    secret: &[u8],
    salt: &[u8],
    memory: &mut Vec<Block>,
    hash: &mut [u8],
) -> argon2::Result<()> {
    let blocks = argon.params().block_count();
    if memory.len() < blocks {
        memory.resize(blocks, Block::default());
    }
    argon.hash_password_into_with_memory(secret, salt, hash, &mut memory[..blocks])
}

fn hashed(
    params: &Params,
    secret: &[u8],
    salt: &[u8],
    memory: &mut Vec<Block>,
) -> Result<Phc, argon2::password_hash::Error> {
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let mut hash = [0; Params::DEFAULT_OUTPUT_LEN];
    compute(&argon, secret, salt, memory, &mut hash)?;
    spelt(params, salt, &hash)
}

/// Whether the stored hash is this secret's; compared in constant time.
fn is_of(secret: &[u8], stored: &PasswordHash, memory: &mut Vec<Block>) -> bool {
    let mut again = || -> Option<Output> {
        let algorithm = Algorithm::try_from(stored.algorithm.as_str()).ok()?;
        let version = stored.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
        let argon = Argon2::new(algorithm, version, Params::try_from(stored).ok()?);
        let mut hash = vec![0; stored.hash.as_ref()?.len()];
        compute(&argon, secret, stored.salt.as_ref()?.as_ref(), memory, &mut hash).ok()?;
        Output::new(&hash).ok()
    };
    again().is_some_and(|again| stored.hash.is_some_and(|hash| hash == again))
}

/// In PHC's spelling.
fn spelt(params: &Params, salt: &[u8], hash: &[u8]) -> Result<Phc, argon2::password_hash::Error> {
    let phc = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params)?,
        salt: Some(Salt::new(salt)?),
        hash: Some(Output::new(hash)?),
    };
    Ok(Phc(phc.to_string()))
}

/// Refuses passwords that are too short or absurdly long.
pub fn check_password(password: &str) -> Result<(), AuthError> {
    let fits = password.chars().count() >= PASSWORD_CHARS_MIN && password.len() <= SECRET_BYTES_MAX;
    if fits { Ok(()) } else { Err(AuthError::WeakPassword { min: PASSWORD_CHARS_MIN }) }
}

fn is_outdated(stored: &PasswordHash, wanted: &Params) -> bool {
    Params::try_from(stored).map_or(true, |params| {
        params.m_cost() < wanted.m_cost()
            || params.t_cost() < wanted.t_cost()
            || params.p_cost() < wanted.p_cost()
    })
}

/// A hash that no secret has, at the same cost as a real one.
fn dummy(params: &Params, random: &Random) -> Result<Phc, argon2::password_hash::Error> {
    spelt(params, &random.bytes::<16>(), &random.bytes::<32>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::{PasswordHasher, PasswordVerifier};

    #[test]
    fn the_dummy_of_unknown_accounts_costs_what_a_real_hash_costs() {
        let random = Random::system();
        let hasher = Hasher::new(Pepper([7; 32]), Cost::default(), random.clone()).expect("works");
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, hasher.params.clone());
        let real = argon.hash_password_with_salt(b"secret", &random.bytes::<16>()).expect("hashes");
        let dummy = PasswordHash::new(&hasher.dummy.0).expect("in PHC's spelling");
        let shape = |phc: &PasswordHash| {
            let lengths = (phc.salt.map(|salt| salt.len()), phc.hash.map(|hash| hash.len()));
            (phc.algorithm, phc.version, phc.params.to_string(), lengths)
        };
        assert_eq!(shape(&dummy), shape(&real));
        assert_eq!(dummy.params.to_string(), "m=19456,t=2,p=1");
    }

    #[tokio::test]
    async fn hashes_are_those_of_the_library_and_their_memory_is_wiped_and_used_again() {
        let cost = Cost { memory_kib: 64, passes: 1 };
        let hasher = Hasher::new(Pepper([7; 32]), cost, Random::system()).expect("works");
        let hashing = (0..20).map(|n| {
            let hasher = hasher.clone();
            async move { hasher.hash(&format!("secret {n}")).await.expect("hashed") }
        });
        let hashes = futures_util::future::join_all(hashing).await;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, hasher.params.clone());
        for (n, phc) in hashes.iter().enumerate() {
            let stored = PasswordHash::new(&phc.0).expect("in PHC's spelling");
            let seasoned = hasher.pepper.season(&format!("secret {n}"));
            assert!(argon.verify_password(&seasoned, &stored).is_ok(), "another library would not know it");
            assert_eq!(
                hasher.verify(&format!("secret {n}"), Some(phc)).await.expect("verified"),
                Verdict::Right
            );
            assert_eq!(hasher.verify("secret", Some(phc)).await.expect("verified"), Verdict::Wrong);
        }
        let pieces = hasher.memory.pieces();
        assert!((1..=AT_ONCE).contains(&pieces.len()), "{} pieces", pieces.len());
        assert!(pieces.iter().flatten().all(|block| block.as_ref().iter().all(|word| *word == 0)));
    }

    #[test]
    fn a_password_is_measured_in_characters() {
        assert!(check_password("十二个字符的密码真的够了吗").is_ok());
        for weak in ["", "elevenchars", "十一个字符的密码不够长"] {
            assert!(matches!(check_password(weak), Err(AuthError::WeakPassword { min: 12 })), "{weak}");
        }
        assert!(check_password(&"x".repeat(SECRET_BYTES_MAX + 1)).is_err());
    }
}
