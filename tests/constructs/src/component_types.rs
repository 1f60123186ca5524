//! Component files that are written here and read here have the types that they had.

#![allow(clippy::print_stdout, reason = "what steps print is their log")]

#[cfg(test)]
use crate::snapshot::check;
use kfp::prelude::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

#[derive(Outputs)]
struct Given {
    text: String,
    whole: i64,
    part: f64,
    whether: bool,
    list: Vec<Json>,
    map: BTreeMap<String, Json>,
}

/// Gives what it takes, one of each type that KFP has a name for.
#[allow(clippy::too_many_arguments, reason = "one of each type")]
#[component(image = "steps:1")]
fn one_of_each(
    text: String,
    #[default(3)] whole: i64,
    part: f64,
    whether: bool,
    list: Vec<Json>,
    map: BTreeMap<String, Json>,
    table: Input<Dataset>,
    copy: Output<Dataset>,
) -> Result<Given, std::io::Error> {
    let rows = table.read_to_string()?;
    println!("{text} {whole} {part} {whether} {} {} {rows}", Json::from(list.clone()), json!(map));
    copy.write(rows)?;
    Ok(Given { text, whole, part, whether, list, map })
}

kfp::import_component! {
    fn the_same = "components/one_of_each.yaml";
}

#[pipeline]
#[allow(clippy::too_many_arguments, reason = "one of each type")]
fn component_types(text: String, part: f64, whether: bool, list: Vec<Json>, map: BTreeMap<String, Json>) {
    let first = one_of_each(text, _, part, whether, list, map, "1,2");
    let second = the_same(
        text = first.text,
        whole = first.whole,
        part = first.part,
        whether = first.whether,
        list = first.list,
        map = first.map,
        table = first.copy,
    );
    one_of_each(second.text, second.whole, second.part, second.whether, second.list, second.map, second.copy);
}

#[test]
fn are_those_of_the_file() {
    check(
        "component_types",
        &["one-of-each of the parameters, then the component of the file with what it gives, then the first again"],
        component_types::workflow(),
    );
}
