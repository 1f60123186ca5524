//! The shell script that compiles a program and runs it.

/// Writes the program into a folder of its own, compiles it, and becomes it. What does not compile ends with 2.
pub(super) fn script(source: &str, dependencies: &[&str]) -> String {
    let (manifest, compile, program) = if dependencies.is_empty() {
        let compile = "rustc --edition 2024 -O -o \"$folder/program\" \"$folder/main.rs\"";
        (String::new(), compile, "program")
    } else {
        let compile = "cargo build --quiet --release --manifest-path \"$folder/Cargo.toml\" --target-dir \"$folder\"";
        (file_of("Cargo.toml", &package(dependencies)), compile, "release/kfp-script")
    };
    let source = file_of("main.rs", source);
    format!(
        "folder=`mktemp -d`\n\
         {manifest}{source}\
         {compile} >&2 || {{ echo \"error: the source of component \\`$0\\` does not compile\" >&2; exit 2; }}\n\
         exec \"$folder/{program}\" \"$@\"\n"
    )
}

fn package(dependencies: &[&str]) -> String {
    let dependencies = dependencies.join("\n");
    format!(
        "[package]\nname = \"kfp-script\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [[bin]]\nname = \"kfp-script\"\npath = \"main.rs\"\n\n\
         [dependencies]\n{dependencies}\n\n[workspace]\n"
    )
}

/// What writes a file, exactly.
///
/// Argo replaces `{{..}}`, and Kubernetes `$(..)` and `$$`, wherever they stand. Where the text has such a pair, a mark
/// stands between its two characters, one that the text has nowhere, and `sed` takes it out again.
fn file_of(name: &str, text: &str) -> String {
    let mark = mark(text);
    let (program, text) = match separated(text, &mark) {
        same if same == text => ("cat".to_owned(), same),
        marked => (format!("sed 's/{mark}//g'"), marked),
    };
    let mut end = "END".to_owned();
    while text.lines().any(|line| line == end) {
        end.push('_');
    }
    format!("{program} >\"$folder/{name}\" <<'{end}'\n{text}{end}\n")
}

fn is_pair(first: char, second: char) -> bool {
    matches!((first, second), ('{', '{') | ('$', '(' | '$'))
}

fn separated(text: &str, mark: &str) -> String {
    let mut marked = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        marked.push(character);
        if characters.peek().is_some_and(|next| is_pair(character, *next)) {
            marked.push_str(mark);
        }
    }
    marked
}

/// A text that this one has nowhere.
fn mark(text: &str) -> String {
    let mut mark = "~~".to_owned();
    while text.contains(&mark) {
        mark.push('~');
    }
    mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_would_replace_is_marked() {
        assert_eq!(file_of("a", "x {y}\n"), "cat >\"$folder/a\" <<'END'\nx {y}\nEND\n");
        assert_eq!(
            file_of("a", "{{{x}}} $(y) $$\n~~\nEND\n"),
            "sed 's/~~~//g' >\"$folder/a\" <<'END_'\n{~~~{~~~{x}}} $~~~(y) $~~~$\n~~\nEND\nEND_\n"
        );
    }
}
