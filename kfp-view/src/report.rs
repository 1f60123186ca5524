//! The report of a run: one page with the picture, the times, and everything about every task.

mod data;
mod page;

use crate::run::of_run;
use crate::svg::{escaped, svg};
use kfp_engine::History;

/// The page, for `report.html` in the folder of the run: its links are relative to that. Logs and artifacts that are long are
/// shown in part.
pub fn report(history: &History) -> String {
    let data = data::of(history).to_string();
    // Nothing in it ends the script that holds it.
    let data = data.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let title = escaped(&history.name);
    let value = |mark: &str| match mark {
        "TITLE" => title.clone(),
        "STYLE" => page::STYLE.to_owned(),
        "PICTURE" => svg(&of_run(history)),
        "MOVE" => crate::page::MOVE.to_owned(),
        "SCRIPT" => page::SCRIPT.to_owned(),
        _ => data.clone(),
    };
    // Every second piece is a mark; what is put in is not looked at again.
    page::PAGE
        .split('@')
        .enumerate()
        .map(|(index, piece)| if index % 2 == 0 { piece.to_owned() } else { value(piece) })
        .collect()
}
