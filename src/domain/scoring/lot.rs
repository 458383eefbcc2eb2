//! The lot: who draws lower stands first, from a seed that was promised before. The running order is drawn alike.

use sha2::{Digest, Sha256};

const DOMAIN: &[u8] = b"roadshow-lot-v1";

/// What is published beforehand: the hash of the secret.
pub fn commitment(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// The seed: the secret, joined with what the hall contributed.
pub fn seed(secret: &str, contributions: &[String]) -> String {
    contributions.iter().fold(secret.to_owned(), |seed, one| format!("{seed}|{one}"))
}

/// A project's draw; ascending order is best first.
pub fn draw(seed: &str, project: &str) -> String {
    let mut hash = Sha256::new();
    for part in [DOMAIN, &[0], seed.as_bytes(), &[0], project.as_bytes()] {
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// Projects by their draws, best first.
pub fn order(seed: &str, projects: &[String]) -> Vec<String> {
    let mut drawn: Vec<_> = projects.iter().map(|project| (draw(seed, project), project.clone())).collect();
    drawn.sort();
    drawn.into_iter().map(|(_, project)| project).collect()
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
