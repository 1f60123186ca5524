//! `compile [NAME] [--kind KIND] [-o PATH] [--json]`.

use super::{ARCHIVE, FILES, Outcome, USAGE};
use crate::archive::Archive;
use crate::argo;
use crate::compiled::{self, Compiled};
use crate::files;
use crate::levels::Levels;
use kfp_core::diagnostic::Diagnostics;
use kfp_core::graph::ManifestKind;
use kfp_core::registry::{ComponentRecord, PipelineRecord};
use kfp_grammar::nearest;
use lexopt::prelude::{Long, Short, Value};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

const USE: &str = "compile NAME, compile NAME -o FILE.yaml, or compile -o FOLDER";

/// The arguments of `compile`.
#[derive(Default, Debug)]
struct Arguments {
    name: Option<String>,
    output: Option<PathBuf>,
    json: bool,
    kind: Option<ManifestKind>,
    deny: Option<String>,
}

impl Arguments {
    /// What is written: JSON where that is asked for, or where the file is named so.
    fn text(&self, compiled: &Compiled) -> String {
        let is_json = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "json");
        if self.json || self.output.as_ref().is_some_and(is_json) {
            argo::to_json(&compiled.manifest) + "\n"
        } else {
            argo::to_yaml(&compiled.manifest)
        }
    }
}

pub(super) fn run(
    args: impl IntoIterator<Item = OsString>,
    pipelines: &[&PipelineRecord],
    components: &[&ComponentRecord],
) -> Outcome {
    let arguments = match parse(args) {
        Ok(arguments) => arguments,
        Err(message) => return Outcome::refused(USAGE, &message, USE),
    };
    if let Some(file) = arguments.output.as_deref().filter(|file| Archive::of(file).is_some())
        && cfg!(not(feature = "archive"))
    {
        let message = format!("`{}` needs the feature `archive` of kfp", file.display());
        let help =
            "add it where the crate depends on kfp, `kfp = { .., features = [\"archive\"] }`, or write `-o FILE.yaml`";
        return Outcome::refused(ARCHIVE, &message, help);
    }
    let chosen = match choose(pipelines, arguments.name.as_deref()) {
        Ok(chosen) => chosen,
        Err(refused) => return refused,
    };
    let to_folder =
        arguments.name.is_none() && (chosen.len() > 1 || arguments.output.as_deref().is_some_and(Path::is_dir));
    if to_folder && arguments.output.is_none() {
        let message = format!("there are {} pipelines, and one manifest to print", chosen.len());
        return Outcome::refused(USAGE, &message, "name one of them, or write all of them with `-o FOLDER`");
    }
    let levels = match Levels::read(arguments.deny.as_deref().unwrap_or_default(), "") {
        Ok(levels) => levels,
        Err(message) => return Outcome { stderr: format!("error: {message}\n"), exit: 2, ..Outcome::default() },
    };
    let (compiled, found) = compiled::compile(&chosen, components, &levels, arguments.kind);
    if found.has_errors() {
        return Outcome::default().diagnostics(&found);
    }
    finish(&compiled, &found, &arguments, to_folder)
}

fn finish(compiled: &[Compiled], found: &Diagnostics, arguments: &Arguments, to_folder: bool) -> Outcome {
    let written = match arguments.output.as_deref() {
        None => return Outcome::text(compiled.iter().map(|one| arguments.text(one)).collect()).diagnostics(found),
        Some(folder) if to_folder => write_all(compiled, folder, arguments),
        Some(file) => compiled.iter().try_for_each(|one| write(file, &arguments.text(one))),
    };
    match written {
        Ok(()) => Outcome::default().diagnostics(found),
        Err(error) => Outcome { stderr: format!("error[{FILES}]: {error}\n"), exit: 1, ..Outcome::default() },
    }
}

fn write(file: &Path, text: &str) -> std::io::Result<()> {
    match Archive::of(file) {
        Some(archive) => files::replace(file, archive.pack(text)?),
        None => files::replace(file, text),
    }
}

fn write_all(compiled: &[Compiled], folder: &Path, arguments: &Arguments) -> std::io::Result<()> {
    fs::create_dir_all(folder)
        .map_err(|error| std::io::Error::new(error.kind(), format!("cannot make `{}`: {error}", folder.display())))?;
    compiled.iter().try_for_each(|one| {
        let file = folder.join(&one.file);
        files::replace(&if arguments.json { file.with_extension("json") } else { file }, arguments.text(one))
    })
}

fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Arguments, String> {
    let mut arguments = Arguments::default();
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Short('o') | Long("output") if arguments.output.is_none() => {
                arguments.output = Some(parser.value().map_err(|error| error.to_string())?.into());
            }
            Long("kind") if arguments.kind.is_none() => {
                arguments.kind = Some(kind(&parser.value().map_err(|error| error.to_string())?)?);
            }
            Long("json") if !arguments.json => arguments.json = true,
            Long("deny") if arguments.deny.is_none() => {
                let list = parser.value().map_err(|error| error.to_string())?;
                arguments.deny = Some(list.to_string_lossy().into_owned());
            }
            Value(name) if arguments.name.is_none() => arguments.name = Some(name.to_string_lossy().into_owned()),
            Value(name) => {
                return Err(format!("`compile` takes one name, and `{}` is another", name.to_string_lossy()));
            }
            other => return Err(format!("`compile`: {}", other.unexpected())),
        }
    }
    Ok(arguments)
}

/// The kind of this name.
fn kind(name: &OsStr) -> Result<ManifestKind, String> {
    let name = name.to_string_lossy();
    ManifestKind::of_name(&name).ok_or_else(|| {
        let known = ManifestKind::ALL.map(ManifestKind::name);
        let near = nearest(&name, known).map_or_else(|| known.join(", "), |near| format!("did you mean `{near}`?"));
        format!("`--kind {name}`: there is no such manifest; {near}")
    })
}

pub(super) fn choose<'a>(
    pipelines: &[&'a PipelineRecord],
    name: Option<&str>,
) -> Result<Vec<&'a PipelineRecord>, Outcome> {
    if pipelines.is_empty() {
        let help =
            "a pipeline is a function with `#[pipeline]` in a module of this program, or in a crate that it uses";
        return Err(Outcome::refused(USAGE, "the program has no pipelines", help));
    }
    let Some(name) = name else { return Ok(pipelines.to_vec()) };
    let chosen: Vec<_> = pipelines.iter().copied().filter(|record| record.name == name).collect();
    if chosen.is_empty() {
        let known = pipelines.iter().map(|record| record.name);
        let help = match nearest(name, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there is {}", known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
        };
        return Err(Outcome::refused(USAGE, &format!("there is no pipeline `{name}`"), &help));
    }
    Ok(chosen)
}
