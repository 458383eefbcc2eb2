pub mod error; pub mod roster; pub mod template;
