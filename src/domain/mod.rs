//! The rules, pure: commands go in, facts or a rejection come out; facts fold into state. No clock, no chance, no
//! floats, no input or output. It does not know who calls it.

pub mod apply;
pub mod board;
pub mod cards;
pub mod command;
pub mod contest;
pub mod corrections;
pub mod cue;
pub mod decide;
pub mod display;
pub mod draw;
pub mod ending;
pub mod fact;
pub mod history;
pub mod ids;
pub mod interest;
pub mod look;
pub mod movement;
pub mod names;
pub mod plates;
pub mod points;
pub mod preflight;
pub mod programme;
pub mod rejection;
pub mod result;
pub mod roster;
pub mod rubric;
pub mod scoring;
pub mod shared;
pub mod signature;
pub mod tables;
pub mod time;
pub mod timer;
pub mod vote;
