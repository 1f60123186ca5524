//! Volumes of a pod, as folders of this machine.

use crate::places::Places;
use crate::pod::Pod;
use crate::sources::Sources;
use kfp_core::argo::VolumeMount;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The kinds of volumes that this engine knows.
pub(crate) const KINDS: [&str; 8] =
    ["emptyDir", "persistentVolumeClaim", "hostPath", "configMap", "secret", "projected", "downwardAPI", "ephemeral"];

/// Makes the volumes that the containers mount, and says where they are.
pub(crate) fn place(pod: &Pod, places: &mut Places) -> io::Result<()> {
    let mut known: BTreeMap<&str, &VolumeMount> = BTreeMap::new();
    for mount in mounts(pod) {
        known.insert(&mount.mount_path, mount);
    }
    for (path, mount) in known {
        let volume = folder(pod, &mount.name, places)?;
        let sub_path = mount.sub_path.as_deref().unwrap_or_default();
        if Path::new(sub_path).components().any(|part| part == std::path::Component::ParentDir) {
            return Err(io::Error::other(format!("`subPath: {sub_path}` leads out of the volume `{}`", mount.name)));
        }
        let volume = if sub_path.is_empty() { volume } else { volume.join(sub_path.trim_start_matches('/')) };
        places.mount(path, volume)?;
    }
    Ok(())
}

fn mounts(pod: &Pod) -> impl Iterator<Item = &VolumeMount> {
    let template = &pod.template;
    let set = template.container_set.iter().flat_map(|set| {
        set.volume_mounts.iter().chain(set.containers.iter().flat_map(|node| &node.container.volume_mounts))
    });
    let main = template.container.as_deref().into_iter().chain(template.script.iter().map(|script| &script.container));
    let others = template.init_containers.iter().chain(&template.sidecars).map(|other| &other.container);
    main.chain(others).flat_map(|container| &container.volume_mounts).chain(set)
}

fn folder(pod: &Pod, name: &str, places: &Places) -> io::Result<PathBuf> {
    let found = pod.volumes.iter().find(|volume| volume["name"] == name);
    let Some(volume) = found else { return Err(io::Error::other(format!("there is no volume `{name}`"))) };
    if let Some(path) = volume["hostPath"]["path"].as_str() {
        return Ok(PathBuf::from(path));
    }
    if let Some(claim) = volume["persistentVolumeClaim"]["claimName"].as_str() {
        return Ok(pod.shared.join("volumes").join(claim.replace('/', "_")));
    }
    if let Some(claim) = volume["claimOfRun"].as_str() {
        return Ok(pod.run.join("volumes").join(claim.replace('/', "_")));
    }
    let own = places.folder.join("volumes").join(name.replace('/', "_"));
    fs::create_dir_all(&own)?;
    fill(pod, volume, &own)?;
    Ok(own)
}

/// Writes what comes from elsewhere into a volume.
fn fill(pod: &Pod, volume: &Value, to: &Path) -> io::Result<()> {
    let parts = volume["projected"]["sources"].as_array().map_or(&[][..], Vec::as_slice);
    for part in std::iter::once(volume).chain(parts) {
        if let Some(map) = part.get("configMap") {
            let values = map["name"].as_str().and_then(|name| pod.sources.config_map(name));
            files(map, values, &format!("the config map {}", map["name"]), to)?;
        }
        if let Some(secret) = part.get("secret") {
            let name = secret["secretName"].as_str().or(secret["name"].as_str());
            let values = name.and_then(|name| pod.sources.secret(name));
            files(secret, values, &format!("the secret `{}`", name.unwrap_or_default()), to)?;
        }
        for item in part["downwardAPI"]["items"].as_array().into_iter().flatten() {
            let field = item["fieldRef"]["fieldPath"].as_str().unwrap_or_default();
            let value = crate::environment::field(pod, field).unwrap_or_default();
            write(to, item["path"].as_str().unwrap_or_default(), value.as_bytes())?;
        }
    }
    Ok(())
}

fn files(source: &Value, values: Option<&BTreeMap<String, Vec<u8>>>, what: &str, to: &Path) -> io::Result<()> {
    let Some(values) = values else {
        if source["optional"] == true {
            return Ok(());
        }
        return Err(io::Error::other(format!("{what} is not given; {}", Sources::HELP)));
    };
    let Some(items) = source["items"].as_array() else {
        return values.iter().try_for_each(|(key, value)| write(to, key, value));
    };
    for item in items {
        let key = item["key"].as_str().unwrap_or_default();
        match values.get(key) {
            Some(value) => write(to, item["path"].as_str().unwrap_or(key), value)?,
            None if source["optional"] == true => {}
            None => return Err(io::Error::other(format!("{what} has no key `{key}`"))),
        }
    }
    Ok(())
}

fn write(folder: &Path, name: &str, value: &[u8]) -> io::Result<()> {
    if name.is_empty() || Path::new(name).components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
        return Err(io::Error::other(format!("`{name}` is no file of a volume")));
    }
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap_or(folder))?;
    fs::write(path, value)
}
