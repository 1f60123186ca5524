//! One call of a component in its container.

use super::Failure;
use super::command_line::CommandLine;
use super::failure::{ARTIFACT, COMMAND_LINE, PARAMETER, RETURNED_ERROR, UNSPEAKABLE, UNWRITTEN};
use super::staging::{Staging, refused};
use crate::artifact::{Input, Output};
use crate::wire;
use serde::{Serialize, de::DeserializeOwned};
use std::error::Error;
use std::fs;
use std::path::Path;

/// One call of a component in its container: where its inputs come from and its outputs go to.
///
/// The code that `#[component]` generates takes every input and output, calls the function, and hands over what it
/// returned.
#[derive(Debug)]
pub struct Invocation {
    component: &'static str,
    inputs: Vec<(String, String)>,
    outputs: Vec<(String, String)>,
    staging: Staging,
}

impl Invocation {
    pub(super) fn new(component: &'static str, line: CommandLine) -> Self {
        Self { component, inputs: line.inputs, outputs: line.outputs, staging: Staging::default() }
    }

    /// The value of an input that travels by value.
    pub fn parameter<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Failure> {
        let text = self.take_input(name)?;
        wire::from_text(&text)
            .map_err(|error| Failure::new(PARAMETER, 2, format!("{}: {error}", self.place("input", name))))
    }

    /// An input artifact, which must be there.
    pub fn input<A>(&mut self, name: &str) -> Result<Input<A>, Failure> {
        let path = self.take_input(name)?;
        match fs::metadata(&path) {
            Ok(_) => Ok(Input::from_path(path)),
            Err(error) => {
                let message = format!("{}: cannot read `{path}`: {error}", self.place("input", name));
                Err(Failure::new(ARTIFACT, 2, message))
            }
        }
    }

    /// An input artifact that may be missing: then there is nothing at its path.
    pub fn optional_input<A>(&mut self, name: &str) -> Result<Input<A>, Failure> {
        Ok(Input::from_path(self.take_input(name)?))
    }

    /// A place for an output artifact that may be left out.
    pub fn optional_output<A>(&mut self, name: &str) -> Result<Output<A>, Failure> {
        let path = self.stage(name)?.to_owned();
        self.staging.may_be_left_out();
        Ok(Output::placed(path))
    }

    /// A place for an output artifact.
    pub fn output<A>(&mut self, name: &str) -> Result<Output<A>, Failure> {
        Ok(Output::placed(self.stage(name)?))
    }

    /// Writes an output that travels by value.
    pub fn returns<T: Serialize + DeserializeOwned>(&mut self, name: &str, value: &T) -> Result<(), Failure> {
        let text = wire::to_text(value)
            .map_err(|error| Failure::new(UNSPEAKABLE, 1, format!("{}: {error}", self.place("output", name))))?;
        let path = self.stage(name)?.to_owned();
        fs::write(&path, text).map_err(|error| refused(self.component, name, &path.display().to_string(), &error))
    }

    /// That the function returned an error.
    pub fn failed(&self, error: &(dyn Error + 'static)) -> Failure {
        Failure::new(RETURNED_ERROR, 1, format!("component `{}` failed: {error}", self.component)).caused_by(error)
    }

    /// Moves the outputs to where they belong, if all of them are there and nothing else was asked for.
    pub(super) fn finish(self) -> Result<(), Failure> {
        if let Some((name, _)) = self.inputs.first() {
            return Err(refuse(format!("component `{}` has no input `{name}`", self.component)));
        }
        if let Some((name, _)) = self.outputs.first() {
            return Err(refuse(format!("component `{}` has no output `{name}`", self.component)));
        }
        let unwritten: Vec<&str> = self.staging.unwritten().collect();
        if let Some(name) = unwritten.first() {
            let message = format!("{}: the function ended without writing it", self.place("output", name));
            let help = format!("write to the `Output` with `{name}.write(..)`, or to `{name}.path()`");
            return Err(Failure::new(UNWRITTEN, 1, message).help(help));
        }
        self.staging.commit(self.component)
    }

    fn take_input(&mut self, name: &str) -> Result<String, Failure> {
        take(&mut self.inputs, name).ok_or_else(|| {
            refuse(format!("{} is missing: it is passed as `--{name} VALUE`", self.place("input", name)))
        })
    }

    fn stage(&mut self, name: &str) -> Result<&Path, Failure> {
        let Some(destination) = take(&mut self.outputs, name) else {
            let place = self.place("output", name);
            return Err(refuse(format!("{place} has no place: it is passed behind `--` as `--{name} PATH`")));
        };
        let component = self.component;
        self.staging.stage(name, &destination).map_err(|error| refused(component, name, &destination, &error))
    }

    fn place(&self, kind: &str, name: &str) -> String {
        format!("component `{}`: {kind} `{name}`", self.component)
    }
}

fn refuse(message: String) -> Failure {
    Failure::new(COMMAND_LINE, 2, message)
}

fn take(list: &mut Vec<(String, String)>, name: &str) -> Option<String> {
    let index = list.iter().position(|(known, _)| known == name)?;
    Some(list.remove(index).1)
}
