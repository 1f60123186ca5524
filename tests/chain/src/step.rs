//! Templates of kind `container`: one command of this machine.

use crate::workflow::Runner;
use crate::{Phase, Scope, Stuck, Values};
use kfp_core::argo::{Container, Template};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

impl Runner<'_> {
    pub(crate) fn step(
        &mut self,
        template: &Template,
        container: &Container,
        inputs: &Values,
        scope: Scope,
        path: &str,
    ) -> Result<(Phase, Values), Stuck> {
        let folder = self.folder(path);
        let files = Files::new(template, inputs, &folder)?;
        let text = |text: &String| scope.substitute(&files.moved(text));
        let argv = container.command.iter().chain(&container.args).map(text).collect::<Result<Vec<_>, _>>()?;
        let Some((program, arguments)) = argv.split_first() else {
            return Err(Stuck::new(format!("the container of `{}` has no command", template.name)));
        };
        let program = self.program(program)?;
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&folder).stdin(Stdio::null());
        for variable in &container.env {
            command.env(&variable.name, text(&variable.value.clone().unwrap_or_default())?);
        }
        if !self.setup.verbose {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        }
        self.say(&format!("--- {path}: {}", argv.join(" ")));
        let status =
            command.status().map_err(|error| Stuck::new(format!("`{}` cannot be started: {error}", argv[0])))?;
        let (phase, outputs) =
            if status.success() { files.outputs(template)? } else { (Phase::Failed, Values::default()) };
        if phase != Phase::Succeeded {
            self.say(&format!("    {phase}: {status}"));
        }
        for (name, value) in &outputs.parameters {
            self.say(&format!("    {name} = {value}"));
        }
        for (name, path) in &outputs.artifacts {
            self.say(&format!("    {name}: {}", path.display()));
        }
        self.steps.push((path.to_owned(), phase, outputs.clone()));
        Ok((phase, outputs))
    }

    /// A program by its path, or by its name in the folders for programs and then in those of `PATH`.
    fn program(&self, name: &str) -> Result<PathBuf, Stuck> {
        if name.contains('/') {
            return Ok(PathBuf::from(name));
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = self.setup.programs.iter().cloned().chain(env::split_paths(&path));
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        let mut candidates = folders.map(|folder| folder.join(&file));
        candidates
            .find(|file| file.is_file())
            .ok_or_else(|| Stuck::new(format!("there is no program `{name}` on this machine; its image would have it")))
    }

    /// Prints a line, with the files named from the folder of the run on.
    #[expect(clippy::print_stdout, reason = "asked for by `verbose`")]
    fn say(&self, line: &str) {
        if self.setup.verbose {
            println!("{}", line.replace(&format!("{}/", self.setup.folder.display()), ""));
        }
    }
}

/// The files that a template names in the container, and where they are on this machine.
struct Files(Vec<(String, PathBuf)>);

impl Files {
    fn new(template: &Template, inputs: &Values, folder: &Path) -> Result<Self, Stuck> {
        let mut files = Vec::new();
        for artifact in &template.inputs.artifacts {
            if let (Some(path), Some(given)) = (&artifact.path, inputs.artifacts.get(&artifact.name)) {
                files.push((path.clone(), given.clone()));
            }
        }
        let parameters = template.outputs.parameters.iter().filter_map(|p| p.value_from.as_ref()?.path.as_ref());
        let artifacts = template.outputs.artifacts.iter().filter_map(|artifact| artifact.path.as_ref());
        for path in parameters.chain(artifacts) {
            let moved = folder.join(path.trim_start_matches('/'));
            if let Some(parent) = moved.parent() {
                let made = fs::create_dir_all(parent);
                made.map_err(|error| Stuck::new(format!("{}: {error}", parent.display())))?;
            }
            files.push((path.clone(), moved));
        }
        // A longer path before its start.
        files.sort_by(|a, b| b.0.cmp(&a.0));
        fs::create_dir_all(folder).map_err(|error| Stuck::new(format!("{}: {error}", folder.display())))?;
        Ok(Self(files))
    }

    /// A text of the template, with the paths of this machine. Before any value is put in: a value is nobody's path.
    fn moved(&self, text: &str) -> String {
        let mut moved = String::new();
        let mut rest = text;
        // In one pass: a path of this machine may hold one of the container.
        while let Some(first) = rest.chars().next() {
            if let Some((path, here)) = self.0.iter().find(|(path, _)| rest.starts_with(path.as_str())) {
                moved.push_str(&here.to_string_lossy());
                rest = &rest[path.len()..];
            } else {
                moved.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        moved
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.iter().find(|(known, _)| known == path).map_or_else(PathBuf::new, |(_, moved)| moved.clone())
    }

    /// What the step has written. What is missing fails it.
    fn outputs(&self, template: &Template) -> Result<(Phase, Values), Stuck> {
        let mut values = Values::default();
        for parameter in &template.outputs.parameters {
            let from = parameter.value_from.clone().unwrap_or_default();
            let Some(path) = &from.path else {
                return Err(Stuck::new(format!("the output `{}` comes from no file", parameter.name)));
            };
            let text = match fs::read_to_string(self.at(path)) {
                Ok(text) => text.strip_suffix('\n').map(str::to_owned).unwrap_or(text),
                Err(_) => match from.default {
                    Some(default) => default.into(),
                    None => return Ok((Phase::Failed, values)),
                },
            };
            values.parameters.insert(parameter.name.clone(), text);
        }
        for artifact in &template.outputs.artifacts {
            let path = self.at(artifact.path.as_deref().unwrap_or_default());
            if path.exists() {
                values.artifacts.insert(artifact.name.clone(), path);
            } else if !artifact.optional {
                return Ok((Phase::Failed, values));
            }
        }
        Ok((Phase::Succeeded, values))
    }
}
