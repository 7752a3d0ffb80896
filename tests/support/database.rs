//! What stands in a database that was exported: every cell of every table and view, and every word that its search knows.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB};
use std::fmt::Write as _;

/// A database of these bytes.
pub fn opened(bytes: &[u8]) -> Connection {
    let mut database = Connection::open_in_memory().expect("memory");
    database
        .deserialize_read_exact(MAIN_DB, bytes, bytes.len(), false)
        .expect("a database");
    database
}

/// The rows that a question is answered with, cells apart by tabs.
pub fn rows(database: &Connection, question: &str) -> Vec<String> {
    let mut question = database.prepare(question).expect("a question");
    let count = question.column_count();
    let mut answers = question.query([]).expect("an answer");
    let mut rows = Vec::new();
    while let Some(row) = answers.next().expect("a row") {
        let mut text = String::new();
        for at in 0..count {
            let _ = match row.get_ref(at).expect("a cell") {
                ValueRef::Null => write!(text, "\t"),
                ValueRef::Integer(number) => write!(text, "{number}\t"),
                ValueRef::Real(number) => write!(text, "{number}\t"),
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                    write!(text, "{}\t", String::from_utf8_lossy(bytes))
                }
            };
        }
        text.truncate(text.len() - 1);
        rows.push(text);
    }
    rows
}

/// The tables and views, without those in which the search keeps its words.
pub fn tables(database: &Connection) -> Vec<String> {
    let question = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'search_%' \
                    AND name NOT LIKE 'sqlite_%' ORDER BY name";
    rows(database, question)
}

/// All of it as text.
pub fn told(bytes: &[u8]) -> Vec<u8> {
    let database = opened(bytes);
    database
        .execute_batch("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, search, row)")
        .expect("the words of the search");
    let mut text = String::new();
    for table in tables(&database) {
        for row in rows(&database, &format!("SELECT * FROM \"{table}\"")) {
            let _ = writeln!(text, "{table}\t{row}");
        }
    }
    for word in rows(&database, "SELECT term FROM temp.words") {
        let _ = writeln!(text, "word\t{word}");
    }
    text.into_bytes()
}
