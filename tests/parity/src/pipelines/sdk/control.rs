//! Conditions, loops, recursion, exit handlers.

use super::steps::{Setting, ask, draw, flip, say, settings, words};
use super::{Named, named};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[pipeline]
pub(super) fn condition_on_text(#[default("heads")] expected: String) {
    let coin = flip();
    if coin.side == "heads" {
        say("it is heads");
    } else {
        say("it is tails");
    }
    if coin.side == expected {
        say("as expected");
    }
}

#[pipeline]
pub(super) fn condition_on_numbers(#[default(5)] limit: i64) {
    let drawn = draw(0, 9);
    if drawn.number > 5 {
        say("more");
    }
    if drawn.number >= 5 {
        say("at least");
    }
    if drawn.number < limit {
        say("less");
    }
    if drawn.number <= limit {
        say("at most");
    }
    if drawn.number == 7 {
        say("seven");
    } else {
        say("not seven");
    }
}

#[pipeline]
pub(super) fn condition_on_parameters(fast: bool, #[default("x")] name: String) {
    if fast {
        say("fast");
    }
    if name == "x" {
        say(name);
    }
}

#[pipeline]
pub(super) fn conditions_nested(#[default(3)] limit: i64) {
    let coin = flip();
    if coin.side == "heads" {
        let drawn = draw(0, 9);
        if drawn.number > limit {
            say(format!("{}", drawn.number));
            let asked = ask("really?");
            if asked.answer == "yes" {
                say(format!("{}: {}", coin.side, drawn.number));
            }
        }
    }
}

#[pipeline]
pub(super) fn condition_named() {
    let coin = flip();
    #[name("is-heads")]
    if coin.side == "heads" {
        say("heads");
    }
}

#[pipeline]
pub(super) fn group_after_task() {
    let coin = flip();
    let first = say("first");
    let heads = if coin.side == "heads" {
        say("heads");
        say("again");
    };
    heads.after(first);
    say("last").after(heads);
}

#[pipeline]
pub(super) fn after_inside_of_a_group() {
    let coin = flip();
    let first = say("first");
    if coin.side == "heads" {
        say("heads").after(first);
    }
    say("last").after(first);
}

#[pipeline]
pub(super) fn loop_over_constants() {
    for number in [1, 2, 3] {
        draw(number, 10);
    }
    for name in ["a", "b"] {
        say(format!("{name}!"));
    }
}

#[derive(Outputs, Serialize, Deserialize)]
struct Rated {
    label: String,
    rate: f64,
}

#[pipeline]
pub(super) fn loop_over_dicts(#[default("hello")] greeting: String) {
    for item in [Rated { label: "a".to_owned(), rate: 0.5 }, Rated { label: "b".to_owned(), rate: 0.25 }] {
        say(format!("{greeting} {}", item.label));
        say(format!("{}", item.rate));
    }
}

#[pipeline]
pub(super) fn loop_over_parameter(#[default(["a", "b"])] names: Vec<String>) {
    for name in names {
        say(name);
    }
    say(format!("{names}"));
}

#[pipeline]
pub(super) fn loop_over_output() {
    let listed = words();
    for word in listed.list {
        let first = say(word);
        say("then").after(first);
    }
    say(format!("{}", listed.list));
}

#[pipeline]
pub(super) fn loop_over_fields_of_output() {
    for setting in settings().list {
        say(setting.label);
        draw(setting.low, setting.high);
    }
}

#[pipeline]
pub(super) fn loops_nested(names: Vec<String>) {
    for number in [1, 2] {
        for name in names {
            say(format!("{name} {number}"));
        }
        say(format!("{number}"));
    }
}

#[pipeline]
pub(super) fn loop_limited() {
    #[parallel(2)]
    for name in ["a", "b", "c"] {
        say(name);
    }
}

#[pipeline]
pub(super) fn loop_in_condition(names: Vec<String>) {
    let coin = flip();
    if coin.side == "heads" {
        for name in names {
            say(name);
        }
    }
}

#[pipeline]
pub(super) fn condition_in_loop(names: Vec<String>, wanted: String) {
    let coin = flip();
    for name in names {
        if name == "x" {
            say(name);
        }
        if name == wanted {
            say(coin.side);
        }
    }
}

#[pipeline]
pub(super) fn tasks_in_loop(names: Vec<String>) {
    for name in names {
        let asked = ask(name);
        if asked.answer == "yes" {
            say(format!("{name}: {}", asked.answer));
        }
    }
}

#[pipeline(on_exit = |_| say(format!("bye {name}")))]
pub(super) fn exit_handler(name: String) {
    let coin = flip();
    say(coin.side);
}

#[pipeline(on_exit = |run| say(format!("{} {}", run.status, run.failures)))]
pub(super) fn exit_handler_with_status() {
    say("hello");
}

#[pipeline]
fn throw_again(side: String) {
    if side == "heads" {
        let said = say(side);
        let coin = flip().after(said);
        throw_again(coin.side);
    }
}

#[pipeline]
pub(super) fn recursion_while() {
    let coin = flip();
    let throws = throw_again(coin.side);
    say("over").after(throws);
}

#[pipeline]
fn count(low: i64, high: i64) {
    let drawn = draw(low, high);
    if drawn.number < high {
        count(drawn.number, high);
    }
}

#[pipeline]
pub(super) fn recursion_do_while(high: i64) {
    let low = draw(0, 1);
    count(low.number, high);
}

#[pipeline]
fn twice(text: String) {
    say(text);
    say(format!("{text} again"));
}

#[pipeline]
pub(super) fn graph_component(name: String) {
    let coin = flip();
    twice(coin.side);
    twice(name);
}

#[pipeline]
pub(super) fn sub_graph(names: Vec<String>) {
    #[parallel(2)]
    for name in names {
        say(name);
    }
}

#[pipeline]
pub(super) fn graph_components_in_order(#[default("a")] first: String, #[default("b")] second: String) {
    let one = twice(first);
    twice(second).after(one);
}

#[pipeline]
pub(super) fn loops_of_dicts_nested(#[default("hello")] greeting: String) {
    for item in [Rated { label: "a".to_owned(), rate: 0.5 }, Rated { label: "b".to_owned(), rate: 0.25 }] {
        say(format!("{} {greeting}", item.label));
        for number in [100, 200] {
            say(format!("{} {number} {greeting}", item.label));
        }
        say(format!("{}", item.rate));
    }
}

#[pipeline]
pub(super) fn lists_inside_of_their_loops() {
    let coin = flip();
    let listed = words();
    for word in listed.list {
        say(format!("{}", listed.list));
        say(word);
        say(coin.side);
    }
}

#[pipeline]
pub(super) fn loop_of_values(first: String, second: String) {
    let coin = flip();
    for text in [format!("{first}"), format!("{second}!"), format!("{}", coin.side), format!("constant")] {
        say(text);
    }
}

#[derive(Outputs, Serialize, Deserialize)]
struct Said {
    label: String,
    text: String,
}

#[pipeline]
pub(super) fn loop_of_dicts_with_values(first: String) {
    let coin = flip();
    for item in [Said { label: first, text: coin.side }, Said { label: "b", text: format!("{first} {}", coin.side) }] {
        say(item.label);
        if item.label == "b" {
            say(item.text);
        }
    }
}

#[pipeline]
pub(super) fn loop_over_list_of_dicts(
    #[default([Setting { label: "a".to_owned(), low: 1, high: 2 }])] settings: Vec<Setting>,
) {
    #[parallel(3)]
    for setting in settings {
        draw(setting.low, setting.high);
        say(setting.label);
    }
}

#[pipeline]
pub(super) fn loop_in_loop_of_dicts(names: Vec<String>) {
    #[parallel(1)]
    for item in [Rated { label: "a".to_owned(), rate: 0.5 }, Rated { label: "b".to_owned(), rate: 0.25 }] {
        for name in names {
            if name == item.label {
                say(format!("{name} {}", item.rate));
            }
        }
    }
}

#[pipeline(on_exit = |_| say(format!("{name} is over")).set_retry(2).set_memory_limit("1Gi"))]
pub(super) fn exit_handler_around_all(names: Vec<String>, name: String) {
    let coin = flip();
    if coin.side == "heads" {
        for one in names {
            say(one);
        }
    }
    say("beside");
}

#[pipeline]
pub(super) fn groups_in_order(names: Vec<String>) {
    let coin = flip();
    let said = for name in names {
        say(name);
    };
    let heads = if coin.side == "heads" {
        say("heads");
    };
    let tails = if coin.side == "tails" {
        say("tails");
    };
    tails.after(heads);
    say("last").after(said).after(tails);
}

#[pipeline]
fn guess(low: i64) {
    let drawn = draw(low, 9);
    if drawn.number > 7 {
        say(format!("{}", drawn.number));
    }
}

#[pipeline]
pub(super) fn graph_component_in_groups(#[default(1)] low: i64) {
    let coin = flip();
    if coin.side == "heads" {
        guess(low);
    }
    for number in [1, 2] {
        draw(number, low);
    }
}

#[pipeline]
fn inner_graph(text: String) {
    let said = say(text);
    say("inner").after(said);
}

#[pipeline]
fn outer_graph(text: String, low: i64) {
    inner_graph(text);
    draw(low, 9);
}

#[pipeline]
pub(super) fn graph_components_nested(text: String, low: i64) {
    outer_graph(text, low);
}

#[pipeline]
pub(super) fn condition_on_item_and_output() {
    let drawn = draw(0, 9);
    for limit in [1, 2, 3] {
        if drawn.number > limit {
            say(format!("{} > {limit}", drawn.number));
        }
        if limit != 2 {
            say("not two");
        }
    }
}

pub(super) const ALL: &[Named] = named! {
    condition_on_text condition_on_numbers condition_on_parameters conditions_nested condition_named
    group_after_task after_inside_of_a_group loop_over_constants loop_over_dicts loop_over_parameter
    loop_over_output loop_over_fields_of_output loops_nested loop_limited loop_in_condition condition_in_loop
    tasks_in_loop exit_handler exit_handler_with_status recursion_while recursion_do_while graph_component sub_graph
    graph_components_in_order loops_of_dicts_nested lists_inside_of_their_loops loop_of_values
    loop_of_dicts_with_values loop_over_list_of_dicts loop_in_loop_of_dicts exit_handler_around_all groups_in_order
    graph_component_in_groups graph_components_nested condition_on_item_and_output
};
