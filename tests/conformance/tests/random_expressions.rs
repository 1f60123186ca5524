//! Random expressions have the values that Argo's library gives them.

#[path = "support/agree.rs"]
mod agree;

use Kind::{Number, Text, Texts, Truth, Whole, Wholes};
use agree::agree;
use kfp_conformance::go_expr::Question;
use kfp_engine::scope::{Names, evaluate};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

const VARIABLES: [(&str, &str); 4] = [
    ("inputs.parameters.n", "5"),
    ("inputs.parameters.text", "a-b"),
    ("tasks.a-b.status", "Failed"),
    ("item", "[1,2]"),
];

type Source = BoxedStrategy<String>;

/// Go refuses these before it calculates: by types that it knows already, or because it makes a faster program that is
/// wrong. They have a value here.
const UNDONE: [&str; 5] = [
    "mismatched types",
    "cannot redeclare variable",
    "interface conversion",
    "cannot use bool as",
    "invalid operation: bool",
];

const KINDS: [Kind; 6] = [Whole, Number, Text, Truth, Wholes, Texts];

/// What an expression gives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Whole,
    Number,
    Text,
    Truth,
    Wholes,
    Texts,
}

const LEAVES: [&[&str]; 6] = [
    &["0", "1", "2", "7", "-3", "0x1F", "1_000", "asInt(inputs.parameters.n)", "len(inputs.parameters.text)"],
    &["0.5", "1.0", "2.25", "1e3", "-0.1", "asFloat('1.5')"],
    &["''", "'a'", "\"b\\n\"", "`c`", "'é日'", "inputs.parameters.text", "tasks['a-b'].status", "item", "'a,b'"],
    &["true", "false", "item == '[1,2]'"],
    &["[1, 2, 3]", "[]", "1..3", "[3, 1, 2]", "[7]"],
    &["['a', 'b']", "['b', 'a', 'b']", "['x']", "split('a,b', ',')"],
];

/// What is made of two others, by its type and theirs, with `@1` and `@2` where they go.
const SHAPES: [(Kind, Kind, Kind, &[&str]); 16] = [
    (
        Whole,
        Whole,
        Whole,
        &[
            "@1 + @2",
            "@1 - @2",
            "@1 * @2",
            "(@1) - (@2)",
            "-(@1)",
            "(true ? @1 : @2)",
            "max(@1, @2)",
            "min(@1, @2)",
            "abs(@1)",
            "(@1) % 4",
            "@1 + @2 * 2",
            "(let v = @1; v + @2)",
        ],
    ),
    (Whole, Text, Text, &["len(@1)", "indexOf(@1, 'b')", "lastIndexOf(@1, 'a')", "int('1' + '2') + len(@1)"]),
    (
        Whole,
        Wholes,
        Whole,
        &[
            "len(@1)",
            "sum(@1)",
            "count(@1, # > @2)",
            "reduce(@1, #acc + #, @2)",
            "@1[0] ?? @2",
            "first(@1) ?? @2",
            "last(@1) ?? @2",
            "find(@1, # > 1) ?? @2",
            "findIndex(@1, # == 2) ?? @2",
        ],
    ),
    (
        Number,
        Number,
        Whole,
        &[
            "@1 + @2",
            "@1 - @2",
            "@1 * @2",
            "@1 / 2",
            "(@1) ** 2",
            "ceil(@1)",
            "floor(@1)",
            "round(@1)",
            "abs(@1)",
            "max(@1, @2)",
        ],
    ),
    (Number, Whole, Whole, &["@1 / 4", "@1 / (abs(@2) + 1)", "float(@1)", "(@1) ^ 2"]),
    (
        Text,
        Text,
        Text,
        &[
            "@1 + @2",
            "upper(@1)",
            "lower(@1)",
            "trim(@1)",
            "'abc'[0:1] + @1",
            "'é日'[2:] + @1",
            "replace(@1, 'a', @2)",
            "@1 ?? @2",
            "trimPrefix(@1, 'a')",
            "split(@1, ',')[0]",
            "toBase64(@1)",
            "(true && false ? @1 : @2)",
            "@1 | upper()",
        ],
    ),
    (
        Text,
        Whole,
        Whole,
        &["string(@1)", "toJson(@1)", "toJSON(@1)", "repeat('ab', abs((@1) % 4))", "string(@1 == @2)", "type(@1)"],
    ),
    (Text, Number, Whole, &["string(@1)", "toJson(@1)", "string(@1 < @2)"]),
    (Text, Texts, Text, &["join(@1)", "join(@1, @2)", "string(@1)", "toJson(@1)", "first(@1) ?? @2"]),
    (Truth, Truth, Truth, &["@1 && @2", "@1 || @2", "!(@1)", "not (@1)", "@1 and @2 or @1", "@1 == @2", "@1 != @2"]),
    (
        Truth,
        Whole,
        Whole,
        &[
            "@1 < @2",
            "@1 <= @2",
            "@1 == @2",
            "@1 >= @2",
            "@1 > @2 && @2 > 0",
            "0 < @1 < @2",
            "@1 in [1, 2]",
            "@1 not in 1..3",
        ],
    ),
    (Truth, Number, Whole, &["@1 < @2", "@1 >= @2", "@1 == @2"]),
    (
        Truth,
        Text,
        Text,
        &[
            "@1 == @2",
            "@1 contains @2",
            "@1 startsWith @2",
            "@1 endsWith @2",
            "@1 matches '^a.*'",
            "not (@1 contains @2)",
            "@1 < @2",
            "hasPrefix(@1, @2)",
        ],
    ),
    (
        Truth,
        Wholes,
        Whole,
        &["all(@1, # > @2)", "any(@1, # == @2)", "none(@1, # < @2)", "one(@1, # == @2)", "@2 in @1"],
    ),
    (
        Wholes,
        Wholes,
        Whole,
        &[
            "map(@1, # + @2)",
            "filter(@1, # > @2)",
            "sort(@1)",
            "reverse(@1)",
            "concat(@1, [@2])",
            "[@2, @2 + 1]",
            "map(@1, #index)",
            "uniq(@1)",
            "take(@1, 2)",
            "map(@1, {# * 2})",
            "sortBy(@1, -#)",
        ],
    ),
    (
        Texts,
        Texts,
        Text,
        &[
            "map(@1, upper(#))",
            "filter(@1, # != @2)",
            "sort(@1)",
            "reverse(@1)",
            "[@2]",
            "keys({'k': @2})",
            "values({'k': @2})",
            "map(@1, # + @2)",
            "split(@2, '-')",
        ],
    ),
];

/// Expressions of each kind.
type Level = [Source; 6];

fn above(low: &Level) -> Level {
    KINDS.map(|kind| {
        let shapes = SHAPES.iter().filter(|(of, ..)| *of == kind);
        let made = shapes.map(|(_, one, two, shapes)| {
            let parts = (prop::sample::select(*shapes), low[*one as usize].clone(), low[*two as usize].clone());
            parts.prop_map(|(shape, one, two)| shape.replace("@1", &one).replace("@2", &two)).boxed()
        });
        prop::strategy::Union::new(std::iter::once(low[kind as usize].clone()).chain(made)).boxed()
    })
}

fn any_expression() -> impl Strategy<Value = String> {
    let leaves = LEAVES.map(|words| prop::sample::select(words).prop_map(str::to_owned).boxed());
    let level = (0..3).fold(leaves, |level, _| above(&level));
    let object = (level[Whole as usize].clone(), level[Text as usize].clone());
    let object = object.prop_map(|(one, two)| format!("toPairs({{'k': {{k: {one}, l: [{two}]}}.l}})"));
    prop::strategy::Union::new(level.into_iter().chain([object.boxed()]))
}

fn ours(source: &str) -> Result<Value, String> {
    let names: Names = VARIABLES.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    evaluate(source, &names).map_err(|error| error.to_string())
}

#[test]
fn random_expressions_have_the_values_that_go_gives_them() {
    let cases = std::env::var("KFP_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(4000);
    let mut random = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let strategy = any_expression();
    let mut draw = || strategy.new_tree(&mut random).expect("an expression").current();
    let variables: Vec<_> = VARIABLES.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let questions: Vec<Question> = (0..cases).map(|_| (draw(), variables.clone())).collect();
    let Some((good, wrong)) = agree(&questions, &UNDONE, ours) else { return };
    assert!(wrong.is_empty(), "{} of {cases} differ:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(good > cases / 2, "only {good} of {cases} have a value");
}
