//! The source line of a place, with a caret under it.

use kfp_core::diagnostic::Place;
use std::fs;
use std::path::Path;

/// The line as text and with a caret, if the file is found from one of these folders or those above them.
pub(crate) fn lines(place: Place, folders: &[&Path]) -> Option<[String; 2]> {
    let text = folders
        .iter()
        .flat_map(|folder| folder.ancestors())
        .find_map(|folder| fs::read_to_string(folder.join(place.file)).ok())?;
    let line = text.lines().nth(place.line.checked_sub(1)? as usize)?;
    let number = place.line.to_string();
    let before: String = line.chars().take(place.column.saturating_sub(1) as usize).collect();
    // Tabs stay tabs, so that the caret stands right whatever their width.
    let indent: String = before.chars().map(|letter| if letter == '\t' { '\t' } else { ' ' }).collect();
    Some([format!("{number} | {line}"), format!("{:width$} | {indent}^", "", width = number.len())])
}

#[cfg(test)]
mod tests {
    use super::lines;
    use kfp_core::diagnostic::Place;
    use std::path::Path;

    #[test]
    fn the_caret_stands_under_the_place() {
        let place = Place { file: "src/snippet.rs", line: 1, column: 5 };
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
        let [line, caret] = lines(place, &[&here]).unwrap();
        assert_eq!(line, "1 | //! The source line of a place, with a caret under it.");
        assert_eq!(caret, "  |     ^");
        assert_eq!(lines(Place { line: 0, ..place }, &[&here]), None);
        assert_eq!(lines(Place { line: 9999, ..place }, &[&here]), None);
        assert_eq!(lines(Place { file: "no/such.rs", ..place }, &[&here]), None);
    }
}
