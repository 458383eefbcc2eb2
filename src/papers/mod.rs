//! What leaves the hall: the tables of a contest, made from its facts by the questions that its pages ask, and the writers that render
//! each of them. What is in a table, it is in all renderings of it.
//!
//! Whoever may have them may know everything about closed pitches. Of a pitch whose window is open no mark is in any table, of a vote no
//! count before it is told, of a draw no secret.

pub mod aside;
pub mod cards;
pub mod cover;
pub mod csv;
pub mod json;
pub mod log;
pub mod matrix;
pub mod moment;
pub mod names;
pub mod panel;
pub mod print;
pub mod programme;
pub mod rule;
pub mod sentences;
pub mod source;
pub mod standings;
pub mod statistics;
pub mod table;
pub mod tables;
pub mod told;
pub mod votes;
pub mod words;
pub mod workbook;
