//! `list`: what the program holds.

use kfp_core::diagnostic::Place;
use kfp_core::registry::{ComponentRecord, PipelineRecord};
use std::fmt::Write;

pub(super) fn list(pipelines: &[&PipelineRecord], components: &[&ComponentRecord]) -> String {
    let pipelines: Vec<_> = pipelines.iter().map(|record| (record.name, record.place)).collect();
    let components: Vec<_> = components.iter().map(|record| (record.name, record.place)).collect();
    format!("{}{}", section("pipelines", &pipelines), section("components", &components))
}

fn section(title: &str, entries: &[(&str, Place)]) -> String {
    if entries.is_empty() {
        return format!("no {title}\n");
    }
    let width = entries.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let mut text = format!("{title}\n");
    for (name, place) in entries {
        let _ = writeln!(text, "  {name:width$}  {place}");
    }
    text
}
