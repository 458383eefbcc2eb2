mod auth;
mod store;
