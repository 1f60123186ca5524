//! Artifacts through a volume: every reference to an artifact becomes a parameter that holds a folder of the volume, and
//! every container mounts that folder where its file is. KFP's `KubernetesVolume`.

use crate::argo::{Artifact, Container, Parameter, Spec, Task, Template, ValueFrom, VolumeMount};
use crate::graph::DataVolume;
use serde_json::Map;

/// The name of the volume.
const VOLUME: &str = "data-storage";
/// What the name of an artifact's parameter has more than the artifact.
const SUFFIX: &str = "-subpath";

/// Rewrites a workflow. The two artifacts that KFP reads are artifacts all the same.
pub(super) fn pass_through(spec: &mut Spec, data: &DataVolume) {
    for template in &mut spec.templates {
        leaf(template, &data.path_prefix);
        block(template);
    }
    let mut volume = Map::from_iter([("name".to_owned(), VOLUME.into())]);
    volume.extend(data.volume.as_object().cloned().unwrap_or_default());
    spec.volumes.push(volume.into());
}

fn leaf(template: &mut Template, prefix: &str) {
    let script = template.script.as_mut().map(|script| &mut script.container);
    let Some(container) = template.container.as_deref_mut().or(script) else { return };
    for artifact in std::mem::take(&mut template.inputs.artifacts) {
        let name = format!("{}{SUFFIX}", artifact.name);
        let folder = format!("{{{{inputs.parameters.{name}}}}}");
        template.inputs.parameters.push(Parameter { name, ..Parameter::default() });
        mount(container, &artifact, folder, true);
    }
    for artifact in std::mem::take(&mut template.outputs.artifacts) {
        let folder = format!("{prefix}{{{{workflow.uid}}}}_{{{{pod.name}}}}/{}", artifact.name);
        template.outputs.parameters.push(Parameter {
            name: format!("{}{SUFFIX}", artifact.name),
            value: Some(folder.clone().into()),
            ..Parameter::default()
        });
        mount(container, &artifact, folder, false);
        if super::leaf::is_artifact_of_kfp(&artifact.name) {
            template.outputs.artifacts.push(artifact);
        }
    }
}

/// Mounts the folder where the artifact's file is; the volume holds folders, so that files have one name everywhere.
fn mount(container: &mut Container, artifact: &Artifact, folder: String, read_only: bool) {
    let path = artifact.path.as_deref().unwrap_or_default();
    container.volume_mounts.push(VolumeMount {
        name: VOLUME.to_owned(),
        mount_path: path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
        sub_path: Some(folder),
        read_only,
        ..VolumeMount::default()
    });
}

fn block(template: &mut Template) {
    if template.container.is_some() || template.script.is_some() {
        return;
    }
    let inputs = std::mem::take(&mut template.inputs.artifacts);
    template.inputs.parameters.extend(
        inputs
            .into_iter()
            .map(|artifact| Parameter { name: format!("{}{SUFFIX}", artifact.name), ..Parameter::default() }),
    );
    let outputs = std::mem::take(&mut template.outputs.artifacts);
    template.outputs.parameters.extend(outputs.into_iter().map(|artifact| Parameter {
        name: format!("{}{SUFFIX}", artifact.name),
        value_from: Some(Box::new(ValueFrom {
            parameter: artifact.from.as_deref().map(as_parameter),
            expression: artifact.from_expression.as_deref().map(as_parameter),
            ..ValueFrom::default()
        })),
        ..Parameter::default()
    }));
    template.dag.iter_mut().flat_map(|dag| &mut dag.tasks).for_each(arguments);
}

fn arguments(task: &mut Task) {
    let artifacts = std::mem::take(&mut task.arguments.artifacts);
    task.arguments.parameters.extend(artifacts.into_iter().map(|artifact| Parameter {
        name: format!("{}{SUFFIX}", artifact.name),
        value: artifact.from.as_deref().map(|from| as_parameter(from).into()),
        ..Parameter::default()
    }));
}

/// References to artifacts as those to their parameters, in simple tags and in expressions.
fn as_parameter(text: &str) -> String {
    const KIND: &str = "puts.artifacts";
    let mut parts = text.split(KIND);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    let in_tag = text.starts_with("{{");
    for rest in parts {
        let (name, rest) = if let Some(quoted) = rest.strip_prefix("['") {
            quoted.split_once("']").unwrap_or((quoted, ""))
        } else {
            let rest = rest.strip_prefix('.').unwrap_or(rest);
            let inner = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || (in_tag && letter == '-');
            rest.split_at(rest.find(|letter| !inner(letter)).unwrap_or(rest.len()))
        };
        let (open, close) = if in_tag { (".", "") } else { ("['", "']") };
        for part in ["puts.parameters", open, name, SUFFIX, close, rest] {
            whole.push_str(part);
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::as_parameter;

    #[test]
    fn references_become_those_to_parameters() {
        for (artifact, parameter) in [
            ("{{tasks.a-b.outputs.artifacts.my-model}}", "{{tasks.a-b.outputs.parameters.my-model-subpath}}"),
            ("{{inputs.artifacts.x}}", "{{inputs.parameters.x-subpath}}"),
            (
                "tasks['one-of-1'].status == 'Succeeded' ? tasks['a'].outputs.artifacts['in'] : inputs.artifacts.b_1",
                "tasks['one-of-1'].status == 'Succeeded' ? tasks['a'].outputs.parameters['in-subpath'] : inputs.parameters['b_1-subpath']",
            ),
        ] {
            assert_eq!(as_parameter(artifact), parameter);
        }
    }
}
