//! Secrets that stand in the manifest, for everybody who may read it.

use super::{Pod, SECRET, pods, warn};
use crate::check::{self, containers, items};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Graph, InputKind, Op, OpBody, OpText, Operand, Part};

const HELP: &str = "keep it in a Kubernetes `Secret`, and let the pod read it from there";

/// Warns of constants that are secrets, by the name of what they are given to or by what they look like.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for (part, place) in &graph.places {
        let Part::Param(pipeline, index) = *part else { continue };
        let Some(param) = graph[pipeline].params.get(index as usize) else { continue };
        if let InputKind::Parameter { default: Some(default), .. } = &param.kind {
            constant(&param.name, default, *place, found);
        }
    }
    // Few operations have many tasks.
    let told: Vec<Vec<String>> = graph.ops.iter().map(command_line).collect();
    for pod in pods(graph) {
        environment(&pod, found);
        arguments(&pod, found);
        for message in &told[pod.task.op.0 as usize] {
            warn(found, SECRET, pod.node.place, message.clone(), HELP);
        }
    }
}

fn environment(pod: &Pod<'_>, found: &mut Vec<Diagnostic>) {
    for variable in containers(&pod.options).flat_map(|(_, container)| items(container, "env")) {
        if let (Some(name), Some(value)) = (check::constant(&variable["name"]), check::constant(&variable["value"])) {
            constant(&name, &value, pod.node.place, found);
        }
    }
}

fn arguments(pod: &Pod<'_>, found: &mut Vec<Diagnostic>) {
    for (input, argument) in pod.op.inputs.iter().zip(&pod.task.args) {
        if let Some(Operand::Literal(value)) = argument {
            constant(&input.name, value, pod.node.place, found);
        }
    }
}

/// What a command says of secrets: `--password=..`, and `--password` before its value.
fn command_line(op: &Op) -> Vec<String> {
    let OpBody::Container(container) = &op.body else { return Vec::new() };
    let words: Vec<Option<String>> = container.command.iter().chain(&container.args).map(OpText::literal).collect();
    let told = |(index, word): (usize, &Option<String>)| {
        let word = word.as_ref()?;
        let flag = word.strip_prefix("--").unwrap_or_default();
        match (flag.split_once('='), words.get(index + 1)) {
            (Some((name, value)), _) => secret(name, value),
            (None, Some(Some(value))) if !value.starts_with('-') => secret(flag, value),
            _ => secret("", word),
        }
    };
    words.iter().enumerate().filter_map(told).collect()
}

fn constant(name: &str, value: &str, place: Place, found: &mut Vec<Diagnostic>) {
    if let Some(message) = secret(name, value) {
        warn(found, SECRET, place, message, HELP);
    }
}

/// What is said of a constant that is a secret.
fn secret(name: &str, value: &str) -> Option<String> {
    let what = match () {
        () if looks_secret(value) => "a key or a password",
        () if is_secret_name(name) && is_told(value) => "a secret by its name",
        () => return None,
    };
    let named = if name.is_empty() { "a word of the command".to_owned() } else { format!("`{name}`") };
    Some(format!("{named} is {what}, and the manifest shows it to everybody"))
}

/// Whether a value says something: nothing, a number and a switch are no secrets, `$(NAME)` only names one.
fn is_told(value: &str) -> bool {
    let value = value.trim().trim_matches('"');
    !value.is_empty()
        && value != "null"
        && !value.starts_with('$')
        && value.parse::<f64>().is_err()
        && value.parse::<bool>().is_err()
}

/// What a secret is called, and what stands before `key` in the name of one.
const SECRETS: [&str; 8] =
    ["password", "passwd", "passphrase", "secret", "token", "apikey", "credential", "credentials"];
const KEYS: [&str; 4] = ["api", "access", "private", "secret"];

/// Whether a name ends as names of secrets do: `DB_PASSWORD`, `api-key`, not `TOKEN_FILE`.
fn is_secret_name(name: &str) -> bool {
    let mut words = name.rsplit(|letter: char| !letter.is_alphanumeric());
    let is = |word: &str, wanted: &[&str]| wanted.iter().any(|wanted| word.eq_ignore_ascii_case(wanted));
    let last = words.next().unwrap_or_default();
    is(last, &SECRETS) || is(last, &["key"]) && words.next().is_some_and(|word| is(word, &KEYS))
}

/// The shortest that can have such a form: `://:b@`.
const SHORTEST: usize = 6;

/// Whether a value has the form of a key, or of an address with a password in it.
fn looks_secret(value: &str) -> bool {
    // Most values are short, and there are many.
    if value.len() < SHORTEST {
        return false;
    }
    let prefixes = ["ghp_", "github_pat_", "glpat-", "xoxb-", "sk-", "hf_"];
    let plain = |text: &str| text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter));
    let key = |prefix: &&str| value.strip_prefix(*prefix).is_some_and(|rest| rest.len() >= 20 && plain(rest));
    let aws = value.len() == 20
        && value.starts_with("AKIA")
        && value.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
    let pem = value.contains("-----BEGIN ") && value.contains("PRIVATE KEY-----");
    aws || pem || prefixes.iter().any(key) || has_password(value)
}

/// `scheme://user:password@host`
fn has_password(value: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else { return false };
    user.split_once(':').is_some_and(|(_, password)| !password.is_empty() && is_told(password))
}

#[cfg(test)]
mod tests {
    use super::{is_secret_name, is_told, looks_secret};

    #[test]
    fn names_of_secrets() {
        for name in ["DB_PASSWORD", "password", "api-key", "AWS_SECRET_ACCESS_KEY", "HF_TOKEN", "client.secret"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["TOKEN_FILE", "tokenizer", "max_tokens", "key", "secret_name", "monkey", ""] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn values_that_say_something() {
        for value in ["hunter2", "\"hunter2\""] {
            assert!(is_told(value), "{value}");
        }
        for value in ["", "\"\"", "null", "true", "42", "$(PASSWORD)"] {
            assert!(!is_told(value), "{value}");
        }
    }

    #[test]
    fn forms_of_keys() {
        for value in ["AKIAIOSFODNN7EXAMPLE", "postgres://me:hunter2@db/x", "-----BEGIN RSA PRIVATE KEY-----\nx"] {
            assert!(looks_secret(value), "{value}");
        }
        for value in ["AKIA", "https://example.org/a:b@c", "postgres://me@db/x", "s3://bucket/key", "sk-learn"] {
            assert!(!looks_secret(value), "{value}");
        }
    }
}
