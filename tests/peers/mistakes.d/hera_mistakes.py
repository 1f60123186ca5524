"""The mistakes with Hera 7: each function makes a workflow, and its manifest is written."""

from hera.workflows import (
    DAG,
    Artifact,
    Container,
    Parameter,
    Resource,
    Resources,
    RetryStrategy,
    Task,
    UserContainer,
    Workflow,
    models,
    script,
)
from hera.workflows.models import Backoff, ContainerPort, EnvVar, Toleration, VolumeMount
from hera.workflows.volume import EmptyDirVolume, Volume


@script()
def say(text: str):
    print(text)


@script()
def draw(low: int, high: int):
    print(low + high)


@script(outputs=[Parameter(name="text", value_from=models.ValueFrom(path="/tmp/text"))])
def fetch(url: str):
    print(url)


@script(outputs=[Artifact(name="model", path="/tmp/model")])
def train():
    print()


@script(inputs=[Artifact(name="data", path="/tmp/data")])
def show():
    print()


def dag(body, arguments=None):
    """A workflow of one DAG, which `body` fills."""
    with Workflow(generate_name="p-", entrypoint="p", arguments=arguments) as workflow, DAG(name="p"):
        body(workflow)
    return workflow


def pod(name="work", image="alpine:3.20", command=("echo", "a"), **options):
    """A workflow of one container."""
    with Workflow(generate_name="p-", entrypoint="work") as workflow:
        Container(name=name, image=image, command=list(command), **options)
    return workflow


def resource(manifest="apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}", action="create", **options):
    with Workflow(generate_name="p-", entrypoint="make") as workflow:
        Resource(name="make", action=action, manifest=manifest, **options)
    return workflow


def argument_missing():
    return dag(lambda _: draw(arguments={"low": 1}))


def argument_too_many():
    return dag(lambda _: draw(arguments={"low": 1, "high": 2, "step": 3}))


def argument_unknown():
    return dag(lambda _: draw(arguments={"low": 1, "hihg": 2}))


def constant_of_wrong_type():
    return dag(lambda _: draw(arguments={"low": "abc", "high": 10}))


def fraction_for_whole_number():
    return dag(lambda _: draw(arguments={"low": 0.5, "high": 10}))


def output_of_wrong_type():
    def body(_):
        text = fetch(arguments={"url": "a"})
        draw(arguments={"low": text.get_parameter("text"), "high": 10})

    return dag(body)


def output_unknown():
    return dag(lambda _: say(arguments={"text": fetch(arguments={"url": "a"}).get_parameter("txet")}))


def default_of_wrong_type():
    @script()
    def half(share: float = "half"):
        print(share)

    return dag(lambda _: half())


def value_in_arithmetic():
    return dag(lambda w: draw(arguments={"low": w.get_parameter("n") + 1, "high": 10}), {"n": 1})


def length_of_value():
    return dag(lambda w: draw(arguments={"low": len(w.get_parameter("names")), "high": 10}), {"names": ["a"]})


def element_of_value():
    return dag(lambda w: say(arguments={"text": w.get_parameter("names")[0]}), {"names": ["a"]})


def component_unknown():
    return dag(lambda _: Task(name="a", template="shout"))


def plain_function():
    def shout(text):
        print(text, end="")

    def body(_):
        shout("")
        say(arguments={"text": "a"})

    return dag(body)


def name_of_nothing():
    return pod(name="--")


def name_too_long():
    name = "a-name-of-which-every-run-gets-a-name-of-its-own-and-that-is-too-long"
    with Workflow(name=name, entrypoint="work") as workflow:
        Container(name="work", image="alpine:3.20", command=["echo"])
    return workflow


def name_twice():
    with Workflow(generate_name="p-", entrypoint="mix", arguments={"a": 1, "b": 2}) as workflow:
        Container(name="mix", image="a:1", command=["echo"], inputs=[Parameter(name="wert"), Parameter(name="wert")])
    return workflow


def template_twice():
    with Workflow(generate_name="p-", entrypoint="work") as workflow:
        Container(name="work", image="alpine:3.20", command=["echo"])
        Container(name="work", image="alpine:3.20", command=["ls"])
    return workflow


def item_leaves_loop():
    def body(_):
        say(arguments={"text": "{{item}}"}, with_items=["a", "b"])
        say(name="after", arguments={"text": "{{item}}"})

    return dag(body)


def cycle():
    def body(_):
        first = say(name="first", arguments={"text": "a"})
        second = say(name="second", arguments={"text": "b"})
        first >> second
        second >> first

    return dag(body)


def cycle_itself():
    def body(_):
        first = say(name="first", arguments={"text": "a"})
        first >> first

    return dag(body)


def after_a_value():
    return dag(lambda _: say(arguments={"text": "a"}) >> "b")


def pipeline_empty():
    return dag(lambda _: None)


def parameter_unused():
    return dag(lambda _: say(arguments={"text": "a"}), {"seed": 1})


def output_unused():
    return dag(lambda _: fetch(arguments={"url": "a"}))


def recursion_without_end():
    return dag(lambda _: Task(name="again", template="p"))


def too_many_tasks():
    def body(_):
        for number in range(201):
            say(name=f"say-{number}", arguments={"text": "a"})

    return dag(body)


def condition_plain_if():
    def body(_):
        if fetch(arguments={"url": "a"}).get_parameter("text") == "never":
            say(arguments={"text": "b"})

    return dag(body)


def condition_and():
    def body(_):
        first = fetch(name="first", arguments={"url": "a"}).get_parameter("text")
        second = fetch(name="second", arguments={"url": "b"}).get_parameter("text")
        say(arguments={"text": "c"}, when=f"{first} == a" and f"{second} == b")

    return dag(body)


def condition_of_other_type():
    def body(_):
        text = fetch(arguments={"url": "a"}).get_parameter("text")
        say(arguments={"text": "c"}, when=f"{text} > 'many'")

    return dag(body)


def condition_of_value():
    return dag(lambda _: say(arguments={"text": "a"}, when=fetch(arguments={"url": "a"}).get_parameter("text")))


def condition_always_true():
    return dag(lambda _: say(arguments={"text": "a"}, when="1 == 1"))


def loop_over_number():
    return dag(lambda _: say(arguments={"text": "{{item}}"}, with_param=5))


def loop_plain_for():
    def body(workflow):
        for word in workflow.get_parameter("names"):
            say(arguments={"text": str(word)})

    return dag(body, {"names": ["a"]})


def loop_field_unknown():
    return dag(lambda _: say(arguments={"text": "{{item.nmae}}"}, with_param='[{"name": "a"}, {"name": "b"}]'))


def loop_parallel_zero():
    with Workflow(generate_name="p-", entrypoint="p") as workflow, DAG(name="p", parallelism=0):
        say(arguments={"text": "{{item}}"}, with_items=["a", "b"])
    return workflow


def quantity_suffix():
    return pod(resources=Resources(memory_limit="2GB"))


def quantity_words():
    return pod(resources=Resources(cpu_limit="two"))


def quantity_negative():
    return pod(resources=Resources(cpu_limit=-1))


def quantity_gpu():
    return pod(resources=Resources(gpus="500m"))


def request_above_limit():
    return pod(resources=Resources(memory_request="2Gi", memory_limit="1Gi"))


def timeout_negative():
    return pod(active_deadline_seconds=-5)


def timeout_words():
    return pod(active_deadline_seconds="an hour")


def backoff_words():
    return pod(retry_strategy=RetryStrategy(limit=3, backoff=Backoff(duration="two minutes")))


def staleness_words():
    cache = models.Cache(config_map=models.LocalObjectReference(name="cache"))
    return pod(memoize=models.Memoize(cache=cache, key="a", max_age="30 days"))


def retry_negative():
    return pod(retry_strategy=RetryStrategy(limit=-1))


def retry_words():
    return pod(retry_strategy=RetryStrategy(limit="often"))


def label_value():
    return pod(labels={"team": "vision & speech"})


def label_key():
    return pod(labels={"my team": "vision"})


def image_empty():
    return pod(image="")


def image_space():
    return pod(image="acme/steps 1")


def image_latest():
    return pod(image="alpine")


def pull_policy_unknown():
    return pod(image_pull_policy="Sometimes")


def toleration_unknown():
    return pod(tolerations=[Toleration(key="a", operator="Exists", effect="NoRun")])


def port_too_large():
    return pod(ports=[ContainerPort(container_port=70000)])


def container_twice():
    return pod(sidecars=[UserContainer(name="main", image="alpine:3.20", command=["sleep", "9"])])


def command_missing():
    return pod(command=())


def secret_in_plain_text():
    return pod(env=[EnvVar(name="DB_PASSWORD", value="hunter2")])


def mount_without_volume():
    return pod(volume_mounts=[VolumeMount(name="data", mount_path="/data")])


def volume_twice():
    return pod(volumes=[EmptyDirVolume(name="data", mount_path="/a"), EmptyDirVolume(name="data", mount_path="/b")])


def claim_size():
    return pod(volumes=[Volume(name="disk", mount_path="/data", size="ten")])


def claim_mode():
    return pod(volumes=[Volume(name="disk", mount_path="/data", size="1Gi", access_modes=["ReadWrite"])])


def resource_without_api_version():
    return resource("kind: ConfigMap\nmetadata: {name: a}")


def resource_without_name():
    return resource("apiVersion: v1\nkind: Pod\nmetadata: {}", action="delete")


def resource_condition_prose():
    return resource(success_condition="the phase is good")


def resource_condition_at_least():
    return resource(success_condition="status.count >= 3")


def resource_merge_strategy():
    return resource(action="patch", merge_strategy="deep")


def resource_strategy_without_patch():
    return resource(merge_strategy="merge")


def resource_manifest_of_task():
    return resource("{{tasks.fetch.outputs.parameters.text}}")


def resource_json_path():
    value_from = models.ValueFrom(json_path="status.podIP extra")
    return resource(outputs=[Parameter(name="ip", value_from=value_from)])


def braces():
    return dag(lambda _: say(arguments={"text": "{{workflow.name}}"}))


# Where the words are about something else.
BESIDE = set()
