use super::error::SheetError; use crate::domain::command::Blueprint;
pub struct RosterFile { pub blueprint: Blueprint, pub skipped: Vec<SheetError> }
pub fn read_roster(_f: &str, _b: &[u8]) -> Result<RosterFile, Vec<SheetError>> { Err(vec![]) }
