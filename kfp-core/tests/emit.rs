//! What each construct becomes.

mod support;

use kfp_core::argo::Workflow;
use kfp_core::graph::{Comparison, Condition, Graph, InputKind, NodeKind, Operand, Shape, Source};
use support::outline::outline;
use support::{Builder, compare, id, lit};

fn emit(graph: &Graph) -> Workflow {
    let (workflow, _) = kfp_core::compile(graph).unwrap_or_else(|errors| panic!("{errors}"));
    let problems = kfp_core::argo::references::unresolved(&workflow);
    assert!(problems.is_empty(), "{problems:#?}");
    workflow
}

const TEXT: &[(&str, Shape)] = &[("text", Shape::Text)];
const MODEL: Shape = Shape::Artifact("Model");

#[test]
fn calls_pass_arguments_and_have_edges() {
    let (mut b, body) = Builder::main(&[("share", Shape::Float, Some("0.25"))]);
    let share = b.param(0, 0);
    let split = b.op("split_table", &[("test_share", Shape::Float)], &[("output", Shape::Integer), ("train", MODEL)]);
    let fit = b.op("fit", &[("train", MODEL), ("rows", Shape::Integer)], &[("output", Shape::Float)]);
    let first = b.task(body, split, std::slice::from_ref(&share));
    let second = b.task(body, split, &[lit("0.5")]);
    let (rows, train) = (b.output(first, 0), b.output(second, 1));
    let fitted = b.task(body, fit, &[train, rows]);
    let raw = b.task(body, fit, &[share, lit("3")]);
    b.graph[raw].after.extend([fitted, first]);
    assert_eq!(
        outline(&emit(&b.graph)),
        r"main-pipeline(share)
  split-table -> split-table(test_share: {{inputs.parameters.share}})
  split-table-2 -> split-table(test_share: 0.5)
  fit -> fit(rows: {{tasks.split-table.outputs.parameters.output}}, @train: {{tasks.split-table-2.outputs.artifacts.train}}) after split-table, split-table-2
  fit-2 -> fit(rows: 3, @train: raw {{inputs.parameters.share}}) after split-table, fit
"
    );
}

#[test]
fn an_input_left_out_gets_its_default_from_the_template() {
    let (mut b, body) = Builder::main(&[]);
    let (callee, inner) = b.pipeline("inner", &[("x", Shape::Integer, Some("7")), ("y", Shape::Integer, Some("8"))]);
    let op = b.op("fit", &[("depth", Shape::Integer), ("rate", Shape::Float)], &[]);
    for input in &mut b.graph[op].inputs {
        input.kind = InputKind::Parameter { shape: Shape::Integer, default: Some("3".to_owned()) };
    }
    let task = b.task(inner, op, &[lit("1"), lit("2")]);
    let call = b.call(body, callee, &[lit("1"), lit("2")]);
    if let NodeKind::Task(task) = &mut b.graph[task].kind {
        task.args[1] = None;
    }
    if let NodeKind::Call(call) = &mut b.graph[call].kind {
        call.args[0] = None;
    }
    let workflow = emit(&b.graph);
    assert_eq!(
        outline(&workflow),
        r"main-pipeline()
  inner -> inner(y: 2)
inner(x = 7, y)
  fit -> fit(depth: 1)
"
    );
    let fit = workflow.spec.templates.iter().find(|template| template.name == "fit").unwrap();
    let values: Vec<_> = fit.inputs.parameters.iter().map(|input| input.value.as_deref()).collect();
    assert_eq!(values, [None, Some("3")]);
}

#[test]
fn branches_are_guarded_tasks() {
    let (mut b, body) = Builder::main(&[("coin", Shape::Text, None), ("fair", Shape::Bool, None)]);
    let (coin, fair) = (b.param(0, 0), b.param(0, 1));
    let op = b.op("say", TEXT, &[("output", Shape::Text)]);
    let first = b.task(body, op, &[lit("a")]);
    let said = b.output(first, 0);
    let conditions = [
        Some(compare(&coin, Comparison::Eq, &lit("it's {{heads}}\\"), Shape::Text)),
        Some(Condition::And(
            Box::new(Condition::Not(Box::new(Condition::Holds(id(&fair))))),
            Box::new(compare(&said, Comparison::Ne, &coin, Shape::Text)),
        )),
        None,
    ];
    let (branch, arms) = b.branch(body, &conditions);
    b.task(arms[0], op, &[coin]);
    let nested = compare(&said, Comparison::Eq, &lit(""), Shape::Text);
    let (_, inner) = b.branch(arms[2], &[Some(nested)]);
    b.task(inner[0], op, &[said]);
    let last = b.task(body, op, &[lit("z")]);
    b.graph[last].after.push(branch);
    assert_eq!(
        outline(&emit(&b.graph)),
        r"main-pipeline()
  say -> say(text: a)
  condition-1 -> condition-1(coin: {{workflow.parameters.coin}}) when {{=workflow.parameters.coin == 'it\u0027s \u007b\u007bheads\u007d\u007d\u005c'}}
  condition-2 -> condition-2(say: {{tasks.say.outputs.parameters.output}}) after say when {{=!(workflow.parameters.coin == 'it\u0027s \u007b\u007bheads\u007d\u007d\u005c') && !(!(lower(workflow.parameters.fair) == 'true') && tasks.say.outputs.parameters.output != workflow.parameters.coin)}}
  say-4 -> say(text: z) after condition-1, condition-2
condition-1(coin)
  say-2 -> say(text: {{inputs.parameters.coin}})
condition-2(say)
  condition-3 -> condition-3(say: {{inputs.parameters.say}}) when {{=inputs.parameters.say == ''}}
condition-3(say)
  say-3 -> say(text: {{inputs.parameters.say}})
"
    );
}

#[test]
fn values_out_of_branches_come_from_a_task_that_always_runs() {
    let (mut b, body) = Builder::main(&[("x", Shape::Integer, None)]);
    let x = b.param(0, 0);
    let op = b.op("say", TEXT, &[("output", Shape::Text), ("model", MODEL)]);
    let conditions = [
        Some(compare(&x, Comparison::Lt, &lit("-5"), Shape::Integer)),
        Some(compare(&x, Comparison::Lt, &lit("99999999999999999999"), Shape::Integer)),
        None,
    ];
    let (branch, arms) = b.branch(body, &conditions);
    let low = b.task(arms[0], op, &[lit("low")]);
    let low = b.output(low, 0);
    let high = b.task(arms[2], op, &[lit("high")]);
    let high = b.output(high, 0);
    b.results(branch, Shape::Text, &[low, lit("middle"), high]);
    let value = b.output(branch, 0);
    b.task(body, op, &[value]);
    let (plain, _) = b.branch(body, &conditions);
    b.results(plain, Shape::Text, &[x, lit("b"), lit("c")]);
    let value = b.output(plain, 0);
    let text = b.text(&[lit("is "), value]);
    b.task(body, op, &[text]);
    assert_eq!(
        outline(&emit(&b.graph)),
        r"main-pipeline()
  one-of-1 -> one-of-1(x: {{workflow.parameters.x}})
  say-3 -> say(text: {{tasks.one-of-1.outputs.parameters.output}}) after one-of-1
  say-4 -> say(text: {{='is ' + (int(workflow.parameters.x) < -5 ? workflow.parameters.x : int(workflow.parameters.x) < int('99999999999999999999') ? 'b' : 'c')}})
one-of-1(x)
  condition-1 -> one-of-1-condition-1() when {{=int(inputs.parameters.x) < -5}}
  condition-2 -> one-of-1-condition-2() when {{=!(int(inputs.parameters.x) < -5) && !(int(inputs.parameters.x) < int('99999999999999999999'))}}
  = output: =tasks['condition-1'].status == 'Succeeded' ? tasks['condition-1'].outputs.parameters.output : int(inputs.parameters.x) < int('99999999999999999999') ? 'middle' : tasks['condition-2'].outputs.parameters.output
one-of-1-condition-1()
  say -> say(text: low)
  = output: {{tasks.say.outputs.parameters.output}}
one-of-1-condition-2()
  say-2 -> say(text: high)
  = output: {{tasks.say-2.outputs.parameters.output}}
"
    );
}

#[test]
fn loops_run_over_constants_parameters_and_outputs() {
    let (mut b, body) = Builder::main(&[("names", Shape::Json, Some("[]")), ("who", Shape::Text, None)]);
    let (names, who) = (b.param(0, 0), b.param(0, 1));
    let op = b.op("say", TEXT, &[("output", Shape::Text)]);
    let items = Operand::List(vec![(lit("a"), Shape::Text), (lit("b"), Shape::Text)]);
    let (_, round, item) = b.each(body, items, Shape::Text);
    let (limited, inner, name) = b.each(round, names.clone(), Shape::Text);
    b.parallel(limited, 2);
    let text = b.text(&[item, lit(" "), name, lit(" "), who]);
    b.task(inner, op, &[text]);
    let records = Operand::List(vec![(lit(r#"{"lr":0.1,"on":true,"tag":"x"}"#), Shape::Json)]);
    let (_, round, item) = b.each(body, records, Shape::Json);
    let (rate, tag) = (b.field(&item, "lr", Shape::Float), b.field(&item, "tag", Shape::Text));
    let text = b.text(&[rate, tag]);
    b.task(round, op, &[text]);
    let (_, round, item) = b.each(body, names, Shape::Json);
    b.task(round, op, &[item]);
    let (_, round, _) = b.each(body, Operand::List(Vec::new()), Shape::Text);
    b.task(round, op, &[lit("never")]);
    assert_eq!(
        outline(&emit(&b.graph)),
        r#"main-pipeline(names)
  for-loop-1 -> for-loop-1(names: {{inputs.parameters.names}}, item: {{item}}, who: {{workflow.parameters.who}}) for ["a","b"]
  for-loop-3 -> for-loop-3(item-lr: {{item.lr}}, item: {{item}}) for [{"lr":0.1,"on":true,"tag":"x"}]
  for-loop-4 -> for-loop-4(item: {{item}}) for {{=toJson(map(fromJSON(inputs.parameters.names), toJson(#)))}}
  for-loop-5 -> for-loop-5() for []
for-loop-1(names, item, who)
  for-loop-2 -> for-loop-2(names: {{inputs.parameters.names}}, item: {{inputs.parameters.item}}, who: {{inputs.parameters.who}})
for-loop-2(names, item, who) parallelism 2
  round -> for-loop-2-round(item: {{inputs.parameters.item}}, item-2: {{item}}, who: {{inputs.parameters.who}}) for {{inputs.parameters.names}}
for-loop-2-round(item, item-2, who)
  say -> say(text: {{inputs.parameters.item}} {{inputs.parameters.item-2}} {{inputs.parameters.who}})
for-loop-3(item-lr, item)
  say-2 -> say(text: {{=inputs.parameters['item-lr'] + fromJSON(inputs.parameters.item)['tag']}})
for-loop-4(item)
  say-3 -> say(text: {{inputs.parameters.item}})
for-loop-5()
  say-4 -> say(text: never)
"#
    );
}

#[test]
fn what_loops_collect_is_typed_again() {
    for shape in [Shape::Text, Shape::Float, Shape::Bool, Shape::Json] {
        let (mut b, body) = Builder::main(&[("items", Shape::Json, Some("[]"))]);
        let items = b.param(0, 0);
        let op = b.op("fit", TEXT, &[("output", shape.clone())]);
        let (each, round, item) = b.each(body, items, Shape::Integer);
        let task = b.task(round, op, &[item]);
        let score = b.output(task, 0);
        b.collect(each, shape.clone(), score);
        let scores = b.output(each, 0);
        b.task(body, op, &[scores]);
        let (list, element) = match shape {
            Shape::Text => (PLAIN, "=toJson(tasks.fit.outputs.parameters.output)"),
            Shape::Float => (PLAIN, "{{tasks.fit.outputs.parameters.output}}"),
            Shape::Bool => (PLAIN, "=lower(tasks.fit.outputs.parameters.output)"),
            _ => (DECODED, "=toJson(tasks.fit.outputs.parameters.output)"),
        };
        let expected = format!(
            r"main-pipeline(items)
  for-loop-1 -> for-loop-1(items: {{{{inputs.parameters.items}}}})
  fit-2 -> fit(text: {{{{tasks.for-loop-1.outputs.parameters.output}}}}) after for-loop-1
for-loop-1(items)
  round -> for-loop-1-round(item: {{{{item}}}}) for {{{{inputs.parameters.items}}}}
  = output: =tasks.round.status == 'Skipped' ? '[]' : '[' + join({list}, ',') + ']'
for-loop-1-round(item)
  fit -> fit(text: {{{{inputs.parameters.item}}}})
  = output: {element}
"
        );
        assert_eq!(outline(&emit(&b.graph)), expected);
    }
}

const PLAIN: &str = "fromJSON(tasks.round.outputs.parameters.output)";
const DECODED: &str = "map(fromJSON(tasks.round.outputs.parameters.output), fromJSON(#))";

#[test]
fn blocks_with_handlers_end_as_their_body_does() {
    let (mut b, body) = Builder::main(&[("x", Shape::Text, None)]);
    let x = b.param(0, 0);
    let op = b.op("say", TEXT, &[("output", Shape::Text)]);
    let (guard, inner, handler) = b.guard(body);
    let task = b.task(inner, op, &[x]);
    let said = b.output(task, 0);
    if let NodeKind::Guard(guard) = &mut b.graph[guard].kind {
        guard.output = Some((Shape::Text, said));
    }
    let status = b.status(Some(guard));
    let (_, arms) = b.branch(handler, &[Some(compare(&status, Comparison::Ne, &lit("Succeeded"), Shape::Text))]);
    b.task(arms[0], op, &[status]);
    let value = b.output(guard, 0);
    b.task(body, op, &[value]);
    assert_eq!(
        outline(&emit(&b.graph)),
        r"main-pipeline()
  exit-handler-1 -> exit-handler-1(x: {{workflow.parameters.x}})
  say-3 -> say(text: {{tasks.exit-handler-1.outputs.parameters.output}}) after exit-handler-1
exit-handler-1(x) target body on-exit to the end
  body -> exit-handler-1-body(x: {{inputs.parameters.x}})
  on-exit -> exit-handler-1-on-exit(status: {{tasks.body.status}}) after body.Succeeded || body.Failed || body.Errored || body.Skipped || body.Omitted
  = output: {{tasks.body.outputs.parameters.output}}
exit-handler-1-body(x)
  say -> say(text: {{inputs.parameters.x}})
  = output: {{tasks.say.outputs.parameters.output}}
exit-handler-1-on-exit(status)
  condition-1 -> condition-1(status: {{inputs.parameters.status}}) when {{=inputs.parameters.status != 'Succeeded'}}
condition-1(status)
  say-2 -> say(text: {{inputs.parameters.status}})
"
    );
}

#[test]
fn the_run_has_handlers_that_know_how_it_ended() {
    let (mut b, body) = Builder::main(&[("x", Shape::Text, None)]);
    let main = b.graph[body].pipeline;
    let op = b.op("say", TEXT, &[]);
    b.task(body, op, &[lit("a")]);
    let (one, two) = (b.exit_handler(main), b.exit_handler(main));
    let (x, status) = (b.param(0, 0), b.status(None));
    let text = b.text(&[x, lit(": "), status]);
    b.task(one, op, &[text]);
    let failures = Operand::Value(b.value(Source::Failures, Shape::Json));
    b.task(two, op, &[failures]);
    assert_eq!(
        outline(&emit(&b.graph)),
        r#"main-pipeline()
  say -> say(text: a)
on-exit() to the end
  on-exit-1 -> on-exit-1(x: {{workflow.parameters.x}})
  on-exit-2 -> on-exit-2()
on-exit-1(x)
  say-2 -> say(text: {{inputs.parameters.x}}: {{workflow.status}})
on-exit-2()
  say-3 -> say(text: {{=workflow.failures == '"null"' ? '[]' : fromJSON(workflow.failures)}})
on exit on-exit
"#
    );
}

#[test]
fn pipelines_call_pipelines() {
    let (mut b, body) = Builder::main(&[]);
    let op = b.op("say", TEXT, &[("output", Shape::Text), ("model", MODEL)]);
    let (callee, inner) = b.pipeline("train_all", &[("text", Shape::Text, None), ("old", MODEL, None)]);
    let text = b.param(1, 0);
    let task = b.task(inner, op, &[text]);
    let (said, model) = (b.output(task, 0), b.output(task, 1));
    b.graph[callee].outputs = vec![("said".to_owned(), Shape::Text, said), ("output".to_owned(), MODEL, model)];
    b.graph[callee].conf.parallelism = Some(3);
    let handler = b.exit_handler(callee);
    let status = b.status(None);
    b.task(handler, op, &[status]);
    let first = b.task(body, op, &[lit("a")]);
    let model = b.output(first, 1);
    let call = b.call(body, callee, &[lit("b"), model]);
    let (said, model) = (b.output(call, 0), b.output(call, 1));
    let second = b.call(body, callee, &[said, model]);
    let said = b.output(second, 0);
    b.task(body, op, &[said]);
    assert_eq!(
        outline(&emit(&b.graph)),
        r"main-pipeline()
  say -> say(text: a)
  train-all -> train-all(text: b, @old: {{tasks.say.outputs.artifacts.model}}) after say
  train-all-2 -> train-all(text: {{tasks.train-all.outputs.parameters.said}}, @old: {{tasks.train-all.outputs.artifacts.output}}) after train-all
  say-2 -> say(text: {{tasks.train-all-2.outputs.parameters.said}}) after train-all-2
train-all(text, @old) target body on-exit to the end
  body -> train-all-body(text: {{inputs.parameters.text}})
  on-exit -> train-all-on-exit(status: {{tasks.body.status}}) after body.Succeeded || body.Failed || body.Errored || body.Skipped || body.Omitted
  = said: {{tasks.body.outputs.parameters.said}}
  = @output: {{tasks.body.outputs.artifacts.output}}
train-all-body(text) parallelism 3
  say -> say(text: {{inputs.parameters.text}})
  = said: {{tasks.say.outputs.parameters.output}}
  = @output: {{tasks.say.outputs.artifacts.model}}
train-all-on-exit(status)
  say-2 -> say(text: {{inputs.parameters.status}})
"
    );
}

#[test]
fn a_pipeline_may_call_itself() {
    let (mut b, body) = Builder::main(&[("n", Shape::Integer, Some("0"))]);
    let main = b.graph[body].pipeline;
    let op = b.op("flip", &[("n", Shape::Integer)], &[("output", Shape::Text)]);
    let n = b.param(0, 0);
    let flip = b.task(body, op, &[n]);
    let side = b.output(flip, 0);
    let (_, arms) = b.branch(body, &[Some(compare(&side, Comparison::Ne, &lit("heads"), Shape::Text))]);
    let again = b.call(arms[0], main, &[lit("1")]);
    if let NodeKind::Call(call) = &mut b.graph[again].kind {
        call.args[0] = None;
    }
    assert_eq!(
        outline(&emit(&b.graph)),
        r"main-pipeline(n = 0)
  flip -> flip(n: {{inputs.parameters.n}})
  condition-1 -> condition-1() after flip when {{=tasks.flip.outputs.parameters.output != 'heads'}}
condition-1()
  main-pipeline -> main-pipeline()
"
    );
}

#[test]
fn after_is_lifted_to_siblings() {
    let (mut b, body) = Builder::main(&[("x", Shape::Json, None)]);
    let x = b.param(0, 0);
    let op = b.op("say", TEXT, &[]);
    let (_, one, _) = b.each(body, x.clone(), Shape::Text);
    let inner = b.task(one, op, &[lit("a")]);
    let (empty, _, _) = b.each(body, x.clone(), Shape::Text);
    b.graph[empty].after.push(inner);
    let (_, two, _) = b.each(body, x, Shape::Text);
    let other = b.task(two, op, &[lit("b")]);
    b.graph[other].after.push(inner);
    let last = b.task(body, op, &[lit("c")]);
    b.graph[last].after.push(empty);
    assert_eq!(
        outline(&emit(&b.graph)),
        r"main-pipeline()
  for-loop-1 -> for-loop-1() for {{workflow.parameters.x}}
  for-loop-2 -> for-loop-2() after for-loop-1 for {{workflow.parameters.x}}
  say-3 -> say(text: c) after for-loop-1
for-loop-1()
  say -> say(text: a)
for-loop-2()
  say-2 -> say(text: b)
"
    );
}

#[test]
fn lists_json_and_fields_are_put_together() {
    let (mut b, body) =
        Builder::main(&[("s", Shape::Text, None), ("n", Shape::Integer, None), ("j", Shape::Json, None)]);
    let (s, n, j) = (b.param(0, 0), b.param(0, 1), b.param(0, 2));
    let op = b.op("say", TEXT, &[]);
    b.task(body, op, &[Operand::List(vec![(n.clone(), Shape::Integer), (lit("2"), Shape::Integer)])]);
    b.task(body, op, &[Operand::List(vec![(s.clone(), Shape::Text), (lit("a\"b"), Shape::Text)])]);
    b.task(body, op, &[Operand::Json(Box::new(s.clone()), Shape::Text)]);
    b.task(body, op, &[Operand::Json(Box::new(lit("x")), Shape::Text)]);
    let inner = b.field(&j, "inner", Shape::Json);
    let (name, size) = (b.field(&inner, "it's", Shape::Text), b.field(&inner, "size", Shape::Integer));
    b.task(body, op, std::slice::from_ref(&name));
    b.task(body, op, &[size]);
    let text = b.text(&[lit("{"), s, lit("} "), name]);
    b.task(body, op, &[text]);
    assert_eq!(
        outline(&emit(&b.graph)),
        r#"main-pipeline()
  say -> say(text: [{{workflow.parameters.n}},2])
  say-2 -> say(text: {{='[' + toJson(workflow.parameters.s) + ',\u0022a\u005c\u0022b\u0022]'}})
  say-3 -> say(text: {{=toJson(workflow.parameters.s)}})
  say-4 -> say(text: "x")
  say-5 -> say(text: {{=fromJSON(workflow.parameters.j)['inner']['it\u0027s']}})
  say-6 -> say(text: {{=toJson(fromJSON(workflow.parameters.j)['inner']['size'])}})
  say-7 -> say(text: {{='\u007b' + workflow.parameters.s + '\u007d ' + fromJSON(workflow.parameters.j)['inner']['it\u0027s']}})
"#
    );
}

#[test]
fn names_are_unique_and_allowed() {
    let (mut b, body) = Builder::main(&[("x", Shape::Json, None)]);
    let x = b.param(0, 0);
    for name in ["Train_Model", "train model", "in", "2fast", "for-loop-1"] {
        let op = b.op(name, &[], &[]);
        b.task(body, op, &[]);
    }
    let (_, round, _) = b.each(body, x, Shape::Text);
    let op = b.op("train-model", &[], &[]);
    b.task(round, op, &[]);
    assert_eq!(
        outline(&emit(&b.graph)),
        r"main-pipeline()
  train-model -> train-model()
  train-model-2 -> train-model-2()
  in-task -> in-task()
  n2fast -> n2fast()
  for-loop-1 -> for-loop-1()
  for-loop-2 -> for-loop-2() for {{workflow.parameters.x}}
for-loop-2()
  train-model-3 -> train-model-3()
"
    );
}
