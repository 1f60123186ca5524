//@ mistakes: 2
use kfp::prelude::*;
use std::collections::BTreeMap;

#[component(script)]
fn draw(map: BTreeMap<String, i64>) -> Vec<Vec<Option<f64>>> {
    vec![vec![map.get("a").map(|_| 1.0)]]
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Own(i64);

#[component(script, dependencies = ["serde_json = \"1\""])]
fn count(map: BTreeMap<String, i64>) -> Own {
    Own(map.into_values().sum())
}

#[pipeline]
fn p() {
    draw(BTreeMap::new());
    count(BTreeMap::new());
}

fn main() {}
