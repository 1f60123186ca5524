//! Where the paths of a container are on this machine.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Folders of the machine that are another thing in an image: a task gets its own, empty ones.
pub(crate) const HIDDEN: [&str; 4] = ["tmp", "mnt", "media", "srv"];

/// The files of one task. Its root is a folder with the folders of the machine in it, or holds only its own paths; a
/// folder of the machine that the task writes to gets a layer of its own over it.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The folder of the task.
    pub(crate) folder: PathBuf,
    root: PathBuf,
    view: View,
    /// Volumes by where they are mounted, and where they are on the machine.
    volumes: BTreeMap<PathBuf, PathBuf>,
    /// Folders of the machine's root that get a layer.
    layers: Vec<String>,
    /// The paths that were asked for, for texts.
    known: Vec<String>,
    /// What is given to the task where no volume is: its paths, and where they are on the machine.
    given: BTreeMap<String, PathBuf>,
}

/// How a task sees its root.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum View {
    /// As its own.
    Isolated,
    /// Not at all: paths are replaced in its texts.
    Shared,
    /// It has the files of an image, with what it is given put among them.
    Image,
}

impl Places {
    pub(crate) fn new(folder: PathBuf, root: &Path, view: View) -> Self {
        Self {
            root: root.to_owned(),
            folder,
            view,
            volumes: BTreeMap::new(),
            layers: Vec::new(),
            known: Vec::new(),
            given: BTreeMap::new(),
        }
    }

    /// Whether tasks see the machine's own files.
    pub(crate) fn is_shared(&self) -> bool {
        self.view == View::Shared
    }

    pub(crate) fn is_isolated(&self) -> bool {
        self.view == View::Isolated
    }

    /// The working directory, as who starts the task has to see it.
    pub(crate) fn cwd(&self, cwd: Option<&str>) -> io::Result<PathBuf> {
        let cwd = clean(cwd.unwrap_or("/"))?;
        if self.is_isolated() {
            return Ok(cwd);
        }
        let folder = self.root.join(cwd.strip_prefix("/").unwrap_or(&cwd));
        if folder != self.root {
            fs::create_dir_all(&folder)?;
        }
        Ok(folder)
    }

    /// Removes what the task wrote, but for its logs and outputs.
    pub(crate) fn tidy(&self) {
        // What stays takes room and does no harm.
        if !self.layers.is_empty() {
            let _ = fs::remove_dir_all(self.folder.join("layers"));
        }
    }

    /// Adds a volume: a folder, or a file that is there.
    pub(crate) fn mount(&mut self, path: &str, volume: PathBuf) -> io::Result<()> {
        if !volume.is_file() {
            fs::create_dir_all(&volume)?;
        }
        if self.view == View::Image {
            self.volumes.insert(clean(path)?, volume);
            return Ok(());
        }
        let point = self.host(path)?;
        if let Some(parent) = point.parent() {
            fs::create_dir_all(parent)?;
        }
        if !self.is_isolated() {
            if !point.is_symlink() {
                std::os::unix::fs::symlink(&volume, &point)?;
            }
        } else if volume.is_file() {
            fs::File::create(&point)?;
        } else {
            fs::create_dir_all(&point)?;
        }
        self.volumes.insert(clean(path)?, volume);
        Ok(())
    }

    /// Where something that is given to the task is on the machine.
    pub(crate) fn give(&mut self, path: &str) -> io::Result<PathBuf> {
        let host = self.host(path)?;
        if !self.is_in_volume(path) {
            self.given.insert(path.to_owned(), host.clone());
        }
        Ok(host)
    }

    /// Whether a path of the container is in a volume.
    pub(crate) fn is_in_volume(&self, path: &str) -> bool {
        clean(path).is_ok_and(|path| self.volumes.keys().any(|point| path.starts_with(point)))
    }

    /// What is put among the files of an image: paths, and what of the machine is there.
    pub(crate) fn binds(&self) -> impl Iterator<Item = (String, &Path)> {
        let volumes = self.volumes.iter().map(|(path, from)| (path.to_string_lossy().into_owned(), from.as_path()));
        // An optional input may be missing.
        let given = self.given.iter().filter(|(_, from)| from.exists());
        volumes.chain(given.map(|(path, from)| (path.clone(), from.as_path())))
    }

    /// Where a path of the container is on the machine.
    pub(crate) fn host(&mut self, path: &str) -> io::Result<PathBuf> {
        let path = clean(path)?;
        self.known.push(path.to_string_lossy().into_owned());
        let mounted = self.volumes.iter().rev().find_map(|(point, volume)| {
            path.strip_prefix(point)
                .ok()
                .map(|rest| if rest.as_os_str().is_empty() { volume.clone() } else { volume.join(rest) })
        });
        if let Some(found) = mounted {
            return Ok(found);
        }
        let inner = path.strip_prefix("/").unwrap_or(&path);
        let Some(top) = inner.components().next().map(|top| top.as_os_str().to_string_lossy().into_owned()) else {
            return Ok(self.root.clone());
        };
        if !self.is_isolated() || !is_shared(&top) {
            return Ok(self.root.join(inner));
        }
        let rest = inner.strip_prefix(&top).unwrap_or(inner);
        let upper = self.upper(&top);
        fs::create_dir_all(&upper)?;
        if !self.layers.contains(&top) {
            self.layers.push(top);
        }
        Ok(upper.join(rest))
    }

    fn upper(&self, top: &str) -> PathBuf {
        self.folder.join("layers").join(top).join("upper")
    }

    /// What to mount for the task, in this order: layers, then volumes.
    pub(crate) fn mounts(&self) -> io::Result<Vec<Mount>> {
        if !self.is_isolated() {
            return Ok(Vec::new());
        }
        let mut mounts = Vec::new();
        for name in &self.layers {
            mounts.push(self.layer(name, self.root.join(name))?);
        }
        for (path, volume) in &self.volumes {
            mounts.push(Mount::Bind(volume.clone(), self.root.join(path.strip_prefix("/").unwrap_or(path))));
        }
        Ok(mounts)
    }

    fn layer(&self, top: &str, point: PathBuf) -> io::Result<Mount> {
        let upper = self.upper(top);
        let work = upper.with_file_name("work");
        fs::create_dir_all(&work)?;
        Ok(Mount::Layer { lower: Path::new("/").join(top), upper, work, point })
    }

    /// A text for the task: where it has no root of its own, with the paths of the machine.
    pub(crate) fn text(&self, text: &str) -> String {
        if self.view != View::Shared {
            return text.to_owned();
        }
        let mut known: Vec<_> = self.known.iter().collect();
        known.sort_by_key(|path| std::cmp::Reverse(path.len()));
        let root = &self.root;
        let (mut moved, mut rest) = (String::new(), text);
        // In one pass: a path of this machine may hold one of the container.
        while let Some(first) = rest.chars().next() {
            if let Some(path) = known.iter().find(|path| path.len() > 1 && rest.starts_with(path.as_str())) {
                moved.push_str(&root.to_string_lossy());
                moved.push_str(path);
                rest = &rest[path.len()..];
            } else {
                moved.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        moved
    }
}

/// Something to mount.
#[derive(Clone, Debug)]
pub(crate) enum Mount {
    /// A folder, with what is mounted in it, at a point.
    Bind(PathBuf, PathBuf),
    /// A folder with a layer over it for what is written.
    Layer { lower: PathBuf, upper: PathBuf, work: PathBuf, point: PathBuf },
}

impl Mount {
    /// Where it is mounted.
    pub(crate) fn point(&self) -> &Path {
        match self {
            Self::Bind(_, point) | Self::Layer { point, .. } => point,
        }
    }
}

/// Whether the task sees this folder of the machine's root.
fn is_shared(top: &str) -> bool {
    !HIDDEN.contains(&top) && fs::symlink_metadata(Path::new("/").join(top)).is_ok_and(|found| found.is_dir())
}

fn clean(path: &str) -> io::Result<PathBuf> {
    if path.is_empty() {
        return Err(io::Error::other("a path is empty"));
    }
    let mut whole = PathBuf::from("/");
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => return Err(io::Error::other(format!("the path `{path}` has `..`"))),
            Component::Normal(name) => whole.push(name),
            _ => {}
        }
    }
    Ok(whole)
}

pub(crate) fn use_by_all(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o1777))
}
