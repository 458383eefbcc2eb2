//! Where the tables on a sheet are: a heading row, and what stands under it until the next table begins.
//!
//! Two tables may stand one under the other, or side by side with an empty column between them.

use super::columns::Field;
use super::grid::{Cell, Grid, Row};
use super::headings::{Kind, fold};

/// A heading stands among the first rows; below that a list has begun.
const HEADING_WITHIN: usize = 20;

/// One table on a sheet. Rows count from 1, columns from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// `None`: a table of something else.
    pub kind: Option<Kind>,
    /// From here, titles included.
    pub top: u32,
    /// The first row of headings, and the last: there may be two.
    pub heading: u32,
    pub headed: u32,
    /// Up to here, included.
    pub bottom: u32,
    pub left: u32,
    /// Up to here, included.
    pub right: u32,
    /// What stands alone above the headings of a further table.
    pub title: String,
}

/// The tables of a sheet. `kind`: what the first is, where that is known.
pub fn find(grid: &Grid, kind: Option<Kind>, hint: &str) -> Vec<Block> {
    let first = match kind {
        Some(kind) => heading_row(kind, grid).map(|row| (row, Some(kind))),
        None => grid.rows().take(HEADING_WITHIN).find_map(|(row, cells)| {
            let title = titles(grid, row).1;
            Some((row, Some(guessed(cells, &format!("{hint} {title}"))?)))
        }),
    };
    let Some((heading, kind)) = first else { return Vec::new() };
    let top = grid.rows().map(|(row, _)| row).next().unwrap_or(heading);
    let mut blocks = vec![block(grid, kind, top, heading, String::new())];
    for (row, cells) in grid.rows().filter(|(row, _)| *row > heading) {
        let Some(last) = blocks.last_mut().filter(|last| row > last.headed) else { continue };
        let (top, title) = titles(grid, row);
        let Some(kind) = further(cells, &title) else { continue };
        if texts(cells)
            == grid.rows().find(|(at, _)| *at == last.heading).map_or(Vec::new(), |(_, row)| texts(row))
        {
            continue;
        }
        last.bottom = top.max(last.headed + 1) - 1;
        let top = top.max(last.headed + 1);
        blocks.push(block(grid, kind, top, row, title));
    }
    blocks.into_iter().flat_map(|block| side_by_side(grid, block)).collect()
}

/// A table whose headings nobody knows: its columns wait to be told what they mean.
pub fn unheaded(grid: &Grid, kind: Kind) -> Option<Block> {
    let rows = || grid.rows().take(HEADING_WITHIN);
    let (row, _) = rows().find(|(_, cells)| cells.len() >= 2).or_else(|| rows().next())?;
    let top = grid.rows().next()?.0;
    Some(block(grid, Some(kind), top, row, String::new()))
}

/// The row says what the heading of its table says: a page began with it.
pub fn repeats(grid: &Grid, block: &Block, row: u32) -> bool {
    let own = |at: u32| {
        let cells = grid.rows().find(|(found, _)| *found == at);
        cells.map_or(Vec::new(), |(_, cells)| {
            texts(&cells.range(block.left..=block.right).map(|(at, cell)| (*at, cell.clone())).collect())
        })
    };
    let said = own(row);
    said.len() > 1 && said == own(block.heading)
}

fn block(grid: &Grid, kind: Option<Kind>, top: u32, heading: u32, title: String) -> Block {
    let bottom = grid.rows().map(|(row, _)| row).last().unwrap_or(heading);
    // Headings in two rows: one is merged over both.
    let below = grid.rows().find(|(row, _)| *row == heading + 1);
    let is_two = below.is_some_and(|(row, cells)| {
        let own = |column: &u32| !grid.is_filled(row, *column);
        let known = |kind: Kind| {
            cells.values().any(|cell| matches!(cell, Cell::Text(text) if kind.field(text).is_some()))
        };
        cells.keys().any(|column| grid.is_filled(row, *column))
            && cells.keys().any(own)
            && kind.is_some_and(known)
    });
    Block { kind, top, heading, headed: heading + u32::from(is_two), bottom, left: 0, right: u32::MAX, title }
}

/// The lone cells right above a row, and what they say.
fn titles(grid: &Grid, row: u32) -> (u32, String) {
    let (mut top, mut said) = (row, Vec::new());
    let above: Vec<_> = grid.rows().take_while(|(at, _)| *at < row).collect();
    for (at, cells) in above.into_iter().rev() {
        let alone = cells.len() == 1 && at + 2 >= top;
        match cells.values().next() {
            Some(Cell::Text(text)) if alone => {
                (top, said) = (at, [vec![text.trim().to_owned()], said].concat());
            }
            _ => break,
        }
    }
    (top, said.join(" "))
}

fn texts(cells: &Row) -> Vec<String> {
    let text = |cell: &Cell| if let Cell::Text(text) = cell { fold(text) } else { String::new() };
    cells.values().map(text).collect()
}

/// What the cells of a row name, each once, and how many of them name something.
fn fields(kind: Kind, cells: &Row) -> (Vec<Field>, usize) {
    let found: Vec<Field> = cells
        .values()
        .filter_map(|cell| if let Cell::Text(text) = cell { kind.field(text) } else { None })
        .collect();
    let known = found.len();
    let mut fields: Vec<Field> = found.into_iter().filter(|field| *field != Field::Aside).collect();
    fields.sort_unstable();
    fields.dedup();
    (fields, known)
}

fn is_complete(kind: Kind, fields: &[Field]) -> bool {
    let counts = kind != Kind::Rubric || fields.contains(&Field::Max) || fields.contains(&Field::Weight);
    counts && kind.required().iter().all(|field| fields.contains(field))
}

/// The heading of a block says something that its kind knows.
pub fn is_headed(grid: &Grid, block: &Block) -> bool {
    let rows = grid.rows().filter(|(row, _)| *row == block.heading || *row == block.headed);
    let known = |kind: Kind| rows.into_iter().any(|(_, cells)| fields(kind, cells).1 > 0);
    block.kind.is_some_and(known)
}

/// The heading of a block says everything that its kind needs.
pub fn is_whole(grid: &Grid, block: &Block) -> bool {
    let rows = grid.rows().filter(|(row, _)| *row == block.heading || *row == block.headed);
    let whole = |kind: Kind| rows.into_iter().any(|(_, cells)| is_complete(kind, &fields(kind, cells).0));
    block.kind.is_some_and(whole)
}

/// The first row that has every required heading and is made of headings; else the likeliest, so that an error can say
/// what it lacks.
fn heading_row(kind: Kind, grid: &Grid) -> Option<u32> {
    let rows = || grid.rows().take(HEADING_WITHIN).map(|(row, cells)| (row, cells, fields(kind, cells)));
    let broad = || rows().find(|(_, _, (fields, known))| *known >= 2 && is_complete(kind, fields));
    let lone = || rows().find(|(_, cells, (fields, _))| cells.len() == 1 && is_complete(kind, fields));
    let likeliest = || {
        let several = rows().filter(|(_, _, (_, known))| *known >= 2);
        several.max_by_key(|(row, _, (_, known))| (*known, std::cmp::Reverse(*row)))
    };
    broad().or_else(lone).or_else(likeliest).map(|(row, ..)| row)
}

/// What a table is by its headings alone.
fn guessed(cells: &Row, hint: &str) -> Option<Kind> {
    let all_text = cells.values().all(|cell| matches!(cell, Cell::Text(_)));
    let fits = |kind: &Kind| {
        let (fields, known) = fields(*kind, cells);
        let broad = fields.len() >= 2 || (known >= 2 && !fields.is_empty());
        let names_them = match kind {
            Kind::Judges => {
                is_called(cells, &["评委", "专家", "judge", "expert"])
                    || Kind::spoken_of(hint) == Some(Kind::Judges)
            }
            _ => true,
        };
        broad && names_them && is_complete(*kind, &fields) && known * 2 >= cells.len()
    };
    const LIKELIEST: [Kind; 5] = [Kind::Programme, Kind::Rubric, Kind::Judges, Kind::Projects, Kind::Rules];
    LIKELIEST.into_iter().filter(|_| all_text).find(fits)
}

fn is_called(cells: &Row, words: &[&str]) -> bool {
    let called = |text: &String| words.iter().any(|word| fold(text).contains(word));
    cells.values().any(|cell| matches!(cell, Cell::Text(text) if called(text)))
}

/// What the row begins, where it is the heading of a further table.
fn further(cells: &Row, title: &str) -> Option<Option<Kind>> {
    if let Some(kind) = guessed(cells, title) {
        let (fields, known) = fields(kind, cells);
        let enough = fields.len() >= 2 && known * 3 >= cells.len() * 2;
        return enough.then_some(Some(kind));
    }
    // A list of people: judges, where nothing says that they are somebody else.
    let (fields, known) = fields(Kind::Judges, cells);
    let people = is_called(cells, &["姓名", "name"]) && fields.contains(&Field::Name) && known >= 2;
    let judges = title.is_empty() && fields.contains(&Field::Unit);
    (people && known * 3 >= cells.len() * 2).then_some(judges.then_some(Kind::Judges))
}

/// Two tables beside each other are two.
fn side_by_side(grid: &Grid, whole: Block) -> Vec<Block> {
    let Some((_, cells)) = grid.rows().find(|(row, _)| *row == whole.heading) else { return vec![whole] };
    if whole.headed > whole.heading {
        return vec![whole];
    }
    let columns: Vec<u32> = cells.keys().copied().collect();
    let mut parts: Vec<Row> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        if at == 0 || columns[at - 1] + 1 < *column {
            parts.push(Row::new());
        }
        if let Some(part) = parts.last_mut() {
            part.extend(cells.get(column).map(|cell| (*column, cell.clone())));
        }
    }
    let known = |part: &Row| match whole.kind {
        Some(kind) if is_complete(kind, &fields(kind, part).0) && fields(kind, part).1 >= 2 => {
            Some(Some(kind))
        }
        _ => further(part, ""),
    };
    let kinds: Vec<_> = parts.iter().map(known).collect();
    if kinds.len() < 2 || kinds.iter().any(Option::is_none) {
        return vec![whole];
    }
    let starts: Vec<u32> = parts.iter().filter_map(|part| part.keys().next().copied()).collect();
    let mut blocks = Vec::new();
    for (at, kind) in kinds.into_iter().flatten().enumerate() {
        let left = if at == 0 { 0 } else { starts[at] };
        let right = starts.get(at + 1).map_or(u32::MAX, |next| next - 1);
        blocks.push(Block { kind, left, right, ..whole.clone() });
    }
    blocks
}
