//! `component [NAME] [-o PATH]`: components as files for pipelines in Python.

use super::{FILES, Outcome, USAGE};
use crate::compiled::file_name;
use crate::files;
use kfp_core::component_file::component_file;
use kfp_core::registry::ComponentRecord;
use kfp_grammar::nearest;
use lexopt::prelude::{Long, Short, Value};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

const USE: &str = "component NAME, component NAME -o component.yaml, or component -o FOLDER";

pub(super) fn run(args: impl IntoIterator<Item = OsString>, components: &[&ComponentRecord]) -> Outcome {
    let (name, output) = match parse(args) {
        Ok(arguments) => arguments,
        Err(error) => return Outcome::refused(USAGE, &format!("`component`: {error}"), USE),
    };
    let text = |record: &ComponentRecord| component_file(&(record.op)());
    let written = match (name, output) {
        (None, None) => return Outcome::refused(USAGE, "`component` needs the name of one", USE),
        (None, Some(folder)) => write_all(components, &folder, text),
        (Some(name), output) => match (components.iter().find(|record| record.name == name), output) {
            (None, _) => return unknown(&name, components),
            (Some(record), output) => {
                let Some(text) = text(record) else {
                    let message = format!("a component file cannot say what `{name}` runs");
                    return Outcome::refused(
                        USAGE,
                        &message,
                        "what depends on the run, as a field of a value, has no place there",
                    );
                };
                match output {
                    None => return Outcome::text(text),
                    Some(file) => files::replace(&file, text),
                }
            }
        },
    };
    match written {
        Ok(()) => Outcome::default(),
        Err(error) => Outcome { stderr: format!("error[{FILES}]: {error}\n"), exit: 1, ..Outcome::default() },
    }
}

fn parse(args: impl IntoIterator<Item = OsString>) -> Result<(Option<String>, Option<PathBuf>), lexopt::Error> {
    let (mut name, mut output) = (None, None);
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(argument) = parser.next()? {
        match argument {
            Short('o') | Long("output") if output.is_none() => output = Some(parser.value()?.into()),
            Value(given) if name.is_none() => name = Some(given.to_string_lossy().into_owned()),
            other => return Err(other.unexpected()),
        }
    }
    Ok((name, output))
}

fn write_all(
    components: &[&ComponentRecord],
    folder: &Path,
    text: impl Fn(&ComponentRecord) -> Option<String>,
) -> io::Result<()> {
    fs::create_dir_all(folder)
        .map_err(|error| io::Error::new(error.kind(), format!("cannot make `{}`: {error}", folder.display())))?;
    // Those that such a file cannot hold are left out.
    let mut found = components.iter().filter_map(|record| Some((file_name(record.name), text(record)?)));
    found.try_for_each(|(file, text)| files::replace(&folder.join(file), text))
}

fn unknown(name: &str, components: &[&ComponentRecord]) -> Outcome {
    let help = match nearest(name, components.iter().map(|record| record.name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`list` shows the components that this program runs".to_owned(),
    };
    Outcome::refused(USAGE, &format!("there is no component `{name}`"), &help)
}
