//! A container of a manifest as podman or docker are told to run it.

use crate::places::Places;
use crate::pod::Pod;
use crate::runner::Client;
use crate::stage;
use kfp_core::argo::Container;
use std::io;
use std::path::Path;

/// The name of a container of a pod; an attempt that was cut short may still have another.
pub(crate) fn name(pod: &Pod, container: &str, attempt: usize) -> String {
    format!("{}-{container}-{}-{}-{attempt}", pod.name, std::process::id(), pod.id)
}

/// What stands after `run`.
pub(crate) fn arguments(
    container: &Container,
    argv: &[String],
    env: &[(String, String)],
    places: &Places,
) -> Vec<String> {
    let mut all = Vec::new();
    let mut add = |flag: &str, value: String| all.extend([flag.to_owned(), value]);
    add("--pull", if container.image_pull_policy.as_deref() == Some("Never") { "never" } else { "missing" }.to_owned());
    for (path, from) in places.binds() {
        add("-v", format!("{}:{path}", from.display()));
    }
    for (name, value) in env {
        add("-e", format!("{name}={value}"));
    }
    if let Some(folder) = &container.working_dir {
        add("-w", folder.clone());
    }
    let security = container.other.get("securityContext");
    if let Some(user) = security.and_then(|it| it["runAsUser"].as_i64()) {
        let group = security.and_then(|it| it["runAsGroup"].as_i64()).map(|group| format!(":{group}"));
        add("-u", format!("{user}{}", group.unwrap_or_default()));
    }
    if security.is_some_and(|it| it["privileged"] == true) {
        all.push("--privileged".to_owned());
    }
    // Without a command the image has one, and the arguments are its.
    let split = usize::from(!container.command.is_empty());
    if split == 1 {
        all.extend(["--entrypoint".to_owned(), argv[0].clone()]);
    }
    all.push(container.image.clone());
    all.extend(argv[split..].iter().cloned());
    all
}

/// Gets what the main container has written where no volume is.
pub(crate) fn outputs(client: &Client, name: &str, pod: &Pod, places: &mut Places) -> io::Result<()> {
    for path in stage::output_paths(pod) {
        let to = places.host(path)?;
        if !places.is_in_volume(path) {
            client.copy(name, path, Path::new(&to))?;
        }
    }
    Ok(())
}
