//! What the programs of images are on this machine.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The command of an image that a manifest need not write out.
pub(crate) fn default_command(image: &str) -> Option<&'static str> {
    let name = image.split([':', '@']).next().unwrap_or_default();
    (name.ends_with("argoproj/argosay") || name == "argosay").then_some("argosay")
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
