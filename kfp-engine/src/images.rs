//! What the programs of images are on this machine.

use crate::error::{IMAGE, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// What stands for images on this machine.
///
/// ```
/// let text = "
/// acme/train: {command: [train.sh], path: [tools/bin], env: {LANG: C.UTF-8}}
/// python: {path: [venv/bin]}
/// ";
/// let images = kfp_engine::Images::read(text, "project".as_ref())?;
/// # Ok::<(), kfp_engine::Refusal>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Images(BTreeMap<String, Image>);

/// What stands for one image.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Image {
    /// Its command, for containers that do not say it.
    command: Vec<String>,
    /// Folders that come first in `PATH`.
    path: Vec<PathBuf>,
    /// Variables that it has.
    env: BTreeMap<String, String>,
}

impl Images {
    /// Reads a map from the names of images, with or without tag and registry, to what stands for them: `command`, `path`
    /// (a list of folders, in which relative ones are below `folder`) and `env`, as YAML.
    pub fn read(text: &str, folder: &Path) -> Result<Self, Refusal> {
        let wrong = |message: String| Refusal::new(IMAGE, "the file of images", message);
        let read = kfp_core::argo::documents::<Self>(text).map_err(|error| wrong(error.to_string()))?;
        let mut images = read.into_iter().next().unwrap_or_default();
        for path in images.0.values_mut().flat_map(|image| &mut image.path) {
            *path = std::path::absolute(folder.join(&*path)).map_err(|error| wrong(error.to_string()))?;
        }
        Ok(images)
    }

    /// The image as it is written, without its tag, without its registry, or its last word.
    fn of(&self, image: &str) -> Option<&Image> {
        let plain = without_tag(image);
        let parts = plain.match_indices('/').map(|(at, _)| &plain[at + 1..]);
        [image, plain].into_iter().chain(parts).find_map(|name| self.0.get(name))
    }

    /// The command of an image that a manifest need not write out.
    pub(crate) fn command(&self, image: &str) -> Option<Vec<String>> {
        if let Some(known) = self.of(image).filter(|known| !known.command.is_empty()) {
            return Some(known.command.clone());
        }
        let name = without_tag(image);
        (name.ends_with("argoproj/argosay") || name == "argosay").then(|| vec!["argosay".to_owned()])
    }

    /// What an image without an entry point runs where a manifest says nothing; its `args` alone are a command.
    pub(crate) fn unwritten(&self, image: &str) -> Option<Vec<String>> {
        let name = without_tag(image);
        let name = name.strip_prefix("docker.io/").unwrap_or(name);
        let name = name.strip_prefix("library/").unwrap_or(name);
        let (_, command) = PLAIN.iter().find(|(known, _)| *known == name)?;
        self.command(image).is_none().then(|| vec![(*command).to_owned()])
    }

    /// The variables of an image, with its `PATH` before that of all.
    pub(crate) fn env(&self, image: &str, common: &[(String, String)]) -> Vec<(String, String)> {
        let Some(known) = self.of(image) else { return Vec::new() };
        let mut env: Vec<_> = known.env.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let old = common.iter().find(|(name, _)| name == "PATH").map_or("", |(_, path)| path);
        let mut path: Vec<_> = known.path.iter().map(|folder| folder.display().to_string()).collect();
        path.push(old.to_owned());
        env.push(("PATH".to_owned(), path.join(":")));
        env
    }
}

/// Images without an entry point, and their commands.
const PLAIN: [(&str, &str); 8] = [
    ("alpine", "/bin/sh"),
    ("busybox", "sh"),
    ("debian", "bash"),
    ("ubuntu", "/bin/bash"),
    ("fedora", "/bin/bash"),
    ("centos", "/bin/bash"),
    ("golang", "bash"),
    ("python", "python3"),
];

/// The name of an image without its tag and digest; a port of the registry is none.
fn without_tag(image: &str) -> &str {
    let name = image.split('@').next().unwrap_or_default();
    match name.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => name,
        _ => name,
    }
}

/// Programs that images have and machines often have not.
const TOOLS: [(&str, &str); 3] = [
    (
        "argosay",
        r#"#!/bin/sh
# What the image argoproj/argosay understands.
set -eu
if [ $# -eq 0 ]; then
    echo 'hello argo!'
    exit 0
fi
verb=$1
shift
case $verb in
echo)
    if [ $# -ge 2 ]; then
        mkdir -p "$(dirname "$2")"
        printf '%s\n' "$1" >"$2"
    else
        printf '%s\n' "${1-}"
    fi
    ;;
cat) cat "$@" ;;
sleep) sleep "$1" ;;
exit) exit "${1-0}" ;;
assert_contains) grep -F -- "$2" "$1" ;;
*)
    echo "argosay: unknown command: $verb" >&2
    exit 1
    ;;
esac
"#,
    ),
    ("cowsay", "#!/bin/sh\nprintf '< %s >\\n' \"$*\"\n"),
    ("python", "#!/bin/sh\nexec python3 \"$@\"\n"),
];

/// Writes the tools into a folder, which comes last in `PATH`.
pub(crate) fn write_tools(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, script) in TOOLS {
        let path = folder.join(name);
        fs::write(&path, script)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}
