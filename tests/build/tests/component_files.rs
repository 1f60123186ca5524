//! Component files of others work as they are: those of the folder that `KFP_COMPONENTS` names, each with its required
//! inputs alone and with all of them. A file `files.txt` there says which file has the component of a URL, `URL FILE`.

use kfp_build_tests::Project;
use kfp_grammar::component::{self, Component, Input, Kind};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn published_component_files_work_unchanged() {
    let Some(folder) = std::env::var_os("KFP_COMPONENTS").map(PathBuf::from) else {
        #[allow(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: `KFP_COMPONENTS` names no folder with component files");
        }
        return;
    };
    let project = Project::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "component-files");
    copy(&folder, &project.folder.join("files"));
    let mut names = files(&folder);
    names.retain(|name| Path::new(name).extension().is_some_and(|extension| extension == "yaml"));
    assert!(!names.is_empty(), "no component file in `{}`", folder.display());
    let urls = fs::read_to_string(folder.join("files.txt")).unwrap_or_default();
    let urls: String =
        urls.lines().filter_map(|line| line.split_once(' ')).fold(String::new(), |mut with, (url, file)| {
            let _ = write!(with, "{url:?} = {:?}, ", format!("files/{file}"));
            with
        });
    let mut source = "use kfp::prelude::*;\nuse std::collections::BTreeMap;\n".to_owned();
    let mut expected = Vec::new();
    for name in &names {
        let text = fs::read_to_string(folder.join(name)).expect("a component file");
        let component = component::parse(&text).unwrap_or_else(|wrong| panic!("{name}: {wrong:?}"));
        let rust = name.trim_end_matches(".yaml").replace('-', "_");
        let _ = writeln!(source, "kfp::import_component!(fn {rust} = \"files/{name}\" with {{ {urls} }});");
        for (which, all) in [("least", false), ("all", true)] {
            let pipeline = format!("{}-{which}", rust.replace('_', "-"));
            let arguments = arguments(&component, all);
            let _ = writeln!(
                source,
                "#[pipeline(name = \"{pipeline}\")]\n\
                 fn {rust}_{which}(text: String, list: Vec<String>, map: BTreeMap<String, i64>) {{\n    \
                 {rust}({arguments});\n}}"
            );
            expected.push(format!("{pipeline}.yaml"));
        }
    }
    project.write("build.rs", "fn main() {\n    kfp::build::emit!(\"src/pipelines.rs\");\n}\n");
    project.write("src/main.rs", "mod pipelines;\n\nkfp::main!();\n");
    project.write("src/pipelines.rs", &source);
    project.builds();
    expected.sort();
    assert_eq!(project.names(), expected);
}

/// The files of a folder, sorted.
fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for name in files(from) {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).expect("a file can be copied");
        }
    }
}

/// Keyword arguments for the inputs that have to be given, or for all.
fn arguments(component: &Component, all: bool) -> String {
    let names: Vec<&str> = component.inputs.iter().map(|input| input.name.as_str()).collect();
    let names = component::snake_names(&names, "input");
    let given =
        component.inputs.iter().zip(&names).filter(|(input, _)| all || !(input.default.is_some() || input.optional));
    let given: Vec<String> = given.map(|(input, name)| format!("r#{name} = {}", argument(component, input))).collect();
    match (&given[..], names.first()) {
        // What takes nothing but what may be left out is called with a default.
        ([], Some(first)) => format!("r#{first} = _"),
        _ => given.join(", "),
    }
}

fn argument(component: &Component, input: &Input) -> &'static str {
    let usage = component.usage(&input.name, &|_| None);
    match &input.kind {
        _ if usage.decides => "true",
        _ if usage.by_path => "text",
        Some(Kind::Integer) => "1",
        Some(Kind::Float) => "0.5",
        Some(Kind::Boolean) => "false",
        Some(Kind::List(_)) => "list",
        Some(Kind::Map(_)) => "map",
        _ => "text",
    }
}
