#[derive(Debug)]
pub struct SheetError { pub sheet: String, pub row: Option<u32>, pub column: Option<String>, pub code: &'static str, pub params: Vec<(&'static str, String)> }
impl std::fmt::Display for SheetError { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, "{:?}", self) } }
