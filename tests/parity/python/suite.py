"""What the pipelines of the SDK's own compiler tests do, in words of our own: `suite_` and the name of the file there.

Left out: those of which a manifest lies beside the repository, copies of others, and what only version 2 reads.
"""

from typing import NamedTuple

from kfp import dsl, gcp
from kfp.components import InputPath, OutputPath, create_component_from_func, func_to_container_op, load_component_from_text
from kfp.dsl import data_passing_methods
from kubernetes.client import models as k8s

from steps import flip, say


def shell(name, script, *arguments, image="shell:1", **more):
    return dsl.ContainerOp(name=name, image=image, command=["sh", "-c"], arguments=[script, *arguments], **more)


def kept(name, script, **more):
    return shell(name, script, file_outputs={"out": "/tmp/out"}, **more)


@dsl.pipeline(name="coin")
def suite_coin():
    first = flip()
    with dsl.Condition(first.output == "heads"):
        again = flip()
        with dsl.Condition(again.output == "tails"):
            say(again.output)
    with dsl.Condition(first.output == "tails"):
        say("tails")


list_numbers = load_component_from_text(
    """
name: List numbers
outputs:
- name: numbers
implementation:
  container:
    image: shell:1
    command: [list, {outputPath: numbers}]
"""
)
take = load_component_from_text(
    """
name: Take
inputs:
- name: what
implementation:
  container:
    image: shell:1
    command: [take, {inputValue: what}]
"""
)


@dsl.pipeline(name="loop-over-lightweight-output", description="A loop over what has no type.")
def suite_loop_over_lightweight_output():
    with dsl.ParallelFor(list_numbers().output) as number:
        take(number)


@dsl.graph_component
def echo_first(text):
    shell("first", 'echo "$0"', text)


@dsl.graph_component
def echo_second(text):
    shell("second", 'echo "$0"', text)


@dsl.pipeline(name="opsgroups")
def suite_opsgroups(text1="one", text2="two"):
    first = echo_first(text1)
    echo_second(text2).after(first)


@func_to_container_op
def one_text() -> str:
    return "hello"


@func_to_container_op
def some_texts() -> list:
    return ["a", "z"]


@func_to_container_op
def some_numbers() -> list:
    return [1234567890, 987654321]


@func_to_container_op
def some_pairs() -> list:
    return [{"left": "a", "right": "b"}, {"left": "c", "right": "d"}]


@func_to_container_op
def consume(what):
    print(what)


@dsl.pipeline(name="parallelfor-item-argument-resolving")
def suite_parallelfor_item_argument_resolving():
    text, texts, numbers, pairs = one_text(), some_texts(), some_numbers(), some_pairs()
    with dsl.ParallelFor(texts.output) as item:
        consume(texts.output)
        consume(item)
        consume(text.output)
    with dsl.ParallelFor(numbers.output) as item:
        consume(numbers.output)
        consume(item)
    with dsl.ParallelFor(pairs.output) as item:
        consume(pairs.output)
        consume(item.left)


@dsl.pipeline(name="param-substitutions", description="One value in two places.")
def suite_param_substitutions():
    disk = dsl.VolumeOp(name="create-volume", resource_name="data", size="1Gi")
    dsl.ContainerOp(
        name="use", image="shell:1", command=["use"], arguments=["--claim", disk.output], pvolumes={"/mnt": disk.volume}
    )


@dsl.pipeline(name="pipelineparams", description="Values in images and scripts.")
def suite_pipelineparams(tag: str = "latest", sleep_ms: int = 10):
    echo = dsl.Sidecar(name="echo", image=f"echo:{tag}", args=["--text", "hello"])
    got = kept("download", f"sleep {sleep_ms}; fetch -O /tmp/out", image=f"box:{tag}", sidecars=[echo])
    shell("echo", f"echo $MSG {got.output}").add_env_variable(k8s.V1EnvVar(name="MSG", value="it says: "))


@dsl.graph_component
def flip_on(side):
    said = say(side)
    coin = flip().after(said)
    with dsl.Condition(coin.output == "heads"):
        flip_on(coin.output)


@dsl.pipeline(name="recursive-do-while")
def suite_recursive_do_while():
    first, second = flip(), flip()
    rounds = flip_on(first.output)
    rounds.after(second)
    say(f"over: {first.output}").after(rounds)


@dsl.pipeline(name="retry")
def suite_retry():
    shell("sometimes", "exit $((RANDOM % 4))").set_retry(10)
    shell("sometimes", "exit $((RANDOM % 2))").set_retry(5)


@dsl.pipeline(name="tolerations", description="On nodes of its own.")
def suite_tolerations():
    run = k8s.V1Toleration(effect="NoSchedule", key="gpu", operator="Equal", value="run")
    got = kept("download", "fetch -O /tmp/out").add_toleration(run)
    shell("echo", f"echo {got.output}")


@dsl.pipeline(name="volume", description="With the files of a secret.")
def suite_volume():
    got = kept("download", "ls > /tmp/out")
    got.add_volume(k8s.V1Volume(name="credentials", secret=k8s.V1SecretVolumeSource(secret_name="user-gcp-sa")))
    got.add_volume_mount(k8s.V1VolumeMount(mount_path="/secret/credentials", name="credentials"))
    got.add_env_variable(k8s.V1EnvVar(name="CREDENTIALS", value="/secret/credentials/user-gcp-sa.json"))
    shell("echo", f"echo {got.output}")


@dsl.pipeline(name="volume-snapshotop-rokurl")
def suite_volume_snapshotop_rokurl(rok_url):
    first = dsl.VolumeOp(
        name="volume-1", resource_name="vol1", size="1Gi", annotations={"rok/origin": rok_url}, modes=dsl.VOLUME_MODE_RWM
    )
    packed = shell("pack", "gzip -c /data/file > /data/full.gz", pvolumes={"/data": first.volume})
    once = dsl.VolumeSnapshotOp(name="snapshot-1", resource_name="snap1", volume=packed.pvolume)
    second = dsl.VolumeOp(
        name="volume-2", resource_name="vol2", data_source=once.snapshot, size=once.outputs["size"]
    )
    unpacked = shell("unpack", "gunzip -k /data/full.gz", pvolumes={"/data": second.volume})
    twice = dsl.VolumeSnapshotOp(name="snapshot-2", resource_name="snap2", volume=unpacked.pvolume)
    third = dsl.VolumeOp(
        name="volume-3", resource_name="vol3", data_source=twice.snapshot, size=twice.outputs["size"]
    )
    shell("show", "cat /data/full", pvolumes={"/data": third.volume})


@dsl.pipeline(name="volumeop-dag")
def suite_volumeop_dag():
    disk = dsl.VolumeOp(name="create-pvc", resource_name="my-pvc", size="10Gi", modes=dsl.VOLUME_MODE_RWM)
    one = shell("one", "echo 1 > /mnt/one", pvolumes={"/mnt": disk.volume})
    two = shell("two", "echo 2 > /mnt2/two", pvolumes={"/mnt2": disk.volume})
    shell("both", "cat /mnt/one /mnt/two", pvolumes={"/mnt": disk.volume.after(one, two)})


@dsl.pipeline(name="volumeop-sequential")
def suite_volumeop_sequential():
    disk = dsl.VolumeOp(name="my-pvc", resource_name="newpvc", size="10Gi", modes=dsl.VOLUME_MODE_RWM)
    one = shell("one", "echo 1 > /data/one", pvolumes={"/data": disk.volume})
    two = shell("two", "cp /data/one /data/two", pvolumes={"/data": one.pvolume})
    shell("both", "cat /mnt/one /mnt/two", pvolumes={"/mnt": two.pvolume})


@dsl.pipeline(name="withitem-nested")
def suite_withitem_nested(my_pipe_param: int = 10):
    with dsl.ParallelFor([{"a": 1, "b": 2}, {"a": 10, "b": 20}]) as item:
        shell("outer", f"echo {item.a} {my_pipe_param}")
        with dsl.ParallelFor([100, 200, 300]) as inner:
            shell("inner", f"echo {item.a} {inner} {my_pipe_param}")
        shell("outer", f"echo {item.b}")
    shell("out", f"echo {my_pipe_param}")


@dsl.pipeline(name="withparam-global-dict")
def suite_withparam_global_dict(pairs: dict = [{"a": 1, "b": 2}, {"a": 10, "b": 20}]):
    listed = kept("listed", "seq 20 30 > /tmp/out")
    with dsl.ParallelFor(pairs) as item:
        shell("inner", f"echo {item.a}").after(listed)
    shell("out", f"echo {listed.output}")


@dsl.pipeline(name="withparam-output")
def suite_withparam_output():
    listed = kept("listed", "seq 20 30 > /tmp/out")
    with dsl.ParallelFor(listed.output) as item:
        shell("inner", f"echo {item}")
    shell("out", f"echo {listed.output}")


produce = load_component_from_text(
    """
name: Produce
outputs:
- {name: Small}
- {name: Large}
implementation:
  container:
    image: shell:1
    command: [produce, {outputPath: Small}, {outputPath: Large}]
"""
)
process = load_component_from_text(
    """
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
"""
)
end = load_component_from_text(
    """
name: End
inputs:
- {name: Value}
- {name: File}
implementation:
  container:
    image: shell:1
    command: [end, {inputValue: Value}, {inputPath: File}]
"""
)


@create_component_from_func
def looks() -> NamedTuple("Looks", [("mlpipeline_ui_metadata", "UI_metadata"), ("mlpipeline_metrics", "Metrics")]):
    return ("{}", "{}")


@dsl.pipeline(name="artifact-passing-using-volume")
def suite_artifact_passing_using_volume():
    produced = produce()
    processed = process(produced.outputs["Small"], produced.outputs["Large"])
    end(processed.outputs["Small"], processed.outputs["Large"])
    looks()
    claim = k8s.V1PersistentVolumeClaimVolumeSource(claim_name="data-volume")
    dsl.get_pipeline_conf().data_passing_method = data_passing_methods.KubernetesVolume(
        volume=k8s.V1Volume(name="data", persistent_volume_claim=claim), path_prefix="artifact_data/"
    )


@dsl.pipeline(name="init-container", description="With one that runs before.")
def suite_init_container():
    echo = dsl.UserContainer(name="echo", image="echo:1", args=["--text", "hello"], command=["echo"])
    got = kept("download", "fetch -O /tmp/out", init_containers=[echo])
    shell("echo", f"echo {got.output}")


@dsl.pipeline(name="immediate-value", description="Constants where values could be.")
def suite_immediate_value():
    kept("one", "echo gs://bucket/file > /tmp/out")
    shell("two", "echo this that")


@dsl.pipeline(name="output-artifacts", description="Files beside each other.")
def suite_output_artifacts():
    dsl.ContainerOp(
        name="write",
        image="box:1",
        command=["write"],
        output_artifact_paths={"mlpipeline-metrics": "/tmp/outputs/mlpipeline_metrics/data"},
        file_outputs={"results": "/tmp/outputs/results/data", "logs": "/tmp/outputs/logs/data"},
    )


@create_component_from_func
def prepare(uri: str, some: int, count_path: OutputPath(int), rows_path: OutputPath("Dataset")):
    pass


@create_component_from_func
def train(rows_path: InputPath("Dataset"), model_path: OutputPath("Model"), steps: int = 100):
    pass


@dsl.pipeline(name="two-step")
def suite_two_step():
    prepared = prepare(uri="a-uri", some=12)
    train(steps=prepared.outputs["count"], rows=prepared.outputs["rows"])


@dsl.pipeline(name="ttl-after-finished")
def suite_ttl_after_finished():
    dsl.get_pipeline_conf().set_ttl_seconds_after_finished(30)
    shell("exit", "exit 0")


@dsl.pipeline(name="secret", description="Credentials out of a secret.")
def suite_secret():
    got = kept("download", "ls > /tmp/out").apply(gcp.use_gcp_secret("user-gcp-sa"))
    shell("echo", f"echo {got.output}")


@dsl.pipeline(name="with-sidecars-and-pipelineparams", description="Everything at once.")
def suite_with_sidecars_and_pipelineparams(message: str, path: str, cpu_limit: str = "0.5", tag: str = "latest"):
    with dsl.ExitHandler(shell("bye", "echo bye")):
        counted = kept("most-frequent", f"count '{message}' > /tmp/out").set_memory_request("200M")
        saved = shell("save", f"echo {counted.output} | store {path}")
        saved.set_cpu_limit(cpu_limit).set_image_pull_policy("Always")
        saved.add_node_selector_constraint("cloud.google.com/gke-accelerator", "nvidia-tesla-k80")
        saved.apply(gcp.use_tpu(tpu_cores=8, tpu_resource="v2", tf_version="1.12"))
        saved.add_sidecar(dsl.Sidecar("box", f"box:{tag}", command=["box"]).set_mirror_volume_mounts(True))
