//! A template that changes a resource of a cluster, and waits until the resource says what is wanted.

use crate::kubectl::Kubectl;
use crate::outcome::{Outcome, Outputs, Phase};
use crate::places::Places;
use crate::pod::Pod;
use crate::{jq, leaf};
use kfp_core::argo::ResourceTemplate;
use kfp_grammar::condition::{self, Operator, Requirement};
use serde_json::Value;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often a resource is looked at; on a cluster every 5 seconds, and the same variable says otherwise.
const PERIOD: Duration = Duration::from_secs(1);
const PERIOD_VARIABLE: &str = "RESOURCE_STATE_CHECK_INTERVAL";
/// How often is looked whether the run is being stopped.
const STEP: Duration = Duration::from_millis(50);

/// Runs it to its end.
pub(crate) fn run(pod: &Pod, resource: &ResourceTemplate, places: &mut Places) -> io::Result<Outcome> {
    let kubectl = Kubectl::new(pod);
    let ended = match manifest(pod, resource, places)? {
        Ok(file) => act(&kubectl, pod, resource, file.as_deref())?,
        Err(message) => Err(message),
    };
    Ok(match ended {
        Ok(outputs) => Outcome { outputs, ..Outcome::new(Phase::Succeeded, "") },
        // On a cluster it is the program of the pod that fails.
        Err(message) => {
            let outputs = Outputs { exit_code: Some(1), ..Outputs::default() };
            Outcome { outputs, ..Outcome::new(Phase::Failed, message) }
        }
    })
}

/// The file of the manifest, if there is one.
fn manifest(
    pod: &Pod,
    resource: &ResourceTemplate,
    places: &mut Places,
) -> io::Result<Result<Option<PathBuf>, String>> {
    let text = match &resource.manifest_from {
        Some(from) => {
            let name = from["artifact"]["name"].as_str().unwrap_or_default();
            let artifact = pod.template.inputs.artifacts.iter().find(|artifact| artifact.name == name);
            let Some(path) = artifact.and_then(|artifact| artifact.path.as_deref()) else {
                return Ok(Err(format!("`manifestFrom`: there is no input artifact `{name}` with a path")));
            };
            fs::read_to_string(places.host(path)?)?
        }
        None => resource.manifest.clone().unwrap_or_default(),
    };
    if text.is_empty() {
        return Ok(if resource.flags.is_empty() {
            Err("it has neither a manifest nor flags".to_owned())
        } else {
            Ok(None)
        });
    }
    let file = places.folder.join("manifest.yaml");
    fs::write(&file, text)?;
    Ok(Ok(Some(file)))
}

fn act(
    kubectl: &Kubectl<'_>,
    pod: &Pod,
    resource: &ResourceTemplate,
    file: Option<&Path>,
) -> io::Result<Result<Outputs, String>> {
    let arguments = match arguments(resource, file) {
        Ok(arguments) => arguments,
        Err(message) => return Ok(Err(message)),
    };
    kubectl.say(&format!("kubectl {}", arguments.join(" ")))?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let printed = match kubectl.call(&arguments)? {
        Ok(printed) => printed,
        Err(message) => return Ok(Err(message)),
    };
    // What is deleted, and what `get --ignore-not-found` does not find, has no name and no outputs.
    let is_nothing = resource.action == "delete" || resource.action == "get" && printed.trim().is_empty();
    let named = if is_nothing { Ok(None) } else { name(&printed).map(Some) };
    let named = match named {
        Ok(named) => named,
        Err(message) => return Ok(Err(message)),
    };
    if let Some(name) = &named
        && let Err(message) = wait(kubectl, pod, resource, name)?
    {
        return Ok(Err(message));
    }
    outputs(kubectl, pod, named.as_ref())
}

/// The command line, as Argo's executor has it.
fn arguments(resource: &ResourceTemplate, file: Option<&Path>) -> Result<Vec<String>, String> {
    let mut all = vec![resource.action.clone()];
    let is_deleted = resource.action == "delete";
    if is_deleted {
        all.push("--ignore-not-found".to_owned());
    }
    let path = file.map(|file| file.to_string_lossy().into_owned());
    let mut is_named_by_file = true;
    if let Some(path) = path.clone().filter(|_| resource.action == "patch") {
        let strategy =
            resource.merge_strategy.as_deref().filter(|strategy| !strategy.is_empty()).unwrap_or("strategic");
        all.extend(["--type", strategy, "--patch-file"].map(str::to_owned));
        all.push(path.clone());
        // A list of JSON patches names no resource, and neither does a patch without a `kind`: the flags do.
        is_named_by_file = strategy != "json" && (resource.flags.is_empty() || has_kind(&path)?);
    }
    all.extend(resource.flags.iter().cloned());
    if let Some(path) = path.filter(|_| is_named_by_file) {
        all.extend(["-f".to_owned(), path]);
    }
    all.extend(["-o", if is_deleted { "name" } else { "json" }].map(str::to_owned));
    Ok(all)
}

fn has_kind(path: &str) -> Result<bool, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    Ok(text.lines().any(|line| line.starts_with("kind:"))
        || serde_json::from_str::<Value>(&text).is_ok_and(|it| it.get("kind").is_some()))
}

/// How a resource is asked for: its name space, and `kind.group/name`.
struct Named {
    namespace: Option<String>,
    whole: String,
}

impl Named {
    fn get<'a>(&'a self, format: &'a str) -> Vec<&'a str> {
        let namespace = self.namespace.iter().flat_map(|namespace| ["-n", namespace]);
        namespace.chain(["get", &self.whole, "-o", format]).collect()
    }
}

fn name(printed: &str) -> Result<Named, String> {
    let it: Value = serde_json::from_str(printed).map_err(|error| format!("kubectl printed no JSON: {error}"))?;
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let (Some(kind), Some(name)) = (text(&it["kind"]), text(&it["metadata"]["name"])) else {
        return Err("kubectl printed no resource with a kind and a name".to_owned());
    };
    let group = it["apiVersion"].as_str().and_then(|version| version.split_once('/')).map(|(group, _)| group);
    let group = group.map(|group| format!(".{group}")).unwrap_or_default();
    Ok(Named { namespace: text(&it["metadata"]["namespace"]), whole: format!("{}{group}/{name}", kind.to_lowercase()) })
}

/// Looks at the resource until a condition holds.
fn wait(kubectl: &Kubectl<'_>, pod: &Pod, resource: &ResourceTemplate, name: &Named) -> io::Result<Result<(), String>> {
    let texts = [&resource.success_condition, &resource.failure_condition];
    if texts.iter().all(|text| text.as_deref().unwrap_or_default().is_empty()) {
        return Ok(Ok(()));
    }
    let [success, failure] = match texts.map(|text| condition::parse(text.as_deref().unwrap_or_default())) {
        [Ok(success), Ok(failure)] => [success, failure],
        [Err(mistake), _] | [_, Err(mistake)] => return Ok(Err(mistake.message)),
    };
    let period = std::env::var(PERIOD_VARIABLE).ok().and_then(|text| leaf::duration(&text).ok()).unwrap_or(PERIOD);
    loop {
        match kubectl.call(&name.get("json"))? {
            Ok(printed) => match state(&serde_json::from_str(&printed).unwrap_or_default(), &success, &failure) {
                State::Succeeded => return Ok(Ok(())),
                State::Failed(why) => return Ok(Err(why)),
                State::Open(why) => kubectl.say(&format!("{}: waiting for {why}", name.whole))?,
            },
            Err(message) if message.contains("(NotFound)") => {
                return Ok(Err(format!("{} was deleted while its state was waited for", name.whole)));
            }
            Err(message) if message.contains("(Forbidden)") || message.contains("Unauthorized") => {
                return Ok(Err(message));
            }
            // The cluster may be back the next time.
            Err(_) => {}
        }
        let start = Instant::now();
        while start.elapsed() < period {
            if pod.running.is_told(pod.id) {
                return Ok(Err("it was stopped while it waited".to_owned()));
            }
            std::thread::sleep(STEP.min(period));
        }
    }
}

#[derive(PartialEq, Eq, Debug)]
enum State {
    Succeeded,
    Failed(String),
    /// The first requirement that does not hold.
    Open(String),
}

/// Any requirement of the failure fails it; all of the success have to hold.
fn state(resource: &Value, success: &[Requirement<'_>], failure: &[Requirement<'_>]) -> State {
    if let Some(met) = failure.iter().find(|requirement| holds(resource, requirement)) {
        return State::Failed(format!("the failure condition `{}` holds", text(met)));
    }
    match success.iter().find(|requirement| !holds(resource, requirement)) {
        None => State::Succeeded,
        Some(open) => State::Open(format!("`{}`", text(open))),
    }
}

fn text(it: &Requirement<'_>) -> String {
    let values = it.values.join(", ");
    match it.operator {
        Operator::Exists => it.key.to_owned(),
        Operator::DoesNotExist => format!("!{}", it.key),
        Operator::Equals => format!("{} == {values}", it.key),
        Operator::NotEquals => format!("{} != {values}", it.key),
        Operator::In => format!("{} in ({values})", it.key),
        Operator::NotIn => format!("{} notin ({values})", it.key),
        Operator::GreaterThan => format!("{} > {values}", it.key),
        Operator::LessThan => format!("{} < {values}", it.key),
    }
}

fn holds(resource: &Value, it: &Requirement<'_>) -> bool {
    let found = find(resource, it.key).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    let is_among = found.as_ref().is_some_and(|found| it.values.iter().any(|value| value == found));
    let number = |text: &str| text.parse::<i64>().ok();
    let compared = || Some(number(found.as_ref()?)?.cmp(&number(it.values.first()?)?));
    match it.operator {
        Operator::Exists => found.is_some(),
        Operator::DoesNotExist => found.is_none(),
        Operator::Equals | Operator::In => is_among,
        Operator::NotEquals | Operator::NotIn => !is_among,
        Operator::GreaterThan => compared().is_some_and(std::cmp::Ordering::is_gt),
        Operator::LessThan => compared().is_some_and(std::cmp::Ordering::is_lt),
    }
}

/// What is at a path of names and indices, joined by dots.
fn find<'a>(resource: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(resource, |at, name| match at {
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        at => at.get(name),
    })
}

fn outputs(kubectl: &Kubectl<'_>, pod: &Pod, named: Option<&Named>) -> io::Result<Result<Outputs, String>> {
    let mut outputs = Outputs { exit_code: Some(0), ..Outputs::default() };
    let mut whole = None;
    for parameter in &pod.template.outputs.parameters {
        let Some(from) = &parameter.value_from else { continue };
        let Some(named) = named else {
            let default = from.default.as_ref().map(|text| text.0.clone()).unwrap_or_default();
            outputs.parameters.insert(parameter.name.clone(), default);
            continue;
        };
        let wrong = |message: String| format!("the output `{}`: {message}", parameter.name);
        let value = match (&from.json_path, &from.jq_filter) {
            (Some(path), _) => kubectl.call(&named.get(&format!("jsonpath={path}")))?,
            (None, Some(filter)) => {
                let printed = match whole.take() {
                    Some(printed) => printed,
                    None => kubectl.call(&named.get("json"))?,
                };
                whole.insert(printed).clone().and_then(|printed| jq::apply(filter, &printed))
            }
            (None, None) => continue,
        };
        match value {
            Ok(value) => outputs.parameters.insert(parameter.name.clone(), value),
            Err(message) => return Ok(Err(wrong(message))),
        };
    }
    Ok(Ok(outputs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn conditions_hold_as_selectors_do() {
        let job = json!({"status": {"succeeded": 2, "phase": "Running", "ready": true, "items": [{"name": "a"}], "none": null}});
        for (text, wanted) in [
            ("status.succeeded > 1", true),
            ("status.succeeded > 2", false),
            ("status.succeeded < 3", true),
            ("status.phase == Running", true),
            ("status.phase = Failed", false),
            ("status.phase in (Failed, Running)", true),
            ("status.phase notin (Failed, Running)", false),
            ("status.absent notin (Failed)", true),
            ("status.absent != x", true),
            ("status.absent > 1", false),
            ("status.ready == true", true),
            ("status.items.0.name == a", true),
            ("status.items.1.name", false),
            ("status.none", true),
            ("!status.absent", true),
            ("status.phase == Running, status.succeeded > 5", false),
        ] {
            let requirements = condition::parse(text).expect(text);
            assert_eq!(state(&job, &requirements, &[]) == State::Succeeded, wanted, "{text}");
        }
        let failure = condition::parse("status.phase == Failed, status.ready == true").expect("a condition");
        assert_eq!(
            state(&job, &[], &failure),
            State::Failed("the failure condition `status.ready == true` holds".to_owned()),
            "one is enough, and comes first"
        );
    }

    #[test]
    fn the_command_line_is_that_of_argo() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("manifest.yaml");
        let line = |text: &str, action: &str, strategy: &str, flags: &[&str]| {
            fs::write(&file, text).expect("a file");
            let resource = ResourceTemplate {
                action: action.to_owned(),
                merge_strategy: (!strategy.is_empty()).then(|| strategy.to_owned()),
                flags: flags.iter().map(|flag| (*flag).to_owned()).collect(),
                ..ResourceTemplate::default()
            };
            let file = (!text.is_empty()).then_some(file.as_path());
            arguments(&resource, file).expect("a command line").join(" ").replace(&*folder.path().to_string_lossy(), "")
        };
        assert_eq!(line("kind: Job", "create", "", &[]), "create -f /manifest.yaml -o json");
        assert_eq!(
            line("kind: Job", "apply", "", &["--validate=false"]),
            "apply --validate=false -f /manifest.yaml -o json"
        );
        assert_eq!(line("kind: Job", "delete", "", &[]), "delete --ignore-not-found -f /manifest.yaml -o name");
        assert_eq!(line("", "delete", "", &["cm", "a"]), "delete --ignore-not-found cm a -o name");
        let patch = "patch --type strategic --patch-file /manifest.yaml";
        assert_eq!(line("kind: Job", "patch", "", &[]), format!("{patch} -f /manifest.yaml -o json"));
        assert_eq!(line("data: {}", "patch", "", &["cm", "a"]), format!("{patch} cm a -o json"));
        assert_eq!(
            line("[]", "patch", "json", &["cm", "a"]),
            format!("{} cm a -o json", patch.replace("strategic", "json"))
        );
    }
}
