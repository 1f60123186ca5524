"""The mistakes with KFP's SDK 1.8: each function is the body of a pipeline, and is compiled."""

from typing import NamedTuple

from kfp import components, dsl
from kfp.components import InputPath, OutputPath, create_component_from_func
from kubernetes import client as k8s


@create_component_from_func
def say(text: str):
    print(text)


@create_component_from_func
def draw(low: int, high: int) -> int:
    return low + high


@create_component_from_func
def fetch(url: str) -> str:
    return url


@create_component_from_func
def words() -> list:
    return ["a", "b"]


@create_component_from_func
def split(rows: int) -> NamedTuple("Parts", [("first", int), ("second", int)]):
    return (1, 2)


@create_component_from_func
def train(model: OutputPath("Model")):
    open(model, "w").close()


@create_component_from_func
def show(data: InputPath("Dataset")):
    print(data)


def pod(image="alpine:3.20", command=("echo", "a")):
    return dsl.ContainerOp(name="work", image=image, command=list(command))


CONFIG = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}


def argument_missing():
    draw(low=1)


def argument_too_many():
    draw(1, 2, 3)


def argument_unknown():
    draw(low=1, hihg=2)


def constant_of_wrong_type():
    draw(low="abc", high=10)


def fraction_for_whole_number():
    draw(low=0.5, high=10)


def output_of_wrong_type():
    draw(low=fetch("a").output, high=10)


def artifact_of_wrong_type():
    show(data=train().output)


def several_outputs_for_one():
    say(split(10).output)


def output_of_none():
    say(say("a").output)


def output_unknown():
    say(split(10).outputs["frist"])


def default_of_wrong_type():
    @create_component_from_func
    def half(share: float = "half"):
        print(share)

    half()


def value_in_arithmetic(n: int = 1):
    draw(low=n + 1, high=10)


def length_of_value(names: list = ["a"]):
    draw(low=len(names), high=10)


def element_of_value():
    say(words().output[0])


def component_unknown():
    shout("a")  # noqa: F821


def plain_function():
    def shout(text):
        print(text, end="")

    shout("")
    say("a")


def name_of_nothing():
    dsl.ContainerOp(name="--", image="alpine:3.20", command=["echo"])


def name_too_long():
    say("a")


name_too_long.title = "a-name-of-which-every-run-gets-a-name-of-its-own-and-that-is-too-long"


def template_twice():
    @dsl.graph_component
    def work():
        pod()

    work()
    dsl.ContainerOp(name="graph-work-1", image="alpine:3.20", command=["echo"])


def value_leaves_branch():
    with dsl.Condition(fetch("a").output == "a"):
        inner = fetch("b")
    say(inner.output)


def item_leaves_loop():
    with dsl.ParallelFor(words().output) as item:
        say(item)
    say(item)


def cycle():
    first, second = say("a"), say("b")
    first.after(second)
    second.after(first)


def cycle_itself():
    first = say("a")
    first.after(first)


def after_a_value():
    say("a").after("b")


def pipeline_empty():
    pass


def parameter_unused(seed: int = 1):
    say("a")


def output_unused():
    draw(low=1, high=2)


def recursion_without_end():
    @dsl.graph_component
    def again(text):
        say(text)
        again(text)

    again(fetch("a").output)


def too_many_tasks():
    for _ in range(201):
        pod()


def condition_plain_if():
    if fetch("a").output == "never":
        say("b")


def condition_and():
    first, second = fetch("a"), fetch("b")
    with dsl.Condition(first.output == "a" and second.output == "b"):
        say("c")


def condition_of_other_type():
    with dsl.Condition(draw(low=1, high=2).output == "many"):
        say("a")


def condition_of_value():
    with dsl.Condition(draw(low=1, high=2).output):
        say("a")


def condition_always_true(n: int = 1):
    with dsl.Condition(n == n):
        say("a")


def loop_over_number():
    with dsl.ParallelFor(draw(low=1, high=2).output) as item:
        say(item)


def loop_plain_for():
    for word in words().output:
        say(str(word))


def loop_field_unknown():
    with dsl.ParallelFor([{"name": "a"}, {"name": "b"}]) as item:
        say(item.nmae)


def loop_parallel_zero():
    with dsl.ParallelFor(["a", "b"], parallelism=0) as item:
        say(item)


def quantity_suffix():
    pod().set_memory_limit("2GB")


def quantity_words():
    pod().set_cpu_limit("two")


def quantity_negative():
    pod().set_cpu_limit("-1")


def quantity_gpu():
    pod().set_gpu_limit("500m")


def request_above_limit():
    pod().set_memory_request("2Gi").set_memory_limit("1G")


def timeout_negative():
    pod().set_timeout(-5)


def timeout_words():
    pod().set_timeout("an hour")


def backoff_words():
    pod().set_retry(3, backoff_duration="two minutes")


def staleness_words():
    say("a").execution_options.caching_strategy.max_cache_staleness = "30 days"


def retry_negative():
    pod().set_retry(-1)


def retry_words():
    pod().set_retry("often")


def label_value():
    pod().add_pod_label("team", "vision & speech")


def label_key():
    pod().add_pod_label("my team", "vision")


def image_empty():
    pod(image="")


def image_space():
    pod(image="acme/steps 1")


def image_latest():
    pod(image="alpine")


def pull_policy_unknown():
    pod().container.set_image_pull_policy("Sometimes")


def toleration_unknown():
    pod().add_toleration(k8s.V1Toleration(key="a", operator="Exists", effect="NoRun"))


def port_too_large():
    pod().container.add_port(k8s.V1ContainerPort(container_port=70000))


def container_twice():
    pod().add_sidecar(dsl.Sidecar(name="main", image="alpine:3.20", command=["sleep", "9"]))


def command_missing():
    pod(command=())


def secret_in_plain_text():
    pod().container.add_env_variable(k8s.V1EnvVar(name="DB_PASSWORD", value="hunter2"))


def mount_without_volume():
    pod().container.add_volume_mount(k8s.V1VolumeMount(name="data", mount_path="/data"))


def volume_twice():
    work = pod()
    work.add_volume(k8s.V1Volume(name="data", empty_dir=k8s.V1EmptyDirVolumeSource()))
    work.add_volume(k8s.V1Volume(name="data", host_path=k8s.V1HostPathVolumeSource(path="/data")))


def claim_size():
    dsl.VolumeOp(name="make", resource_name="disk", size="ten")


def claim_mode():
    dsl.VolumeOp(name="make", resource_name="disk", size="1Gi", modes=["ReadWrite"])


def resource_without_api_version():
    dsl.ResourceOp(name="make", k8s_resource={"kind": "ConfigMap", "metadata": {"name": "a"}})


def resource_without_name():
    dsl.ResourceOp(name="drop", k8s_resource={"apiVersion": "v1", "kind": "Pod", "metadata": {}}, action="delete")


def resource_condition_prose():
    dsl.ResourceOp(name="make", k8s_resource=CONFIG, success_condition="the phase is good")


def resource_condition_at_least():
    dsl.ResourceOp(name="make", k8s_resource=CONFIG, success_condition="status.count >= 3")


def resource_merge_strategy():
    dsl.ResourceOp(name="mend", k8s_resource=CONFIG, action="apply", merge_strategy="deep")


def resource_strategy_without_patch():
    dsl.ResourceOp(name="make", k8s_resource=CONFIG, action="create", merge_strategy="merge")


def resource_manifest_of_task():
    dsl.ResourceOp(name="make", k8s_resource=fetch("a").output)


def resource_json_path():
    dsl.ResourceOp(name="make", k8s_resource=CONFIG, attribute_outputs={"ip": "status.podIP extra"})


def braces():
    say("{{workflow.name}}")


def component(text):
    components.load_component_from_text(text)("a")


def file_unknown_key():
    component("inputs: [{name: rows, typ: Integer}]\nimplementation: {container: {image: 'a:1', command: [a]}}")


def file_no_image():
    component("inputs: [{name: rows}]\nimplementation: {container: {command: [a]}}")


def file_undeclared_input():
    component(
        "inputs: [{name: rows}]\nimplementation: {container: {image: 'a:1', command: [a, {inputValue: row}]}}"
    )


def file_same_name():
    component(
        "inputs: [{name: rows}, {name: rows}]\nimplementation: {container: {image: 'a:1', command: [a]}}"
    )


def file_default():
    component(
        "inputs: [{name: rows}, {name: depth, type: Integer, default: deep}]\n"
        "implementation: {container: {image: 'a:1', command: [a, {inputValue: depth}]}}"
    )


def file_no_yaml():
    component("name: a: b\nimplementation: {}")


# Where the words are about something else.
BESIDE = {"output_of_none", "loop_field_unknown"}
