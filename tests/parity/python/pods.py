"""What a task says about its pod."""

from kfp import dsl
from kubernetes.client.models import V1EnvVar, V1Toleration

from steps import draw, flip, say


@dsl.pipeline(name="resources-of-a-pod")
def resources_of_a_pod():
    (
        say("resources")
        .set_cpu_request("250m")
        .set_cpu_limit("2")
        .set_memory_request("1G")
        .set_memory_limit("2Gi")
        .set_ephemeral_storage_request("1Gi")
        .set_ephemeral_storage_limit("10Gi")
        .add_resource_limit("example.com/fpga", "1")
        .add_resource_request("example.com/fpga", "1")
    )


@dsl.pipeline(name="resources-from-values")
def resources_from_values(memory: str, cpu: str = "1"):
    size = flip()
    say("resources").set_memory_limit(memory).set_cpu_request(cpu).set_memory_request(size.output).set_cpu_limit("4")


@dsl.pipeline(name="gpus")
def gpus():
    say("nvidia").set_gpu_limit(2)
    say("amd").set_gpu_limit(1, vendor="amd")


@dsl.pipeline(name="environment")
def environment(mode: str):
    coin = flip()
    say("plain").add_env_variable(V1EnvVar(name="MODE", value="fast")).add_env_variable(V1EnvVar(name="ON", value="on"))
    say("values").add_env_variable(V1EnvVar(name="MODE", value=mode)).add_env_variable(
        V1EnvVar(name="COIN", value=f"the {coin.output}")
    )


@dsl.pipeline(name="labels-and-annotations")
def labels_and_annotations(team: str):
    say("labels").add_pod_label("app", "redis").add_pod_label("team", team).add_pod_annotation("note", "yes")
    say("annotations").add_pod_annotation("team", team)


@dsl.pipeline(name="retries")
def retries():
    say("three").set_retry(3)
    say("always").set_retry(2, policy="Always")
    say("backoff").set_retry(
        4, policy="OnError", backoff_duration="10s", backoff_factor=2, backoff_max_duration="5m"
    )


@dsl.pipeline(name="timeouts")
def timeouts():
    say("a minute").set_timeout(60)
    draw(0, 1).set_timeout(3600)


@dsl.pipeline(name="tolerations")
def tolerations():
    say("one").add_toleration(V1Toleration(key="gpu", operator="Equal", value="true", effect="NoSchedule"))
    say("two").add_toleration(
        V1Toleration(key="spot", operator="Exists", effect="NoExecute", toleration_seconds=60)
    ).add_toleration(V1Toleration(operator="Exists"))


@dsl.pipeline(name="node-selectors")
def node_selectors(pool: str):
    say("constant").add_node_selector_constraint("pool", "gpu").add_node_selector_constraint("zone", "a")
    say("value").add_node_selector_constraint("pool", pool)


@dsl.pipeline(name="display-names")
def display_names():
    say("hello").set_display_name("Say hello")


@dsl.pipeline(name="caching")
def caching():
    fresh = say("fresh")
    fresh.execution_options.caching_strategy.max_cache_staleness = "P30D"
    never = say("never")
    never.execution_options.caching_strategy.max_cache_staleness = "P0D"


@dsl.pipeline(name="caching-off")
def caching_off():
    say("off").set_caching_options(False)


@dsl.pipeline(name="affinity-and-limits-from-values")
def limits_from_values(disk: str, fpgas: str):
    say("limits").set_ephemeral_storage_limit(disk).add_resource_limit("example.com/fpga", fpgas).set_ephemeral_storage_request("1Gi")
