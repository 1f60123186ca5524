//! What the pipelines of the SDK's own compiler tests do: `suite_` and the name of the file there.

use super::steps::{flip, say};
use super::{Named, named};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

const OLD: &str = "snapshot.storage.k8s.io/v1alpha1";

#[derive(Outputs, Serialize, Deserialize)]
struct Out {
    #[output(path = "/tmp/out")]
    out: String,
}

#[derive(Outputs, Serialize, Deserialize)]
struct Numbers {
    #[output(path = "/tmp/out")]
    out: Vec<i64>,
}

#[derive(Outputs, Serialize, Deserialize)]
struct Pair {
    a: i64,
    b: i64,
}

#[derive(Outputs, Serialize, Deserialize)]
struct Sides {
    left: String,
    right: String,
}

#[component]
fn shell(script: String) -> ContainerOp {
    ContainerOp::new("shell", "shell:1").command(["sh", "-c"]).arg(script)
}

#[component]
fn kept(script: String) -> ContainerOp<Out> {
    ContainerOp::new("kept", "shell:1").command(["sh", "-c"]).arg(script).file_outputs::<Out>()
}

#[component]
fn numbers(script: String) -> ContainerOp<Numbers> {
    ContainerOp::new("numbers", "shell:1").command(["sh", "-c"]).arg(script).file_outputs::<Numbers>()
}

#[pipeline(name = "coin")]
pub(super) fn suite_coin() {
    let first = flip();
    if first.side == "heads" {
        let again = flip();
        if again.side == "tails" {
            say(again.side);
        }
    }
    if first.side == "tails" {
        say("tails");
    }
}

kfp::import_component! {
    fn list_numbers = "
name: List numbers
outputs:
- name: numbers
implementation:
  container:
    image: shell:1
    command: [list, {outputPath: numbers}]
";
    fn take = "
name: Take
inputs:
- name: what
implementation:
  container:
    image: shell:1
    command: [take, {inputValue: what}]
";
    fn produce = "
name: Produce
outputs:
- {name: Small}
- {name: Large}
implementation:
  container:
    image: shell:1
    command: [produce, {outputPath: Small}, {outputPath: Large}]
";
    fn process = "
name: Process
inputs:
- {name: Value}
- {name: File}
outputs:
- {name: Small}
- {name: Large}
implementation:
  container:
    image: shell:1
    command: [process]
    args: [{inputValue: Value}, {inputPath: File}, {outputPath: Small}, {outputPath: Large}]
";
    fn end = "
name: End
inputs:
- {name: Value}
- {name: File}
implementation:
  container:
    image: shell:1
    command: [end, {inputValue: Value}, {inputPath: File}]
";
}

#[pipeline(name = "loop-over-lightweight-output", description = "A loop over what has no type.")]
pub(super) fn suite_loop_over_lightweight_output() {
    let listed = list_numbers();
    for number in listed.numbers.ignore_type::<Vec<i64>>() {
        take(number);
    }
}

#[component]
fn echo(text: String) -> ContainerOp {
    ContainerOp::new("echo", "shell:1").command(["sh", "-c"]).arg("echo \"$0\"").arg(text)
}

#[pipeline]
fn echo_first(text: String) {
    echo(text);
}

#[pipeline]
fn echo_second(text: String) {
    echo(text);
}

#[pipeline(name = "opsgroups")]
pub(super) fn suite_opsgroups(#[default("one")] text1: String, #[default("two")] text2: String) {
    let first = echo_first(text1);
    echo_second(text2).after(first);
}

#[component(image = "steps:1")]
fn one_text() -> String {
    "hello".to_owned()
}

#[component(image = "steps:1")]
fn some_texts() -> Vec<String> {
    vec!["a".to_owned(), "z".to_owned()]
}

#[component(image = "steps:1")]
fn some_numbers() -> Vec<i64> {
    vec![1_234_567_890, 987_654_321]
}

#[component(image = "steps:1")]
fn some_pairs() -> Vec<Sides> {
    vec![Sides { left: "a".to_owned(), right: "b".to_owned() }]
}

#[component(image = "steps:1")]
fn consume(what: String) {
    drop(what);
}

#[pipeline(name = "parallelfor-item-argument-resolving")]
pub(super) fn suite_parallelfor_item_argument_resolving() {
    let (text, texts, numbers, pairs) = (one_text(), some_texts(), some_numbers(), some_pairs());
    for item in texts {
        consume(format!("{}", texts.output));
        consume(item);
        consume(text);
    }
    for item in numbers {
        consume(format!("{}", numbers.output));
        consume(format!("{item}"));
    }
    for item in pairs {
        consume(format!("{}", pairs.output));
        consume(item.left);
    }
}

#[pipeline(name = "param-substitutions", description = "One value in two places.")]
pub(super) fn suite_param_substitutions() {
    let disk = VolumeOp::new("create-volume", "data", "1Gi");
    ContainerOp::new("use", "shell:1")
        .command(["use"])
        .arg("--claim")
        .arg(disk.name)
        .add_pvolume("/mnt", disk.volume());
}

#[pipeline(name = "pipelineparams", description = "Values in images and scripts.")]
pub(super) fn suite_pipelineparams(#[default("latest")] tag: String, #[default(10)] sleep_ms: i64) {
    let got = ContainerOp::new("download", "box")
        .image(format!("box:{tag}"))
        .command(["sh", "-c"])
        .arg(format!("sleep {sleep_ms}; fetch -O /tmp/out"))
        .file_outputs::<Out>()
        .add_sidecar(Sidecar::new("echo", format!("echo:{tag}")).args(["--text", "hello"]));
    shell(format!("echo $MSG {}", got.out)).set_env_variable("MSG", "it says: ");
}

#[pipeline]
fn flip_on(side: String) {
    let said = say(side);
    let coin = flip().after(said);
    if coin.side == "heads" {
        flip_on(coin.side);
    }
}

#[pipeline(name = "recursive-do-while")]
pub(super) fn suite_recursive_do_while() {
    let (first, second) = (flip(), flip());
    let rounds = flip_on(first.side).after(second);
    say(format!("over: {}", first.side)).after(rounds);
}

#[pipeline(name = "retry")]
pub(super) fn suite_retry() {
    shell("exit $((RANDOM % 4))").set_retry(10);
    shell("exit $((RANDOM % 2))").set_retry(5);
}

#[pipeline(name = "tolerations", description = "On nodes of its own.")]
pub(super) fn suite_tolerations() {
    let got = kept("fetch -O /tmp/out").add_toleration(Toleration::equal("gpu", "run").effect("NoSchedule"));
    shell(format!("echo {}", got.out));
}

#[pipeline(name = "volume", description = "With the files of a secret.")]
pub(super) fn suite_volume() {
    let got = kept("ls > /tmp/out")
        .add_volume(Volume::secret("credentials", "user-gcp-sa"))
        .add_volume_mount(VolumeMount::new("credentials", "/secret/credentials"))
        .set_env_variable("CREDENTIALS", "/secret/credentials/user-gcp-sa.json");
    shell(format!("echo {}", got.out));
}

#[pipeline(name = "volume-snapshotop-rokurl")]
pub(super) fn suite_volume_snapshotop_rokurl(rok_url: String) {
    let first = VolumeOp::new("volume-1", "vol1", "1Gi").annotations([("rok/origin", rok_url)]).modes(VOLUME_MODE_RWM);
    let packed = shell("gzip -c /data/file > /data/full.gz").add_pvolume("/data", first.volume());
    let once = VolumeSnapshotOp::of_volume("snapshot-1", "snap1", packed.pvolume()).api_version(OLD);
    let second = VolumeOp::new("volume-2", "vol2", once.size).data_source(once.snapshot());
    let unpacked = shell("gunzip -k /data/full.gz").add_pvolume("/data", second.volume());
    let twice = VolumeSnapshotOp::of_volume("snapshot-2", "snap2", unpacked.pvolume()).api_version(OLD);
    let third = VolumeOp::new("volume-3", "vol3", twice.size).data_source(twice.snapshot());
    shell("cat /data/full").add_pvolume("/data", third.volume());
}

#[pipeline(name = "volumeop-dag")]
pub(super) fn suite_volumeop_dag() {
    let disk = VolumeOp::new("create-pvc", "my-pvc", "10Gi").modes(VOLUME_MODE_RWM);
    let one = shell("echo 1 > /mnt/one").add_pvolume("/mnt", disk.volume());
    let two = shell("echo 2 > /mnt2/two").add_pvolume("/mnt2", disk.volume());
    shell("cat /mnt/one /mnt/two").add_pvolume("/mnt", disk.volume().after(one).after(two));
}

#[pipeline(name = "volumeop-sequential")]
pub(super) fn suite_volumeop_sequential() {
    let disk = VolumeOp::new("my-pvc", "newpvc", "10Gi").modes(VOLUME_MODE_RWM);
    let one = shell("echo 1 > /data/one").add_pvolume("/data", disk.volume());
    let two = shell("cp /data/one /data/two").add_pvolume("/data", one.pvolume());
    shell("cat /mnt/one /mnt/two").add_pvolume("/mnt", two.pvolume());
}

#[pipeline(name = "withitem-nested")]
pub(super) fn suite_withitem_nested(#[default(10)] my_pipe_param: i64) {
    for item in [Pair { a: 1, b: 2 }, Pair { a: 10, b: 20 }] {
        shell(format!("echo {} {my_pipe_param}", item.a));
        for inner in [100, 200, 300] {
            shell(format!("echo {} {inner} {my_pipe_param}", item.a));
        }
        shell(format!("echo {}", item.b));
    }
    shell(format!("echo {my_pipe_param}"));
}

#[pipeline(name = "withparam-global-dict")]
pub(super) fn suite_withparam_global_dict(#[default([Pair { a: 1, b: 2 }, Pair { a: 10, b: 20 }])] pairs: Vec<Pair>) {
    let listed = kept("seq 20 30 > /tmp/out");
    for item in pairs {
        shell(format!("echo {}", item.a)).after(listed);
    }
    shell(format!("echo {}", listed.out));
}

#[pipeline(name = "withparam-output")]
pub(super) fn suite_withparam_output() {
    let listed = numbers("seq 20 30 > /tmp/out");
    for item in listed.out {
        shell(format!("echo {item}"));
    }
    shell(format!("echo {}", listed.out));
}

#[component(image = "steps:1")]
fn looks(mlpipeline_ui_metadata: Output<UiMetadata>, mlpipeline_metrics: Output<Metrics>) {
    drop((mlpipeline_ui_metadata, mlpipeline_metrics));
}

#[pipeline(
    name = "artifact-passing-using-volume",
    conf = PipelineConf::new()
        .set_data_passing_volume(json!({"persistentVolumeClaim": {"claimName": "data-volume"}}), "artifact_data/")
)]
pub(super) fn suite_artifact_passing_using_volume() {
    let produced = produce();
    let processed = process(produced.small, produced.large);
    end(processed.small, processed.large);
    looks();
}

#[pipeline(name = "init-container", description = "With one that runs before.")]
pub(super) fn suite_init_container() {
    let got = kept("fetch -O /tmp/out")
        .add_init_container(UserContainer::new("echo", "echo:1").command(["echo"]).args(["--text", "hello"]));
    shell(format!("echo {}", got.out));
}

#[pipeline(name = "immediate-value", description = "Constants where values could be.")]
pub(super) fn suite_immediate_value() {
    kept("echo gs://bucket/file > /tmp/out");
    shell("echo this that");
}

#[component]
fn write(mlpipeline_metrics: Output<Metrics>, results: Output<Any>, logs: Output<Any>) -> ContainerOp {
    drop((mlpipeline_metrics, results, logs));
    ContainerOp::new("write", "box:1").command(["write"])
}

#[pipeline(name = "output-artifacts", description = "Files beside each other.")]
pub(super) fn suite_output_artifacts() {
    write();
}

#[component(image = "steps:1")]
fn prepare(uri: String, some: i64, rows: Output<Dataset>) -> Count {
    drop((uri, some, rows));
    Count { count: 1234 }
}

#[derive(Outputs, Serialize, Deserialize)]
struct Count {
    count: i64,
}

#[component(image = "steps:1")]
fn train(rows: Input<Dataset>, model: Output<Model>, #[default(100)] steps: i64) {
    drop((rows, model, steps));
}

#[pipeline(name = "two-step")]
pub(super) fn suite_two_step() {
    let prepared = prepare(uri = "a-uri", some = 12);
    train(steps = prepared.count, rows = prepared.rows);
}

#[pipeline(name = "ttl-after-finished", ttl_seconds_after_finished = 30)]
pub(super) fn suite_ttl_after_finished() {
    shell("exit 0");
}

#[pipeline(name = "secret", description = "Credentials out of a secret.")]
pub(super) fn suite_secret() {
    let got = kept("ls > /tmp/out").use_gcp_secret("user-gcp-sa");
    shell(format!("echo {}", got.out));
}

#[pipeline(
    name = "with-sidecars-and-pipelineparams",
    description = "Everything at once.",
    on_exit = |_| shell("echo bye")
)]
pub(super) fn suite_with_sidecars_and_pipelineparams(
    message: String,
    path: String,
    #[default("0.5")] cpu_limit: String,
    #[default("latest")] tag: String,
) {
    let counted = kept(format!("count '{message}' > /tmp/out")).set_memory_request("200M");
    shell(format!("echo {} | store {path}", counted.out))
        .set_cpu_limit(cpu_limit)
        .set_image_pull_policy("Always")
        .add_node_selector_constraint("cloud.google.com/gke-accelerator", "nvidia-tesla-k80")
        .use_tpu(8, "v2", "1.12")
        .add_sidecar(Sidecar::new("box", format!("box:{tag}")).command(["box"]).set_mirror_volume_mounts(true));
}

pub(super) const ALL: &[Named] = named! {
    suite_coin suite_loop_over_lightweight_output suite_opsgroups suite_parallelfor_item_argument_resolving
    suite_param_substitutions suite_pipelineparams suite_recursive_do_while suite_retry suite_tolerations suite_volume
    suite_volume_snapshotop_rokurl suite_volumeop_dag suite_volumeop_sequential suite_withitem_nested
    suite_withparam_global_dict suite_withparam_output suite_artifact_passing_using_volume suite_init_container
    suite_immediate_value suite_output_artifacts suite_two_step suite_ttl_after_finished suite_secret
    suite_with_sidecars_and_pipelineparams
};
