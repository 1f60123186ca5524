"""Conditions, loops, recursion, exit handlers."""

from kfp import dsl

from steps import ask, draw, flip, say, settings, words


@dsl.pipeline(name="condition-on-text")
def condition_on_text(expected: str = "heads"):
    coin = flip()
    with dsl.Condition(coin.output == "heads"):
        say("it is heads")
    with dsl.Condition(coin.output != "heads"):
        say("it is tails")
    with dsl.Condition(coin.output == expected):
        say("as expected")


@dsl.pipeline(name="condition-on-numbers")
def condition_on_numbers(limit: int = 5):
    number = draw(0, 9)
    with dsl.Condition(number.output > 5):
        say("more")
    with dsl.Condition(number.output >= 5):
        say("at least")
    with dsl.Condition(number.output < limit):
        say("less")
    with dsl.Condition(number.output <= limit):
        say("at most")
    with dsl.Condition(number.output == 7):
        say("seven")
    with dsl.Condition(number.output != 7):
        say("not seven")


@dsl.pipeline(name="condition-on-parameters")
def condition_on_parameters(fast: bool, name: str = "x"):
    with dsl.Condition(fast == True):  # noqa: E712
        say("fast")
    with dsl.Condition(name == "x"):
        say(name)


@dsl.pipeline(name="conditions-nested")
def conditions_nested(limit: int = 3):
    coin = flip()
    with dsl.Condition(coin.output == "heads"):
        number = draw(0, 9)
        with dsl.Condition(number.output > limit):
            say(number.output)
            answer = ask("really?")
            with dsl.Condition(answer.output == "yes"):
                say(f"{coin.output}: {number.output}")


@dsl.pipeline(name="condition-named")
def condition_named():
    coin = flip()
    with dsl.Condition(coin.output == "heads", name="is-heads"):
        say("heads")


@dsl.pipeline(name="group-after-task")
def group_after_task():
    coin = flip()
    first = say("first")
    with dsl.Condition(coin.output == "heads") as heads:
        say("heads")
        say("again")
    heads.after(first)
    say("last").after(heads)


@dsl.pipeline(name="after-inside-of-a-group")
def after_inside_of_a_group():
    coin = flip()
    first = say("first")
    with dsl.Condition(coin.output == "heads"):
        say("heads").after(first)
    say("last").after(first)


@dsl.pipeline(name="loop-over-constants")
def loop_over_constants():
    with dsl.ParallelFor([1, 2, 3]) as number:
        draw(number, 10)
    with dsl.ParallelFor(["a", "b"]) as name:
        say(f"{name}!")


@dsl.pipeline(name="loop-over-dicts")
def loop_over_dicts(greeting: str = "hello"):
    with dsl.ParallelFor([{"label": "a", "rate": 0.5}, {"label": "b", "rate": 0.25}]) as item:
        say(f"{greeting} {item.label}")
        say(item.rate)


@dsl.pipeline(name="loop-over-parameter")
def loop_over_parameter(names: list = ["a", "b"]):
    with dsl.ParallelFor(names) as name:
        say(name)
    say(names)


@dsl.pipeline(name="loop-over-output")
def loop_over_output():
    listed = words()
    with dsl.ParallelFor(listed.output) as word:
        first = say(word)
        say("then").after(first)
    say(listed.output)


@dsl.pipeline(name="loop-over-fields-of-output")
def loop_over_fields_of_output():
    with dsl.ParallelFor(settings().output) as setting:
        say(setting.label)
        draw(setting.low, setting.high)


@dsl.pipeline(name="loops-nested")
def loops_nested(names: list):
    with dsl.ParallelFor([1, 2]) as number:
        with dsl.ParallelFor(names) as name:
            say(f"{name} {number}")
        say(number)


@dsl.pipeline(name="loop-limited")
def loop_limited():
    with dsl.ParallelFor(["a", "b", "c"], parallelism=2) as name:
        say(name)


@dsl.pipeline(name="loop-in-condition")
def loop_in_condition(names: list):
    coin = flip()
    with dsl.Condition(coin.output == "heads"):
        with dsl.ParallelFor(names) as name:
            say(name)


@dsl.pipeline(name="condition-in-loop")
def condition_in_loop(names: list, wanted: str):
    coin = flip()
    with dsl.ParallelFor(names) as name:
        with dsl.Condition(name == "x"):
            say(name)
        with dsl.Condition(name == wanted):
            say(coin.output)


@dsl.pipeline(name="tasks-in-loop")
def tasks_in_loop(names: list):
    with dsl.ParallelFor(names) as name:
        answer = ask(name)
        with dsl.Condition(answer.output == "yes"):
            say(f"{name}: {answer.output}")


@dsl.pipeline(name="exit-handler")
def exit_handler(name: str):
    with dsl.ExitHandler(say(f"bye {name}")):
        coin = flip()
        say(coin.output)


@dsl.pipeline(name="exit-handler-with-status")
def exit_handler_with_status():
    with dsl.ExitHandler(say("{{workflow.status}} {{workflow.failures}}")):
        say("hello")


@dsl.graph_component
def throw_again(side):
    with dsl.Condition(side == "heads"):
        coin = flip().after(say(side))
        throw_again(coin.output)


@dsl.pipeline(name="recursion-while")
def recursion_while():
    coin = flip()
    throws = throw_again(coin.output)
    say("over").after(throws)


@dsl.graph_component
def count(low, high):
    number = draw(low, high)
    with dsl.Condition(number.output < high):
        count(number.output, high)


@dsl.pipeline(name="recursion-do-while")
def recursion_do_while(high: int):
    low = draw(0, 1)
    count(low.output, high)


@dsl.graph_component
def twice(text):
    say(text)
    say(f"{text} again")


@dsl.pipeline(name="graph-component")
def graph_component(name: str):
    coin = flip()
    twice(coin.output)
    twice(name)


@dsl.pipeline(name="sub-graph")
def sub_graph(names: list):
    with dsl.SubGraph(parallelism=2):
        with dsl.ParallelFor(names) as name:
            say(name)


@dsl.pipeline(name="graph-components-in-order")
def graph_components_in_order(first: str = "a", second: str = "b"):
    one = twice(first)
    other = twice(second)
    other.after(one)


@dsl.pipeline(name="loops-of-dicts-nested")
def loops_of_dicts_nested(greeting: str = "hello"):
    with dsl.ParallelFor([{"label": "a", "rate": 0.5}, {"label": "b", "rate": 0.25}]) as item:
        say(f"{item.label} {greeting}")
        with dsl.ParallelFor([100, 200]) as number:
            say(f"{item.label} {number} {greeting}")
        say(item.rate)


@dsl.pipeline(name="lists-inside-of-their-loops")
def lists_inside_of_their_loops():
    coin = flip()
    listed = words()
    with dsl.ParallelFor(listed.output) as word:
        say(listed.output)
        say(word)
        say(coin.output)


@dsl.pipeline(name="loop-of-values")
def loop_of_values(first: str, second: str):
    coin = flip()
    with dsl.ParallelFor([first, f"{second}!", coin.output, "constant"]) as text:
        say(text)


@dsl.pipeline(name="loop-of-dicts-with-values")
def loop_of_dicts_with_values(first: str):
    coin = flip()
    with dsl.ParallelFor([{"label": first, "text": coin.output}, {"label": "b", "text": f"{first} {coin.output}"}]) as item:
        say(item.label)
        with dsl.Condition(item.label == "b"):
            say(item.text)


@dsl.pipeline(name="loop-over-list-of-dicts")
def loop_over_list_of_dicts(settings: list = [{"label": "a", "low": 1, "high": 2}]):
    with dsl.ParallelFor(settings, parallelism=3) as setting:
        draw(setting.low, setting.high)
        say(setting.label)


@dsl.pipeline(name="loop-in-loop-of-dicts")
def loop_in_loop_of_dicts(names: list):
    with dsl.ParallelFor([{"label": "a", "rate": 0.5}, {"label": "b", "rate": 0.25}], parallelism=1) as item:
        with dsl.ParallelFor(names) as name:
            with dsl.Condition(name == item.label):
                say(f"{name} {item.rate}")


@dsl.pipeline(name="exit-handler-around-all")
def exit_handler_around_all(names: list, name: str):
    with dsl.ExitHandler(say(f"{name} is over").set_retry(2).set_memory_limit("1Gi")):
        coin = flip()
        with dsl.Condition(coin.output == "heads"):
            with dsl.ParallelFor(names) as one:
                say(one)
        say("beside")


@dsl.pipeline(name="groups-in-order")
def groups_in_order(names: list):
    coin = flip()
    with dsl.ParallelFor(names) as name:
        said = say(name)
    with dsl.Condition(coin.output == "heads") as heads:
        say("heads")
    with dsl.Condition(coin.output == "tails") as tails:
        say("tails")
    tails.after(heads)
    say("last").after(said, tails)


@dsl.graph_component
def guess(low):
    number = draw(low, 9)
    with dsl.Condition(number.output > 7):
        say(number.output)


@dsl.pipeline(name="graph-component-in-groups")
def graph_component_in_groups(low: int = 1):
    coin = flip()
    with dsl.Condition(coin.output == "heads"):
        guess(low)
    with dsl.ParallelFor([1, 2]) as number:
        draw(number, low)


@dsl.graph_component
def inner_graph(text):
    said = say(text)
    say("inner").after(said)


@dsl.graph_component
def outer_graph(text, low):
    inner_graph(text)
    draw(low, 9)


@dsl.pipeline(name="graph-components-nested")
def graph_components_nested(text: str, low: int):
    outer_graph(text, low)


@dsl.pipeline(name="condition-on-item-and-output")
def condition_on_item_and_output():
    number = draw(0, 9)
    with dsl.ParallelFor([1, 2, 3]) as limit:
        with dsl.Condition(number.output > limit):
            say(f"{number.output} > {limit}")
        with dsl.Condition(limit != 2):
            say("not two")
