//! A crate of a user's, in a folder of its own, built by cargo.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A package that depends on `kfp` by path. All share one target folder, so that dependencies are built once.
#[derive(Debug)]
pub struct Project {
    /// Its folder.
    pub folder: PathBuf,
    /// Where in it cargo runs, if not at its root.
    pub member: PathBuf,
    name: String,
    target: PathBuf,
}

/// What cargo said.
#[derive(Debug)]
pub struct Built {
    /// Whether it ended well.
    pub success: bool,
    /// What it printed for people.
    pub text: String,
}

impl Project {
    /// A package in an empty folder below `scratch`, with a `Cargo.toml` and nothing else.
    pub fn new(scratch: &Path, name: &str) -> Self {
        let folder = scratch.join("projects").join(name);
        let _ = fs::remove_dir_all(&folder);
        let project = Self { folder, member: PathBuf::new(), name: name.to_owned(), target: scratch.join("target") };
        let _ = fs::remove_dir_all(project.target.join("pipelines").join(name));
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let kfp = format!("kfp = {{ path = '{}' }}", workspace.join("kfp").display());
        project.write(
            "Cargo.toml",
            &format!(
                "[workspace]\n[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
                 [dependencies]\n{kfp}\n[build-dependencies]\n{kfp}\n[profile.dev]\ndebug = false\n"
            ),
        );
        // Not by a variable: a build script has to find the folder by itself.
        let config = format!("[build]\ntarget-dir = '{}'\n", project.target.display());
        project.write(".cargo/config.toml", &config);
        fs::copy(workspace.join("Cargo.lock"), project.folder.join("Cargo.lock"))
            .expect("the workspace has a Cargo.lock");
        project
    }

    /// Writes a file of the package.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// Replaces text in a file of the package.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.folder.join(path)).expect("the file is there");
        assert!(text.contains(from), "`{from}` is not in {path}");
        self.write(path, &text.replace(from, to));
    }

    /// `cargo build --offline` with some more arguments.
    pub fn build(&self, args: &[&str]) -> Built {
        let output = self.cargo().args(["build", "--offline"]).args(args).output().expect("cargo runs");
        Built { success: output.status.success(), text: text(&output) }
    }

    /// A build that must end well.
    #[track_caller]
    pub fn builds(&self) {
        let built = self.build(&[]);
        assert!(built.success, "{}", built.text);
    }

    /// What a build that must fail says, without lines about what is being compiled and waited for.
    #[track_caller]
    pub fn fails(&self) -> String {
        let built = self.build(&[]);
        assert!(!built.success, "{}", built.text);
        let progress = |line: &str| ["Compiling", "Blocking"].iter().any(|word| line.trim_start().starts_with(word));
        built.text.split_inclusive('\n').filter(|line| !progress(line)).collect()
    }

    /// Whether a build finds nothing to do.
    pub fn is_fresh(&self) -> bool {
        let built = self.build(&["-v"]);
        built.success && !built.text.contains("Dirty") && !built.text.contains("Compiling")
    }

    /// The program with all its macros expanded, by the compiler and laid out by rustfmt. (Only the package itself is compiled
    /// with what is not stable: its dependencies have build scripts that look for that.)
    pub fn expanded(&self) -> String {
        self.write("unstable", "#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec \"$@\"\n");
        let program = self.folder.join("unstable");
        let runs = Command::new("chmod").arg("+x").arg(&program).status().expect("chmod runs");
        assert!(runs.success());
        let mut cargo = self.cargo();
        cargo
            .args(["rustc", "--offline", "--quiet", "--", "-Zunpretty=expanded"])
            .env("RUSTC_WORKSPACE_WRAPPER", program);
        let output = cargo.output().expect("cargo runs");
        assert!(output.status.success(), "{}", text(&output));
        self.write("expanded.rs", &String::from_utf8_lossy(&output.stdout));
        let file = self.folder.join("expanded.rs");
        let mut rustfmt = Command::new("rustfmt");
        let runs =
            rustfmt.args(["--edition", "2024", "--config", "max_width=100"]).arg(&file).status().expect("rustfmt runs");
        assert!(runs.success());
        fs::read_to_string(file).expect("the file is there")
    }

    /// Runs the package's program.
    pub fn run(&self, args: &[&str]) -> Output {
        Command::new(self.program()).args(args).output().expect("the program runs")
    }

    /// The package's program.
    pub fn program(&self) -> PathBuf {
        self.target.join("debug").join(&self.name)
    }

    /// The folder with the copies of the manifests.
    pub fn manifests(&self) -> PathBuf {
        self.target.join("pipelines").join(&self.name)
    }

    /// The names of the manifests' copies, sorted.
    pub fn names(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.manifests()) else { return Vec::new() };
        let names =
            entries.map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// The manifest of a pipeline.
    pub fn manifest(&self, name: &str) -> String {
        fs::read_to_string(self.manifests().join(format!("{name}.yaml"))).expect("the manifest is there")
    }

    /// Cargo, with none of the variables that the cargo around this test has set.
    fn cargo(&self) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            let kept = ["CARGO_HOME", "CARGO_BUILD_JOBS", "CARGO_NET_OFFLINE"].contains(&name.as_ref());
            if !kept && (name.starts_with("CARGO") || name.starts_with("RUSTFLAGS") || name.starts_with("RUSTC")) {
                command.env_remove(name.as_ref());
            }
        }
        command.current_dir(self.folder.join(&self.member)).env("CARGO_TERM_COLOR", "never");
        command
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
