//! Names: any text in a component file, `snake_case` for those who write code.

use crate::name::to_port;

/// The names as KFP's Python SDK has them: lower case, words joined by `_`, `n` before a leading digit. What is written
/// so already keeps its name; of others that meet, the later ones get `_2`, `_3`, ..
///
/// A name of which nothing is left is `input`, or what `fallback` says.
pub fn snake_names(names: &[&str], fallback: &str) -> Vec<String> {
    let as_written: Vec<&str> = names.iter().copied().filter(|name| snake(name) == *name).collect();
    let mut taken: Vec<String> = as_written.iter().map(|name| (*name).to_owned()).collect();
    let mut snakes = Vec::new();
    for name in names {
        if as_written.contains(name) {
            snakes.push((*name).to_owned());
            continue;
        }
        let wanted = match snake(name) {
            wanted if wanted.is_empty() => fallback.to_owned(),
            wanted => wanted,
        };
        let free = free(wanted, '_', |name| taken.iter().any(|taken| taken == name));
        taken.push(free.clone());
        snakes.push(free);
    }
    snakes
}

/// Names that stay apart in a manifest, as parameters and as folders: as written where they do.
pub fn graph_names(names: &[&str], fallback: &str) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    let mut unique = Vec::new();
    for name in names {
        let wanted = if squeezed(name).is_empty() { fallback } else { name };
        let name = free(wanted.to_owned(), '-', |name| taken.contains(&squeezed(name)));
        taken.push(squeezed(&name));
        unique.push(name);
    }
    unique
}

fn free(wanted: String, joint: char, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(&wanted) {
        return wanted;
    }
    let mut number = 2_usize;
    loop {
        let name = format!("{wanted}{joint}{number}");
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}

/// What two names have in common if Argo, or the file system, cannot tell them apart.
fn squeezed(name: &str) -> String {
    let port = to_port(name);
    port.split(['-', '_']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

fn snake(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let snake = words.collect::<Vec<_>>().join("_");
    if snake.starts_with(|c: char| c.is_ascii_digit()) { format!("n{snake}") } else { snake }
}
