//! `kfp::build::emit!` in build scripts that cargo runs.

use kfp_build_tests::Project;
use std::fs;
use std::path::Path;

const STEPS: &str = r#"use kfp::prelude::*;

#[component(image = "acme/sums:1")]
fn add(a: i64, #[default(2)] b: i64) -> i64 {
    a + b
}

#[pipeline(name = "sums")]
fn sums(#[default(1)] start: i64) {
    add(add(start, _), 3);
}
"#;

fn project(name: &str) -> Project {
    let project = Project::new(Path::new(env!("CARGO_TARGET_TMPDIR")), name);
    project.write("build.rs", "fn main() {\n    kfp::build::emit!(\"src/pipelines.rs\");\n}\n");
    project.write("src/main.rs", "mod pipelines;\n\nkfp::main!();\n");
    project.write("src/pipelines.rs", STEPS);
    project
}

#[test]
fn files_follow_the_source() {
    let project = project("follows");
    project.builds();
    assert_eq!(project.names(), ["sums.yaml"]);
    let first = project.manifest("sums");
    assert!(kfp::argo::Workflow::from_yaml(&first).is_ok(), "{first}");
    assert!(project.is_fresh(), "a second build does nothing");

    fs::remove_file(project.manifests().join("sums.yaml")).unwrap();
    project.builds();
    assert_eq!(project.manifest("sums"), first, "a deleted manifest comes back");
    assert!(project.is_fresh());

    fs::write(project.manifests().join("sums.yaml"), "edited by hand").unwrap();
    project.builds();
    assert_eq!(project.manifest("sums"), first, "a changed manifest is put right");
    assert!(project.is_fresh());

    project.edit("src/pipelines.rs", ", 3)", ", 4)");
    project.builds();
    assert_eq!(project.manifest("sums"), first.replace("\"3\"", "\"4\""));
    assert!(project.is_fresh());

    project.edit("src/pipelines.rs", "name = \"sums\"", "name = \"totals\"");
    project.builds();
    assert_eq!(project.names(), ["totals.yaml"], "the manifest of the old name is gone");
    assert!(project.is_fresh());

    project.edit("src/pipelines.rs", "#[component(image = \"acme/sums:1\")]", "#[component]");
    project.builds();
    let totals = project.manifest("totals");
    assert!(totals.contains("follows:0.1.0"), "the image is that of the package if none is said: {totals}");
}

#[test]
fn errors_name_the_place_and_nothing_is_written() {
    let project = project("errs");
    project.builds();
    let before = project.manifest("sums");
    project.edit("src/pipelines.rs", "add(add(start, _), 3);", "add(add(start, _), 4);");
    let more = r#"
#[pipeline]
fn waits(start: i64) {
    let sum = add(start, 3);
    sum.after(sum);
}

#[pipeline(name = "sums")]
fn again(start: i64) {
    add(start, 1);
}

#[pipeline]
fn plain(start: i64) {
    #[host] let sum = add(1, 2);
    add(start, sum);
}

#[pipeline]
fn breaks(start: i64) {
    #[host] let sum = None::<i64>.expect("nothing there");
    add(start, sum);
}
"#;
    project.write("src/pipelines.rs", &format!("{}{more}", STEPS.replace(", 3)", ", 4)")));
    assert_eq!(
        project.fails(),
        r#"error: errs@0.1.0: src/pipelines.rs:15:15: [KFP202] `add` waits for itself
error: errs@0.1.0: 15 |     let sum = add(start, 3);
error: errs@0.1.0:    |               ^
error: errs@0.1.0:   help: remove this `.after`
error: errs@0.1.0: src/pipelines.rs:20:4: [KFP403] pipeline `sums` and another one both write `sums.yaml`
error: errs@0.1.0: 20 | fn again(start: i64) {
error: errs@0.1.0:    |    ^
error: errs@0.1.0:   src/pipelines.rs:9:4: the other one
error: errs@0.1.0:   help: rename one with `#[pipeline(name = "..")]`
error: errs@0.1.0: src/pipelines.rs:25:4: [KFP401] in pipeline `plain`, the component `add` was called as a plain function while its pipeline was built; in a pipeline, call it by its name directly, so that the call becomes a task
error: errs@0.1.0: 25 | fn plain(start: i64) {
error: errs@0.1.0:    |    ^
error: errs@0.1.0: src/pipelines.rs:31:4: [KFP404] pipeline `breaks` panicked while it was built, at src/pipelines.rs:32:35: nothing there
error: errs@0.1.0: 31 | fn breaks(start: i64) {
error: errs@0.1.0:    |    ^
error: build script logged errors
"#
    );
    assert_eq!(project.manifest("sums"), before, "no manifest changes");
    assert_eq!(project.names(), ["sums.yaml"]);
}

#[test]
fn an_empty_registry_is_an_error() {
    let project = project("nothing");
    project.write("src/pipelines.rs", "//! Nothing yet.\n");
    assert_eq!(
        project.fails(),
        "error: nothing@0.1.0: [KFP405] no pipeline is declared in `nothing`\n\
         error: nothing@0.1.0:   help: `emit!` takes the file or the crate that holds the functions with `#[pipeline]`\n\
         error: build script logged errors\n"
    );
}

#[test]
fn components_of_one_name_are_an_error() {
    let project = project("twins");
    let twin = "pub mod other {\n    #[kfp::component]\n    pub fn add(x: i64) -> i64 {\n        x\n    }\n}\n";
    project.write("src/pipelines.rs", &format!("{STEPS}{twin}"));
    let errors = project.fails();
    assert!(errors.contains("[KFP402]") && errors.contains("src/pipelines.rs"), "{errors}");
}

#[test]
fn warnings_are_shown_and_manifests_written() {
    let project = project("warns");
    let pod = r#"
#[pipeline]
fn makes() {
    ResourceOp::create(manifest!("pod.yaml"));
}
"#;
    project.write("src/pipelines.rs", &format!("{STEPS}{pod}"));
    project.write(
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  generateName: p-\nspec:\n  containers:\n  - name: c\n    image: busybox\n",
    );
    let built = project.build(&[]);
    assert!(built.success, "{}", built.text);
    assert!(
        built.text.contains("warning: warns@0.1.0: src/pipelines.rs:15:17: [KFP208] `create-pod` counts as succeeded"),
        "{}",
        built.text
    );
    assert!(built.text.contains("warning: warns@0.1.0: 15 |     ResourceOp::create("), "{}", built.text);
    assert_eq!(project.names(), ["makes.yaml", "sums.yaml"]);

    project.edit("pod.yaml", "busybox", "alpine");
    project.builds();
    assert!(project.manifest("makes").contains("alpine"), "an edited manifest file is noticed");
}

#[test]
fn only_bodies_need_what_only_bodies_use() {
    let project = project("bodies");
    fs::remove_file(project.folder.join("src/pipelines.rs")).unwrap();
    project.write("build.rs", "fn main() {\n    kfp::build::emit!(\"src/pipelines/mod.rs\");\n}\n");
    project.write("heavy/Cargo.toml", "[package]\nname = \"heavy\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    project.write("heavy/src/lib.rs", "pub fn weight() -> i64 {\n    7\n}\n");
    project.edit("Cargo.toml", "[dependencies]\n", "[dependencies]\nheavy = { path = \"heavy\" }\n");
    project.write(
        "src/pipelines/mod.rs",
        "use kfp::prelude::*;\n\nmod steps;\nuse steps::weigh;\n\n#[pipeline]\nfn scales() {\n    weigh();\n}\n",
    );
    project.write(
        "src/pipelines/steps.rs",
        "use kfp::prelude::*;\n#[kfp::runtime]\nuse heavy::weight;\n\n\
         #[component(image = \"acme/scales:1\")]\npub fn weigh() -> i64 {\n    weight()\n}\n",
    );
    project.builds();
    assert_eq!(project.names(), ["scales.yaml"]);
    assert!(project.is_fresh());
}

#[test]
fn pipelines_in_a_crate_of_their_own() {
    let project = project("app");
    fs::remove_file(project.folder.join("src/pipelines.rs")).unwrap();
    let kfp = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kfp");
    project.write(
        "flows/Cargo.toml",
        &format!(
            "[package]\nname = \"my-flows\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             [dependencies]\nkfp = {{ path = {kfp:?} }}\n"
        ),
    );
    project.write("flows/src/lib.rs", STEPS);
    project.edit("Cargo.toml", "[dependencies]\n", "[dependencies]\nmy-flows = { path = \"flows\" }\n");
    project.edit("Cargo.toml", "[build-dependencies]\n", "[build-dependencies]\nmy-flows = { path = \"flows\" }\n");
    project.write("build.rs", "fn main() {\n    kfp::build::emit!(my_flows);\n}\n");
    project.write("src/main.rs", "use my_flows as _;\n\nkfp::main!();\n");
    project.builds();
    let listed = String::from_utf8(project.run(&["list"]).stdout).unwrap();
    assert!(listed.starts_with("pipelines\n  sums  flows/src/lib.rs:9:4\n"), "{listed}");
    let manifest = project.manifests().join("sums.yaml");
    let first = fs::read_to_string(&manifest).unwrap();
    assert!(project.is_fresh());

    project.edit("flows/src/lib.rs", ", 3)", ", 4)");
    project.builds();
    assert_eq!(fs::read_to_string(&manifest).unwrap(), first.replace("\"3\"", "\"4\""));
    assert!(project.is_fresh());
}

#[test]
fn members_of_a_workspace_are_named_from_its_root() {
    let mut project = project("member");
    let manifest = fs::read_to_string(project.folder.join("Cargo.toml")).unwrap();
    for path in ["build.rs", "src/main.rs", "src/pipelines.rs"] {
        project.write(&format!("inner/{path}"), &fs::read_to_string(project.folder.join(path)).unwrap());
    }
    project.write(
        "inner/Cargo.toml",
        &manifest.replace("[workspace]\n", "").replace("[profile.dev]\ndebug = false\n", ""),
    );
    project.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"inner\"]\n[profile.dev]\ndebug = false\n");
    project.edit("inner/src/pipelines.rs", "add(add(start, _), 3);", "let sum = add(start, _);\n    sum.after(sum);");
    for member in ["", "inner"] {
        project.member = member.into();
        assert_eq!(
            project.fails(),
            "error: member@0.1.0: inner/src/pipelines.rs:10:15: [KFP202] `add` waits for itself\n\
             error: member@0.1.0: 10 |     let sum = add(start, _);\n\
             error: member@0.1.0:    |               ^\n\
             error: member@0.1.0:   help: remove this `.after`\n\
             error: build script logged errors\n"
        );
    }
    assert_eq!(project.names(), [""; 0]);
}

#[test]
fn two_sources_in_one_build_script() {
    let project = project("twice");
    project.write(
        "build.rs",
        "fn main() {\n    kfp::build::emit!(\"src/pipelines.rs\");\n    kfp::build::emit!(\"src/more.rs\");\n}\n",
    );
    project.write("src/main.rs", "mod more;\nmod pipelines;\n\nkfp::main!();\n");
    project.write(
        "src/more.rs",
        "use kfp::prelude::*;\n#[component]\nfn two() -> i64 {\n    2\n}\n#[pipeline]\nfn more() {\n    two();\n}\n",
    );
    project.builds();
    assert_eq!(project.names(), ["more.yaml", "sums.yaml"]);
    assert!(project.is_fresh());
}
