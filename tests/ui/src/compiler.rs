//! rustc, called as cargo calls it: on one file that uses `kfp`.

use crate::{rendered, root};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// rustc with the crates that a case may use.
#[derive(Debug)]
pub struct Compiler {
    rustc: OsString,
    externs: Vec<String>,
    dependencies: PathBuf,
    scratch: PathBuf,
}

impl Compiler {
    /// Finds what cargo built for this package.
    ///
    /// # Panics
    /// If cargo does not build it.
    pub fn new(scratch: &Path) -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let args = ["build", "--package", "kfp-ui", "--lib", "--message-format", "json", "--quiet"];
        let output = Command::new(cargo).args(args).current_dir(root()).output().expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let artifacts = String::from_utf8(output.stdout).expect("cargo writes JSON");
        let library = |name: &str| {
            let found =
                artifacts.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()).find(|one| {
                    one["reason"] == "compiler-artifact"
                        && one["target"]["name"] == name
                        && one["target"]["kind"][0] == "lib"
                });
            let files = found.unwrap_or_else(|| panic!("cargo builds `{name}`"));
            let files = files["filenames"].as_array().cloned().unwrap_or_default();
            let file = files
                .iter()
                .filter_map(|file| file.as_str())
                .find(|file| Path::new(file).extension().is_some_and(|ending| ending == "rlib"));
            file.expect("a library is an .rlib").to_owned()
        };
        let names = ["kfp", "serde", "serde_json"];
        let externs: Vec<String> = names.iter().map(|name| format!("{name}={}", library(name))).collect();
        let dependencies = Path::new(&library("kfp")).parent().expect("in a folder").to_owned();
        let scratch = scratch.join("ui");
        fs::create_dir_all(&scratch).expect("a folder can be made");
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        Self { rustc, externs, dependencies, scratch }
    }

    /// What `rustc --version` says.
    ///
    /// # Panics
    /// If it does not run.
    pub fn version(&self) -> String {
        let output = Command::new(&self.rustc).arg("--version").output().expect("rustc runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What rustc says about a file; nothing if it compiles without a warning.
    pub fn check(&self, file: &Path) -> String {
        let output = self.rustc(file, &name(file), &["--emit=metadata"]);
        rendered::normalised(&String::from_utf8_lossy(&output.stderr))
    }

    /// What `cargo build` says about the pipelines of a file.
    pub fn build(&self, file: &Path) -> String {
        self.build_program(file).map_or_else(|errors| errors, |program| self.run(&program, ""))
    }

    /// The build script of a file with pipelines; or what rustc says against it.
    ///
    /// # Errors
    /// What rustc says, if the file does not compile.
    ///
    /// # Panics
    /// If no file can be written.
    pub fn build_program(&self, file: &Path) -> Result<PathBuf, String> {
        let name = name(file);
        let script = self.scratch.join(format!("{name}.rs"));
        let text = format!("fn main() {{\n    kfp::build::emit!(\"{}\");\n}}\n", root().join(file).display());
        fs::write(&script, text).expect("a file can be written");
        self.program(&script, "build_script_build", &name)
    }

    /// What a build script says where these warnings are denied.
    ///
    /// # Panics
    /// If it does not run.
    pub fn run(&self, program: &Path, deny: &str) -> String {
        let folder = program.with_extension(format!("{deny}.out"));
        let output = Command::new(program)
            .current_dir(root())
            .env("OUT_DIR", folder.join("out"))
            .env("CARGO_TARGET_DIR", &folder)
            .env("CARGO_MANIFEST_DIR", root())
            .env("KFP_DENY", deny)
            .output();
        said(&output.expect("a build script runs"))
    }

    /// Makes a program; or what rustc says against it.
    ///
    /// # Errors
    /// What rustc says, if the file does not compile.
    pub fn program(&self, file: &Path, crate_name: &str, name: &str) -> Result<PathBuf, String> {
        let program = self.scratch.join(format!("{name}.program"));
        let remap = format!("--remap-path-prefix={}/=", root().display());
        let output = self.rustc(file, crate_name, &["-o", &program.to_string_lossy(), &remap]);
        match output.status.success() {
            true => Ok(program),
            false => Err(rendered::normalised(&String::from_utf8_lossy(&output.stderr))),
        }
    }

    fn rustc(&self, file: &Path, crate_name: &str, args: &[&str]) -> Output {
        let mut rustc = Command::new(&self.rustc);
        rustc.current_dir(root()).arg(file).args([
            "--edition=2024",
            "--crate-type=bin",
            "--color=never",
            "-Cdebuginfo=0",
        ]);
        rustc.arg("--crate-name").arg(crate_name);
        if !args.contains(&"-o") {
            rustc.arg("-o").arg(self.scratch.join(format!("{}.rmeta", name(file))));
        }
        rustc.args(args).arg("-L").arg(format!("dependency={}", self.dependencies.display()));
        for library in &self.externs {
            rustc.arg("--extern").arg(library);
        }
        rustc.env("CARGO_CRATE_NAME", crate_name).env("CARGO_PKG_NAME", "kfp-ui").env("CARGO_PKG_VERSION", "0.1.0");
        rustc.env("CARGO_MANIFEST_DIR", root()).output().expect("rustc runs")
    }
}

/// A name for what a file becomes.
fn name(file: &Path) -> String {
    let words: Vec<_> =
        file.with_extension("").components().map(|one| one.as_os_str().to_string_lossy().into_owned()).collect();
    words.iter().rev().take(2).rev().map(|word| word.replace('-', "_")).collect::<Vec<_>>().join("_")
}

/// The directives of a build script as cargo shows them.
fn said(output: &Output) -> String {
    let directives = String::from_utf8_lossy(&output.stdout);
    let shown = |line: &str| {
        ["error", "warning"].iter().find_map(|severity| {
            let text = line.strip_prefix(&format!("cargo::{severity}="))?;
            Some(format!("{severity}: kfp-ui@0.1.0: {text}\n"))
        })
    };
    let lines: String = directives.lines().filter_map(shown).collect();
    format!("{lines}{}", String::from_utf8_lossy(&output.stderr))
}
