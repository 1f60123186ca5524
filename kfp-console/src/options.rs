//! The options of `run` and `resume`, the same for the command and for the programs of crates.

use crate::{Show, say};
use kfp_core::argo::{Manifest, from_yaml};
use kfp_engine::{Again, Images, Options, Runner, Sources};
use lexopt::{Error, Parser, ValueExt};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How a workflow is to be run, as the command line says it.
#[derive(Debug, Default)]
pub struct RunOptions {
    /// What runs containers; programs of this machine if not given.
    pub runner: Option<Runner>,
    /// The parameters of the workflow.
    pub parameters: BTreeMap<String, String>,
    /// The program of the components, over that of the crate.
    pub program: Option<PathBuf>,
    /// The folder of the run, if it is given.
    pub out: Option<PathBuf>,
    shared: Option<PathBuf>,
    with: Vec<PathBuf>,
    slots: Option<usize>,
    is_not_isolated: bool,
    json: bool,
    sources: Sources,
    images: Images,
    is_uncached: bool,
    again: Option<Again>,
    supplied: Option<BTreeMap<String, String>>,
}

impl RunOptions {
    /// What `--help` says of them.
    pub const HELP: &str = "\
-p, --parameter NAME=VALUE  a parameter of the workflow
    --with FILE             manifests with templates that the workflow refers to
    --config-map NAME=PATH  a config map: a file is a key, a folder a key for each file, FILE.env one for each line
    --secret NAME=PATH      a secret, in the same way
    --images FILE           what stands for images here: `NAME: {command: [..], path: [FOLDER, ..], env: {..}}`
    --no-cache              run components again that have run before with the same code and inputs
    --from TASK             with `resume`: run this task of a finished run again, and what comes after it
    --failed                with `resume`: run again what has failed
    --resume                nothing waits for somebody
    --supply NAME=VALUE     a `supplied` output; implies --resume
    --out FOLDER            the folder of the run; kfp-runs/NAME-NUMBER if not given
    --shared FOLDER         what runs share: volumes, what is memoized; kfp-runs/shared if not given
    --program FILE          the program of the components, for manifests of the crate `kfp`
    --slots NUMBER          programs at the same time; twice the number of cores if not given
    --runner NAME           what runs containers: `podman` or `docker`; programs of this machine if not given
    --no-isolation          no root folder of its own for each task
    --json                  a line of JSON for each event";

    /// Reads the value of an option, given by its long name; whether there is such an option.
    pub fn read(&mut self, option: &str, parser: &mut Parser) -> Result<bool, Error> {
        match option {
            "parameter" => {
                let (name, value) = pair(parser, "-p NAME=VALUE")?;
                self.parameters.insert(name, value);
            }
            "config-map" => {
                let (name, path) = pair(parser, "--config-map NAME=PATH")?;
                self.sources.add_config_map(&name, Path::new(&path)).map_err(|refusal| refusal.to_string())?;
            }
            "secret" => {
                let (name, path) = pair(parser, "--secret NAME=PATH")?;
                self.sources.add_secret(&name, Path::new(&path)).map_err(|refusal| refusal.to_string())?;
            }
            "images" => {
                let path = PathBuf::from(parser.value()?);
                let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                let folder = path.parent().unwrap_or(Path::new(""));
                self.images = Images::read(&text, folder).map_err(|refusal| refusal.to_string())?;
            }
            "runner" => self.runner = Some(parser.value()?.parse()?),
            "no-cache" => self.is_uncached = true,
            "from" => self.again = Some(Again::From(parser.value()?.string()?)),
            "failed" => self.again = Some(Again::Failed),
            "resume" => drop(self.supplied.get_or_insert_default()),
            "supply" => {
                let (name, value) = pair(parser, "--supply NAME=VALUE")?;
                self.supplied.get_or_insert_default().insert(name, value);
            }
            "with" => self.with.push(parser.value()?.into()),
            "out" => self.out = Some(parser.value()?.into()),
            "shared" => self.shared = Some(parser.value()?.into()),
            "program" => self.program = Some(parser.value()?.into()),
            "slots" => self.slots = Some(parser.value()?.parse()?),
            "no-isolation" => self.is_not_isolated = true,
            "json" => self.json = true,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// For the engine, with the folder of the run, and manifests beside those given with `--with`.
    pub fn to_engine(&self, folder: PathBuf, beside: Vec<Manifest>) -> Result<Options, String> {
        let mut along = beside;
        for file in &self.with {
            along.extend(manifests(file)?);
        }
        let own = Options::new(folder);
        Ok(Options {
            shared: self.shared.clone().unwrap_or_else(|| own.shared.clone()),
            parameters: self.parameters.clone(),
            along,
            program: self.program.clone(),
            slots: self.slots,
            isolate: !self.is_not_isolated,
            sources: self.sources.clone(),
            images: self.images.clone(),
            cache: !self.is_uncached,
            runner: self.runner,
            again: self.again.clone(),
            supplied: self.supplied.clone(),
            ..own
        })
    }

    /// How the run is shown.
    pub fn show(&self) -> Show {
        if self.json { Show::Json } else { Show::Progress }
    }
}

/// The manifests of a file.
pub fn manifests(file: &Path) -> Result<Vec<Manifest>, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    from_yaml(&text).map_err(|error| format!("{}:{error}", file.display()))
}

/// Lets a node of a run go on that waits for somebody, or all of them, with the values of their outputs.
pub fn approve(folder: &Path, node: Option<&str>, values: &BTreeMap<String, String>) -> Result<(), String> {
    let names = kfp_engine::approve(folder, node, values).map_err(|refusal| refusal.to_string())?;
    for name in names {
        say::out(&format!("goes on    {name}"));
    }
    Ok(())
}

fn pair(parser: &mut Parser, form: &str) -> Result<(String, String), Error> {
    let text = parser.value()?.into_string()?;
    let (name, value) = text.split_once('=').ok_or_else(|| format!("`{text}` has no `=`; write `{form}`"))?;
    Ok((name.to_owned(), value.to_owned()))
}
