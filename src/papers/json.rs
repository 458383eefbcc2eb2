//! A table as JSON. Numbers are texts, as they are printed; `struck` names the cells of a row that were left out.

use crate::papers::moment::Zone;
use crate::papers::source::Heading;
use crate::papers::table::{Cell, Table};
use serde_json::{Value, json};

pub fn write(table: &Table, heading: &Heading, zone: &Zone) -> Value {
    let columns: Vec<Value> =
        table.columns.iter().map(|column| json!({"key": column.key, "name": column.name})).collect();
    let cells = |row: &Vec<Cell>| row.iter().map(|cell| plain(cell, zone)).collect();
    let rows: Vec<Vec<Value>> = table.rows.iter().map(cells).collect();
    let struck = table.rows.iter().enumerate().flat_map(|(at, row)| {
        let is_struck = |cell: &Cell| matches!(cell, Cell::Number(number) if number.struck);
        row.iter().enumerate().filter(move |(_, cell)| is_struck(cell)).map(move |(of, _)| [at, of])
    });
    json!({
        "contest": heading.code,
        "title": heading.title,
        "state": heading.state,
        "rehearsal": heading.rehearsal.is_some(),
        "head": heading.head,
        "table": table.key,
        "name": table.name,
        "columns": columns,
        "rows": rows,
        "struck": struck.collect::<Vec<_>>(),
    })
}

fn plain(cell: &Cell, zone: &Zone) -> Value {
    match cell {
        Cell::Blank => Value::Null,
        Cell::Text(text) => text.as_str().into(),
        Cell::Number(number) => number.printed.as_str().into(),
        Cell::Time(at) => zone.said(*at).into(),
    }
}
