//! What was probably meant by a word that nobody knows.

/// The known word that is at most a few letters away from what was written.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(1);
    let near = known.into_iter().map(|candidate| (distance(word, candidate), candidate));
    // With as many changes as letters, anything is near.
    let longest = |candidate: &str| word.chars().count().max(candidate.chars().count());
    near.filter(|(distance, candidate)| *distance <= allowed && *distance < longest(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters to insert, remove or replace.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn typing_errors() {
        let verbs = ["list", "compile", "kfp-exec"];
        assert_eq!(nearest("compil", verbs), Some("compile"));
        assert_eq!(nearest("lsit", verbs), None);
        assert_eq!(nearest("lits", ["lists"]), Some("lists"));
        assert_eq!(nearest("lis", verbs), Some("list"));
        assert_eq!(nearest("kfpexec", verbs), Some("kfp-exec"));
        assert_eq!(nearest("run", verbs), None);
        assert_eq!(nearest("aa", ["a"]), Some("a"));
        assert_eq!(nearest("c", ["a"]), None);
    }
}
