//! Components whose source is in the manifest.

#![allow(clippy::print_stdout, reason = "what the scripts print is what is tested")]

#[cfg(test)]
use crate::snapshot::check;
use kfp::prelude::*;

/// A table of numbers.
#[derive(Artifact)]
enum Table {}

/// Scales a number.
#[component(script)]
fn scale(
    /// What is scaled.
    number: f64,
    #[default(10)] factor: i64,
    flag: bool,
) -> f64 {
    // As it was written, with its comments.
    let factor = if flag { factor } else { 1 };
    println!("{number}*{factor} is {{scaled}}");
    number * f64::from(i32::try_from(factor).unwrap_or(0))
}

/// Gives its text back, as it came.
#[component(script, image = "rust:1.95-slim", cpu = "1")]
fn größe(text: String, r#type: String) -> Result<String, String> {
    macro_rules! joined {
        ($($part:expr),*) => { [$($part),*].concat() };
    }
    if text.is_empty() {
        return Err(format!("`{text}` is empty: {{}} ~~ $$"));
    }
    Ok(joined![text.as_str(), "|", r#type.as_str()])
}

#[component(script)]
fn lists(names: Vec<String>, most: Option<f64>, note: Option<String>) -> Vec<Option<String>> {
    let mut lists: Vec<Option<String>> = names.into_iter().map(Some).collect();
    lists.push(most.map(|most| format!("{most:?}")));
    lists.push(note);
    lists
}

#[component(script)]
fn write_table(rows: Vec<i64>, table: Output<Table>) -> std::io::Result<()> {
    use std::io::Write;
    let mut file = table.create()?;
    for row in rows {
        writeln!(file, "{row}")?;
    }
    Ok(())
}

#[component(script)]
fn sum(table: Input<Table>, copy: Output<Text>) -> Result<i64, std::io::Error> {
    let text = table.read_to_string()?;
    copy.write(&text)?;
    let total = text.lines().filter_map(|line| line.parse::<i64>().ok()).sum();
    println!("the sum is {total}");
    Ok(total)
}

#[component(script, dependencies = ["itoa = \"1\"", "serde_json = { version = \"1\" }"])]
fn counted(map: std::collections::BTreeMap<String, u64>) -> (u64, String) {
    let total: u64 = map.values().sum();
    println!("counted {}", itoa::Buffer::new().format(total));
    (total, map.into_keys().collect())
}

#[pipeline]
fn scripts(text: String, flag: bool, names: Vec<String>) {
    let scaled = scale(1.5, _, flag);
    scale(scaled, 2, true);
    größe(text, "-- --type $HOME `id` \"it's\"\n{x}} \u{1F600}");
    let texts = lists(names, 2.0, text);
    lists(vec!["{ \"a\": [1] }"], None::<f64>, None::<String>);
    größe(show(texts), "y");
}

/// Says what it was given.
#[component(script)]
fn show(texts: Vec<Option<String>>) -> String {
    println!("{texts:?}");
    format!("{} texts", texts.len())
}

/// Tables, from one script to the next.
#[pipeline]
fn scripts_files(rows: Vec<i64>) {
    let table = write_table(rows);
    sum(table);
    sum("1\n2\n");
}

#[pipeline]
fn scripts_fail(text: String) {
    größe(text, "x");
}

/// Panics where there is nothing to halve.
#[component(script)]
fn halve(numbers: Vec<i64>) -> i64 {
    numbers[0] / 2
}

#[pipeline]
fn scripts_panic(numbers: Vec<i64>) {
    halve(numbers);
}

/// Takes any JSON.
#[component(script, dependencies = ["serde_json = \"1\""])]
fn joined(json: serde_json::Value) {
    let parts: Vec<String> = json.as_array().into_iter().flatten().map(ToString::to_string).collect();
    let quoted = |part: &String| format!("{:?}", part.trim_matches('"'));
    println!("joined [{}]", parts.iter().map(quoted).collect::<Vec<_>>().join(","));
}

#[pipeline]
fn scripts_package() {
    counted(std::collections::BTreeMap::from([("a".to_owned(), 2), ("b".to_owned(), 3)]));
    joined(serde_json::json!([5, "ab"]));
}

#[test]
fn source_in_the_manifest() {
    check(
        "scripts",
        &[
            "scale(1.5, default 10, flag); scale-2(scale's output, 2, true), by one template",
            "gr-e(text, odd text); lists(names, 2, text as JSON); lists-2(one text, null, null)",
            "show(lists' output); gr-e-2(show's output, y)",
        ],
        scripts::workflow(),
    );
    check("scripts_fail", &["gr-e(text, x), which fails if the text is empty"], scripts_fail::workflow());
    check("scripts_panic", &["halve(numbers), which panics without numbers"], scripts_panic::workflow());
}

#[test]
fn files_of_scripts() {
    check(
        "scripts_files",
        &["write-table(rows); sum(its table); sum-2(raw text becomes an artifact)"],
        scripts_files::workflow(),
    );
}

#[test]
fn dependencies_of_scripts() {
    check(
        "scripts_package",
        &["counted(a map as JSON) and joined(any JSON), compiled by cargo"],
        scripts_package::workflow(),
    );
}

#[test]
fn scripts_are_functions() {
    assert_eq!(scale(2.0, 3, true).to_bits(), 6.0_f64.to_bits());
    assert!(größe(String::new(), String::new()).is_err());
}
