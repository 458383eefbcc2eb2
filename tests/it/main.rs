//! The one integration binary.

mod analysis;
mod architecture;
mod auth;
mod cli;
mod cockpit;
mod contract;
mod documents;
mod durability;
mod frames;
mod harness;
mod journal;
mod model;
mod presets;
mod protocol;
mod robots;
mod rosters;
mod rules;
mod scoring;
mod secrecy;
mod store;
mod stories;
mod tablets;
mod tally;
mod timing;
mod verify;
