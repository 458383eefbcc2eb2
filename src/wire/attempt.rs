//! Which run of a pitch something is of: a pitch's first run needs no number.

pub fn first() -> u16 {
    1
}

pub fn is_first(attempt: &u16) -> bool {
    *attempt == 1
}
