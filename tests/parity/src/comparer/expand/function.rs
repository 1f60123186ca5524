//! Functions of a language: what runs in their containers cannot be the same text, what they are given and give can.

use crate::comparer::Result;
use crate::comparer::plan::Fact;
use crate::comparer::scope::Scope;
use crate::comparer::text::Text;
use kfp::argo::Container;
use std::collections::BTreeMap;

/// A task that calls a function, of Python or of Rust.
pub(super) struct Function {
    name: String,
    /// Names of inputs with what they are given.
    inputs: Vec<(String, String)>,
    /// Names of outputs by their paths.
    outputs: BTreeMap<String, String>,
}

impl Function {
    /// The function that a container calls, if it is one of the two kinds.
    pub(super) fn of(container: &Container) -> Option<Self> {
        let words: Vec<&str> = container.command.iter().chain(&container.args).map(String::as_str).collect();
        if let [_, "kfp-exec", name, rest @ ..] = &words[..] {
            let at = rest.iter().position(|word| *word == "--").unwrap_or(rest.len());
            let outputs = pairs(rest.get(at + 1..).unwrap_or_default()).into_iter().map(|(flag, path)| (path, flag));
            return Some(Self::new(name.split('@').next()?, pairs(&rest[..at]), outputs));
        }
        let of_python = |window: &&[String]| window[0] == "-ec" && window[1].starts_with("program_path=$(mktemp)");
        let source = &container.command.windows(3).find(of_python)?[2];
        let name = source.split("_outputs = ").nth(1)?.split('(').next()?;
        let (inputs, outputs) = python(&container.args, source);
        Some(Self::new(name, inputs, outputs.into_iter()))
    }

    fn new(name: &str, inputs: Vec<(String, String)>, outputs: impl Iterator<Item = (String, String)>) -> Self {
        let plain = |name: &str| name.trim_start_matches('-').replace('-', "_").to_lowercase();
        let inputs = inputs.into_iter().map(|(flag, value)| (plain(&flag), value)).collect();
        Self { name: plain(name), inputs, outputs: outputs.map(|(path, name)| (path, plain(&name))).collect() }
    }

    /// What is known of the task instead of its command line.
    pub(super) fn facts(&self, scope: &Scope) -> Result<Vec<(String, Fact)>> {
        let mut facts = vec![("calls the function".to_owned(), Fact::Text(Text::constant(&self.name)))];
        for (name, value) in &self.inputs {
            facts.push((format!("input {name}"), Fact::Text(scope.text(value)?)));
        }
        facts.extend(self.outputs.values().map(|name| ("writes".to_owned(), Fact::Text(Text::constant(name)))));
        Ok(facts)
    }

    /// The name of the output at a path.
    pub(super) fn output(&self, path: &str) -> Option<&String> {
        self.outputs.get(path)
    }
}

type Pairs = Vec<(String, String)>;

fn pairs(words: &[&str]) -> Pairs {
    words.chunks(2).filter_map(|pair| Some((pair[0].to_owned(), (*pair.get(1)?).to_owned()))).collect()
}

/// The inputs and the outputs (path, name) of the SDK's command line.
fn python(args: &[String], source: &str) -> (Pairs, Pairs) {
    let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
    let mut rest = args.iter();
    while let Some(flag) = rest.next() {
        if flag == "----output-paths" {
            // The returned ones: their folder is named after them.
            outputs.extend(rest.by_ref().map(|path| (path.clone(), folder(path))));
        } else if let Some(value) = rest.next() {
            let is_output = source.contains(&format!("\"{flag}\"")) && value.starts_with("/tmp/outputs/");
            if is_output {
                outputs.push((value.clone(), flag.clone()));
            } else {
                inputs.push((flag.clone(), value.clone()));
            }
        }
    }
    (inputs, outputs)
}

fn folder(path: &str) -> String {
    path.split('/').rev().nth(1).unwrap_or_default().to_owned()
}
