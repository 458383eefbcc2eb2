//! The one integration binary.

mod auth;
mod contract;
mod store;
