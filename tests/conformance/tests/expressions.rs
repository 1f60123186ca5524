//! The expressions of manifests mean what the pipeline means: evaluated by the library that Argo evaluates them with, in
//! the oldest and the newest version that a supported Argo has.

#[path = "../../../kfp-core/tests/support/mod.rs"]
mod support;

use kfp_conformance::go_expr::{Question, evaluate};
use kfp_core::argo::{Template, Workflow};
use kfp_core::graph::{BlockId, Comparison, Condition, Operand, Shape};
use serde_json::{Value, json};
use support::{Builder, compare, id, lit};

/// A pipeline with two parameters, `a` and `b`.
fn builder(shapes: [&Shape; 2]) -> (Builder, BlockId, Operand, Operand) {
    let (mut b, body) = Builder::main(&[("a", shapes[0].clone(), None), ("b", shapes[1].clone(), None)]);
    let (left, right) = (b.param(0, 0), b.param(0, 1));
    (b, body, left, right)
}

fn emit(b: &Builder) -> Workflow {
    kfp_core::argo::workflow(&b.graph).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn template<'w>(workflow: &'w Workflow, name: &str) -> &'w Template {
    workflow.spec.templates.iter().find(|template| template.name == name).expect(name)
}

/// A text with tags as an expression: as it is, or with its simple tags joined by hand.
fn source(text: &str) -> String {
    match text.strip_prefix("{{=").and_then(|rest| rest.strip_suffix("}}")) {
        Some(source) => source.to_owned(),
        None => {
            let mut parts = Vec::new();
            let mut rest = text;
            while let Some((before, tag)) = rest.split_once("{{") {
                let (tag, after) = tag.split_once("}}").expect("an end");
                parts.extend([Value::from(before).to_string(), tag.to_owned()]);
                rest = after;
            }
            parts.push(Value::from(rest).to_string());
            parts.join(" + ")
        }
    }
}

/// What is passed when this operand is.
fn passed(shapes: [&Shape; 2], operand: impl FnOnce(&mut Builder, Operand, Operand) -> Operand) -> String {
    let (mut b, body, left, right) = builder(shapes);
    let op = b.op("say", &[("text", Shape::Text)], &[]);
    let operand = operand(&mut b, left, right);
    b.task(body, op, &[operand]);
    let workflow = emit(&b);
    let tasks = &template(&workflow, "main-pipeline").dag.as_ref().expect("a DAG").tasks;
    source(tasks[0].arguments.parameters[0].value.as_deref().expect("a value"))
}

/// The `when` of a branch with this condition.
fn when(shapes: [&Shape; 2], condition: impl FnOnce(&mut Builder, Operand, Operand) -> Condition) -> String {
    let (mut b, body, left, right) = builder(shapes);
    let op = b.op("say", &[], &[]);
    let condition = condition(&mut b, left, right);
    let (_, arms) = b.branch(body, &[Some(condition)]);
    b.task(arms[0], op, &[]);
    let workflow = emit(&b);
    let tasks = &template(&workflow, "main-pipeline").dag.as_ref().expect("a DAG").tasks;
    source(tasks[0].when.as_deref().expect("a condition"))
}

fn with(source: String, a: &str, b: &str) -> Question {
    (source, vec![("workflow.parameters.a", a.to_owned()), ("workflow.parameters.b", b.to_owned())])
}

const ODD: &[&str] = &[
    "",
    "a",
    "it's",
    "\"",
    "\\",
    "\\n",
    "two\nlines",
    "{{item}}",
    "}}",
    "{{=1}}",
    "{",
    "tab\t",
    "é",
    "日本",
    "😀",
    "\u{1b}[0m",
    "\u{7f}",
    "\u{2028}",
    "true",
    "null",
    "<&>",
    "a' || 'b' == 'b",
    "$(x)",
    "`",
];

#[test]
fn conditions() {
    use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
    let mut questions = Vec::new();
    let mut expected = Vec::new();
    let mut ask = |question: Question, holds: bool| {
        questions.push(question);
        expected.push(holds.to_string());
    };
    for text in ODD {
        for other in ODD {
            let source = when([&Shape::Text; 2], |_, a, _| compare(&a, Eq, &lit(other), Shape::Text));
            ask(with(source, text, ""), text == other);
        }
        let source = when([&Shape::Text; 2], |_, a, b| compare(&a, Ne, &b, Shape::Text));
        ask(with(source, text, text), false);
    }
    for (a, b) in [(2, 10), (10, 2), (-3, 2), (3, 3), (0, -1), (i64::MAX, i64::MIN)] {
        for (comparison, holds) in [(Lt, a < b), (Le, a <= b), (Gt, a > b), (Ge, a >= b), (Eq, a == b), (Ne, a != b)] {
            let values = when([&Shape::Integer; 2], |_, a, b| compare(&a, comparison, &b, Shape::Integer));
            ask(with(values, &a.to_string(), &b.to_string()), holds);
            let constant = lit(&b.to_string());
            let literal = when([&Shape::Integer; 2], |_, a, _| compare(&a, comparison, &constant, Shape::Integer));
            ask(with(literal, &a.to_string(), ""), holds);
        }
    }
    for (a, b, less) in [("0.5", "1e-7", false), ("1e-7", "0.5", true), ("9", "10.5", true), ("-inf", "3", true)] {
        let values = when([&Shape::Float; 2], |_, a, b| compare(&a, Lt, &b, Shape::Float));
        ask(with(values, a, b), less);
        let literal = when([&Shape::Float; 2], |_, a, _| compare(&a, Lt, &lit(b), Shape::Float));
        ask(with(literal, a, ""), less);
    }
    for (text, holds) in [("true", true), ("True", true), ("false", false), ("False", false)] {
        ask(with(when([&Shape::Bool; 2], |_, a, _| Condition::Holds(id(&a))), text, ""), holds);
        let not = when([&Shape::Bool; 2], |_, a, _| Condition::Not(Box::new(Condition::Holds(id(&a)))));
        ask(with(not, text, ""), !holds);
        let equal = when([&Shape::Bool; 2], |_, a, _| compare(&a, Eq, &lit("true"), Shape::Bool));
        ask(with(equal, text, ""), holds);
    }
    for (a, b, equal) in
        [("[1, 2.0]", "[1,2]", true), (r#"{"a":{"b":1}}"#, r#"{ "a": {"b": 2} }"#, false), ("null", "null", true)]
    {
        ask(with(when([&Shape::Json; 2], |_, a, b| compare(&a, Eq, &b, Shape::Json)), a, b), equal);
        ask(with(when([&Shape::Json; 2], |_, a, _| compare(&a, Eq, &lit(b), Shape::Json)), a, ""), equal);
    }
    agree(&questions, &expected);
}

#[test]
fn texts() {
    let mut questions = Vec::new();
    let mut expected = Vec::new();
    for text in ODD {
        let quoted = passed([&Shape::Text; 2], |_, a, _| Operand::Json(Box::new(a), Shape::Text));
        questions.push(with(quoted, text, ""));
        expected.push(Value::from(*text));
        let list = passed([&Shape::Text; 2], |_, a, b| Operand::List(vec![(a, Shape::Text), (b, Shape::Integer)]));
        questions.push(with(list, text, "7"));
        expected.push(json!([text, 7]));
        let object = json!({ "it's": { "x y": text } }).to_string();
        let field = passed([&Shape::Json; 2], |b, a, _| {
            let inner = b.field(&a, "it's", Shape::Json);
            b.field(&inner, "x y", Shape::Text)
        });
        let around = passed([&Shape::Text; 2], |b, a, _| b.text(&[lit("{'"), a, lit("'}")]));
        questions.extend([with(field, &object, ""), with(around, text, "")]);
        expected.extend([Value::from(*text), Value::from(format!("{{'{text}'}}"))]);
    }
    // Texts that are no JSON are compared as they are.
    let expected: Vec<String> = expected
        .iter()
        .enumerate()
        .map(|(index, value)| match index % 4 {
            0 | 1 => value.to_string(),
            _ => value.as_str().unwrap_or_default().to_owned(),
        })
        .collect();
    let Some(versions) = evaluate(&questions) else { return };
    for answers in versions {
        for (index, (answer, expected)) in answers.iter().zip(&expected).enumerate() {
            let answer = answer.as_deref().unwrap_or_else(|error| panic!("{:?}: {error}", questions[index]));
            let json = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
            match index % 4 {
                0 | 1 => assert_eq!(json(answer), json(expected), "{:?}", questions[index]),
                _ => assert_eq!(answer, expected, "{:?}", questions[index]),
            }
        }
    }
}

/// What Argo makes of the outputs of all rounds.
fn aggregate(outputs: &[String]) -> String {
    let decoded: Vec<Value> = outputs.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    if decoded.len() == outputs.len() && decoded.iter().all(|value| value.is_array() || value.is_object()) {
        return Value::from(decoded).to_string();
    }
    json!(outputs).to_string()
}

#[test]
fn collected_values() {
    let text = |text: &&str| ((*text).to_owned(), Value::from(*text));
    let json_texts = [r#"{"b":1,"a":[2]}"#, "[1]", "null", "\"x\"", "[]", "12345678901234567890"];
    let cases: Vec<(Shape, Vec<(String, Value)>)> = vec![
        (Shape::Text, ODD.iter().map(text).collect()),
        (Shape::Text, ["[1]", "{}"].iter().map(text).collect()),
        (Shape::Integer, vec![("9007199254740993".into(), json!(9_007_199_254_740_993_i64)), ("-1".into(), json!(-1))]),
        (Shape::Float, vec![("0.9".into(), json!(0.9)), ("1e-7".into(), json!(1e-7))]),
        (Shape::Bool, vec![("True".into(), json!(true)), ("false".into(), json!(false))]),
        (Shape::Json, json_texts.iter().map(|t| ((*t).to_owned(), serde_json::from_str(t).expect(t))).collect()),
        (Shape::Json, ["[1]", "[2,3]"].iter().map(|t| ((*t).to_owned(), serde_json::from_str(t).expect(t))).collect()),
    ];
    for (shape, values) in cases {
        let (element, list) = loop_of(&shape);
        let ask = |(text, _): &(String, Value)| {
            (element.clone(), vec![("tasks.fit.outputs.parameters.output", text.clone())])
        };
        let Some(rounds) = evaluate(&values.iter().map(ask).collect::<Vec<_>>()) else { return };
        let outputs: Vec<String> = rounds[0].iter().map(|round| round.clone().expect("a value")).collect();
        assert_eq!(rounds[0], rounds[1]);
        let question = vec![
            ("tasks.round.status", "Succeeded".to_owned()),
            ("tasks.round.outputs.parameters.output", aggregate(&outputs)),
        ];
        let empty = vec![("tasks.round.status", "Skipped".to_owned())];
        let expected = Value::from(values.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>());
        for answers in evaluate(&[(list.clone(), question), (list, empty)]).expect("Go, as before") {
            let collected: Value = serde_json::from_str(answers[0].as_ref().expect("a list")).expect("JSON");
            assert_eq!(collected, expected);
            assert_eq!(answers[1].as_deref(), Ok("[]"));
        }
    }
}

/// What a round gives, and what the loop makes of it.
fn loop_of(shape: &Shape) -> (String, String) {
    let (mut b, body, items, _) = builder([&Shape::Json; 2]);
    let op = b.op("fit", &[], &[("output", shape.clone())]);
    let (each, round, _) = b.each(body, items, Shape::Text);
    let task = b.task(round, op, &[]);
    let output = b.output(task, 0);
    b.collect(each, shape.clone(), output);
    let workflow = emit(&b);
    let given = |name: &str| {
        let output = &template(&workflow, name).outputs.parameters[0];
        let from = output.value_from.as_ref().expect("a source");
        from.expression.clone().or_else(|| from.parameter.as_deref().map(source)).expect("a source")
    };
    (given("for-loop-1-round"), given("for-loop-1"))
}

#[test]
fn values_of_branches() {
    let (mut b, body, a, _) = builder([&Shape::Text; 2]);
    let op = b.op("say", &[], &[("output", Shape::Text)]);
    let is = |text: &str| Some(compare(&a, Comparison::Eq, &lit(text), Shape::Text));
    let (branch, arms) = b.branch(body, &[is("1"), is("2"), None]);
    let one = b.task(arms[0], op, &[]);
    let one = b.output(one, 0);
    let three = b.task(arms[2], op, &[]);
    let three = b.output(three, 0);
    b.results(branch, Shape::Text, &[one, lit("two"), three]);
    let workflow = emit(&b);
    let output = template(&workflow, "one-of-1").outputs.parameters[0].value_from.clone().expect("a source");
    let source = output.expression.expect("an expression");
    let ask = |a: &str, first: &str, last: &str| {
        let mut variables = vec![("inputs.parameters.a", a.to_owned())];
        variables.push(("tasks.condition-1.status", first.to_owned()));
        variables.push(("tasks.condition-2.status", last.to_owned()));
        // A skipped task has no outputs.
        if first == "Succeeded" {
            variables.push(("tasks.condition-1.outputs.parameters.output", "one".to_owned()));
        }
        if last == "Succeeded" {
            variables.push(("tasks.condition-2.outputs.parameters.output", "three".to_owned()));
        }
        (source.clone(), variables)
    };
    let questions =
        [ask("1", "Succeeded", "Skipped"), ask("2", "Skipped", "Skipped"), ask("3", "Skipped", "Succeeded")];
    agree(&questions, &["one".to_owned(), "two".to_owned(), "three".to_owned()]);
}

fn agree(questions: &[Question], expected: &[String]) {
    let Some(versions) = evaluate(questions) else { return };
    for answers in versions {
        for ((question, expected), answer) in questions.iter().zip(expected).zip(&answers) {
            assert_eq!(answer.as_ref(), Ok(expected), "{question:?}");
        }
    }
}
