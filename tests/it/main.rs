//! The one integration binary.

mod architecture;
mod auth;
mod contract;
mod durability;
mod harness;
mod journal;
mod rules;
mod secrecy;
mod store;
mod stories;
