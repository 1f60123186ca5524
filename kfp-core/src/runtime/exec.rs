//! `kfp-exec`: finds the component and calls it.

use super::command_line::CommandLine;
use super::failure::{FINGERPRINT, PANICKED, UNKNOWN};
use super::{Failure, Invocation, panics};
use crate::registry::{CLASH, ComponentRecord};
use std::ffi::OsString;

/// Runs one of the components with the arguments behind `kfp-exec`.
///
/// # Errors
/// Whatever went wrong, with the exit code that says so. Then no output is at its destination.
pub fn exec(components: &[&'static ComponentRecord], args: impl IntoIterator<Item = OsString>) -> Result<(), Failure> {
    let line = CommandLine::parse(args)?;
    let record = find(components, &line)?;
    let mut invocation = Invocation::new(record.name, line);
    match panics::catch(|| (record.run)(&mut invocation)) {
        Ok(ended) => ended?,
        Err(panic) => {
            let message = format!("component `{}` panicked at {panic}", record.name);
            return Err(Failure::new(PANICKED, 101, message));
        }
    }
    invocation.finish()
}

fn find(components: &[&'static ComponentRecord], line: &CommandLine) -> Result<&'static ComponentRecord, Failure> {
    let name = &line.component;
    let mut found = components.iter().filter(|record| record.name == *name);
    let Some(record) = found.next() else {
        let known: Vec<String> = components.iter().map(|record| format!("`{}`", record.name)).collect();
        let help = if known.is_empty() {
            "the program has no components: is the crate that declares them used anywhere?".to_owned()
        } else {
            format!("it has {}", known.join(", "))
        };
        return Err(Failure::new(UNKNOWN, 2, format!("the program has no component `{name}`")).help(help));
    };
    if let Some(other) = found.next() {
        let message = format!("component `{name}` is declared twice: at {} and at {}", record.place, other.place);
        return Err(Failure::new(CLASH, 2, message).help("rename one with `#[component(name = \"..\")]`"));
    }
    if line.fingerprint.as_ref().is_some_and(|fingerprint| *fingerprint != record.fingerprint()) {
        let message = format!("component `{name}` has other inputs or outputs in this image than in the manifest");
        let help = "they come from different sources: build the image again, or compile the manifest again";
        return Err(Failure::new(FINGERPRINT, 2, message).help(help));
    }
    Ok(record)
}
