//! Chance that can be had again, and how much of it there is.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// A seed of its own for every run, told with a failure; `PODIUM_SEED` gives the same run again.
pub fn seed() -> u64 {
    let given = std::env::var("PODIUM_SEED").ok().and_then(|text| text.parse().ok());
    let seed = given.unwrap_or_else(rand::random);
    println!("PODIUM_SEED={seed}");
    seed
}

pub fn rng() -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed())
}

/// So many every day, so many behind `./test.sh full`.
pub fn runs(few: u64, full: u64) -> u64 {
    if std::env::var_os("PODIUM_FULL").is_some() { full } else { few }
}
