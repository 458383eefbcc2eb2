//! The one integration binary.

mod architecture;
mod auth;
mod contract;
mod store;
