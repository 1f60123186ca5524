//! A text in lines, changed line by line and character by character.

use crate::bytes::Decisions;

/// Pieces that matter to readers of YAML and of Argo's variables.
const PIECES: [&str; 24] = [
    "{{", "}}", "{{=", "'", "\"", ": ", "- ", "\n", "  ", "[", "]", "{", "}", "|", ">", "&a", "*a", "!!str", "\t",
    "null", "é", "\u{feff}", "<<: ", "%YAML",
];

/// What bytes make of one of the texts; pieces of all of them are put into it.
pub(crate) fn changed(texts: &[String], data: &[u8]) -> String {
    let mut decide = Decisions::new(data);
    let Some(seed) = texts.get(decide.below(texts.len())) else { return String::new() };
    let mut lines: Vec<String> = seed.lines().map(str::to_owned).collect();
    while !decide.is_over() {
        change(texts, &mut lines, &mut decide);
    }
    lines.join("\n")
}

fn change(texts: &[String], lines: &mut Vec<String>, decide: &mut Decisions<'_>) {
    let kind = decide.byte() % 8;
    let at = decide.below(lines.len());
    if at >= lines.len() {
        return;
    }
    match kind {
        0 => drop(lines.remove(at)),
        1 => {
            let to = decide.below(lines.len());
            lines.swap(at, to);
        }
        2 => {
            let line = lines[at].clone();
            lines.insert(at, line);
        }
        3 => {
            let other = &texts[decide.below(texts.len())];
            let line = other.lines().nth(decide.below(40)).unwrap_or_default();
            lines.insert(at, line.to_owned());
        }
        // The same key with what another line has.
        4 => {
            let other = lines[decide.below(lines.len())].clone();
            let value = other.split_once(": ").map_or("", |(_, value)| value);
            let key = lines[at].split_once(": ").map(|(key, _)| key.to_owned());
            if let Some(key) = key {
                lines[at] = format!("{key}: {value}");
            }
        }
        _ => {
            let line = &mut lines[at];
            let places: Vec<usize> = line.char_indices().map(|(place, _)| place).chain([line.len()]).collect();
            let from = places[decide.below(places.len())];
            let to = places[decide.below(places.len())].max(from);
            line.replace_range(if kind == 5 { from..to } else { from..from }, PIECES[decide.below(PIECES.len())]);
        }
    }
}
