//! Names for addresses in a pod: `hostAliases`.

use crate::places::Places;
use crate::pod::Pod;
use std::fmt::Write;
use std::fs;
use std::io;

const FILE: &str = "/etc/hosts";

/// Adds the names of the manifest to those of the machine, where the task looks for them.
pub(crate) fn place(pod: &Pod, places: &mut Places) -> io::Result<()> {
    if pod.hosts.is_empty() {
        return Ok(());
    }
    if places.is_shared() {
        return Err(io::Error::other(
            "`hostAliases` need a root folder of the task's own, and there is no isolation here",
        ));
    }
    let mut text = fs::read_to_string(FILE).unwrap_or_default();
    for alias in &pod.hosts {
        let names = alias["hostnames"].as_array().into_iter().flatten().filter_map(|name| name.as_str());
        let names: Vec<&str> = names.collect();
        // Writing to a string does not fail.
        let _ = writeln!(text, "{} {}", alias["ip"].as_str().unwrap_or_default(), names.join(" "));
    }
    let path = places.give(FILE)?;
    fs::create_dir_all(path.parent().unwrap_or(&path))?;
    fs::write(path, text)
}
