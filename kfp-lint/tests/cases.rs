//! One mistake each, with what is said about it.

use kfp_lint::{Source, lint};

/// What is said about a text, a line each, the help behind an arrow.
fn said(text: &str) -> Vec<String> {
    let found = lint(&[Source { name: "w.yaml", text }]);
    let line = |it: &kfp_lint::Finding| {
        let help = it.help.as_ref().map_or_else(String::new, |help| format!(" -> {help}"));
        format!("{it}{help}").replace("w.yaml:", "")
    };
    found.iter().map(line).collect()
}

/// The only thing that is said about a workflow, whose `spec` begins with line 4.
fn workflow(spec: &str) -> String {
    let mut said = said(&format!("apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n{spec}"));
    assert_eq!(said.len(), 1, "{said:#?}");
    said.remove(0)
}

/// The same for two tasks `a` and `b` of a DAG; the fields of `b` begin with line 12.
fn dag(fields: &str) -> String {
    workflow(&format!(
        "  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {{name: a, template: leaf}}
      - name: b
        template: leaf
{fields}
  - name: leaf
    inputs: {{parameters: [{{name: x, default: '1'}}]}}
    outputs: {{parameters: [{{name: out, valueFrom: {{path: /out}}}}]}}
    container: {{image: 'alpine:3', command: [echo], args: ['{{{{inputs.parameters.x}}}}']}}
"
    ))
}

/// The same for the fields of a template that runs a container; they begin with line 7.
fn leaf(fields: &str) -> String {
    workflow(&format!(
        "  entrypoint: main\n  templates:\n  - name: main\n{fields}\n    container: {{image: 'a:1', command: [a]}}\n"
    ))
}

/// The same for the arguments of `b`.
fn argument(value: &str) -> String {
    dag(&format!("        arguments: {{parameters: [{{name: x, value: {value}}}]}}"))
}

/// A text so many times, with the number for `#`.
fn numbered(count: usize, text: &str) -> String {
    (0..count).map(|number| text.replace('#', &number.to_string())).collect()
}

macro_rules! cases {
    ($($name:ident: $said:expr => $expected:expr;)*) => { $(
        #[test]
        fn $name() {
            assert_eq!($said, $expected);
        }
    )* };
}

cases! {
    an_expression_that_does_not_parse: argument("\"{{=tasks.a. + 1}}\"")
        => "12:55: error: [KFP460] this expression cannot be read: unexpected token Operator(\"+\") (1:10) -> strings stand in single quotes, names with a hyphen in `['..']`: `inputs.parameters['my-name']`";
    an_unknown_name_in_an_expression: dag("        dependencies: [a]\n        when: \"{{=taks['a'].status == 'Failed'}}\"")
        => "13:19: error: [KFP460] an expression knows no name `taks` -> did you mean `tasks`?";
    a_hyphen_in_an_expression: leaf("    inputs: {parameters: [{name: my-p, value: '1'}]}\n    podSpecPatch: '{\"a\": \"{{=inputs.parameters.my-p}}\"}'")
        => "8:30: error: [KFP460] in an expression, `inputs.parameters.my-p` is a subtraction -> write `inputs.parameters['my-p']`";
    an_unknown_task: argument("'{{tasks.aa.outputs.parameters.out}}'") => "12:54: error: [KFP463] `tasks.aa.outputs.parameters.out` refers to nothing: there is no task `aa` -> did you mean `a`?";
    an_unknown_output: argument("'{{tasks.a.outputs.parameters.outt}}'") => "12:54: error: [KFP463] `tasks.a.outputs.parameters.outt` refers to nothing: `leaf` has no output parameter `outt` -> did you mean `out`?";
    a_task_without_an_edge: argument("'{{tasks.a.outputs.parameters.out}}'") => "12:54: error: [KFP464] `tasks.a.outputs.parameters.out` is read, but nothing waits for `a`: it would wait for ever, or read nothing -> add `a` to its `dependencies` (a step: move it to a later group)";
    an_expression_without_an_edge: argument("\"{{=tasks['a'].outputs.parameters.out}}\"") => "12:55: error: [KFP464] `tasks.a.outputs.parameters.out` is read, but nothing waits for `a`: it would wait for ever, or read nothing -> add `a` to its `dependencies` (a step: move it to a later group)";
    an_unknown_input: leaf("    podSpecPatch: '{\"hostname\": \"{{inputs.parameters.nope}}\"}'") => "7:36: error: [KFP463] `inputs.parameters.nope` refers to nothing: the template has no input parameter `nope` -> there is none at all";
    a_first_word_almost_right: leaf("    podSpecPatch: '{\"hostname\": \"{{input.parameters.x}}\"}'") => "7:36: error: [KFP463] `input.parameters.x` is no variable of Argo's, so it stays as it is -> did you mean `inputs.parameters.x`?";
    an_item_outside_of_a_loop: argument("'{{item}}'") => "12:54: error: [KFP463] `item` refers to nothing: there is no loop here, so no `item` -> give the task `withItems`, `withParam` or `withSequence`, or pass the item on as an argument";
    an_unknown_parameter_of_the_workflow: argument("'{{workflow.parameters.size}}'") => "12:54: error: [KFP463] `workflow.parameters.size` refers to nothing: the workflow has no parameter `size` -> there is none at all";
    an_unknown_field_of_the_workflow: argument("'{{workflow.nam}}'") => "12:54: error: [KFP463] `workflow.nam` refers to nothing: a workflow has no `nam` -> did you mean `name`?";
    a_tag_that_does_not_end: argument("'{{tasks.a'") => "12:52: error: [KFP466] this `{{` has no `}}`, and Argo reads every `{{` as the beginning of a tag -> close it; a `{{` that is meant as text has to come from a file or a variable";
    a_result_in_double_quotes: dag("        dependencies: [a]\n        when: '{{=tasks[\"a\"].outputs.result == \"x\"}}'") => "13:19: error: [KFP480] Argo keeps the `result` of `a` only where it is named with single quotes -> write `tasks['a'].outputs.result`";
    a_when_that_does_not_parse: dag("        dependencies: [a]\n        when: \"{{tasks.a.status}} = Failed\"") => "13:15: error: [KFP461] this condition cannot be read: Invalid token: '=' -> write it as one expression: \"{{= inputs.parameters.name == 'value' }}\"";
    a_when_that_never_changes: dag("        when: \"a == b\"") => "12:15: warning: [KFP475] this condition names nothing of the run, so it never holds -> put what it depends on into `{{..}}`";
    a_text_against_a_boolean: dag("        dependencies: [a]\n        when: \"'{{tasks.a.outputs.parameters.out}}' == true\"") => "13:15: warning: [KFP475] `'{{tasks.a.outputs.parameters.out}}'` is a text here and `true` is none, so they are never equal -> quote both, or neither: `'{{tasks.a.outputs.parameters.out}}' == 'true'`";
    a_dependency_on_nobody: dag("        dependencies: [c]") => "12:24: error: [KFP462] there is no task `c` to wait for";
    a_depends_on_nobody: dag("        depends: a && c.Failed") => "12:23: error: [KFP462] there is no task `c` to wait for";
    a_result_that_there_is_not: dag("        depends: a.Suceeded") => "12:20: error: [KFP462] a task has no result `Suceeded` -> did you mean `Succeeded`?";
    a_result_of_a_loop_only: dag("        depends: a.AnySucceeded") => "12:18: error: [KFP462] `a` runs once, so it has no `AnySucceeded` -> write `.Succeeded` or `.Failed`";
    a_depends_that_does_not_parse: dag("        depends: a &&") => "12:18: error: [KFP462] `depends` cannot be read: unexpected token end of the expression (1:5) -> write names and results with `&&`, `||`, `!`: `a && (b.Failed || c)`";
    tasks_that_wait_for_each_other: dag("        dependencies: [b]") => "10:15: error: [KFP482] `b` waits for itself, so it never starts -> take one of the edges out";
    two_things_to_go_over: dag("        withItems: [1]\n        withParam: '[1]'") => "13:20: error: [KFP467] a loop goes over one thing, and here are `withItems` and `withParam` -> keep one of them";
    a_list_that_is_none: dag("        withParam: '1, 2'") => "12:20: error: [KFP467] `withParam` takes a JSON list, and `1, 2` is none -> write a list: '[\"a\", \"b\"]'";
    a_sequence_without_an_end: dag("        withSequence: {start: '1'}") => "12:23: error: [KFP467] a sequence needs a `count` or an `end` -> say how many: `count: \"3\"`";
    a_sequence_of_words: dag("        withSequence: {count: three}") => "12:31: error: [KFP467] `three` is no whole number -> write digits";
    an_argument_almost_right: dag("        arguments: {parameters: [{name: xs, value: a}]}") => "12:41: warning: [KFP474] `leaf` takes no parameter `xs` -> did you mean `x`?";
    a_template_that_there_is_not: workflow("  entrypoint: mein\n  templates:\n  - {name: main, suspend: {}}\n") => "4:15: error: [KFP474] there is no template `mein` -> did you mean `main`?";
    a_template_that_nobody_calls: workflow("  entrypoint: main\n  templates:\n  - {name: main, suspend: {}}\n  - {name: rest, suspend: {}}\n") => "7:12: warning: [KFP481] nothing calls the template `rest` -> call it, or take it out";
    a_template_of_two_kinds: leaf("    suspend: {}") => "7:14: error: [KFP472] a template is one thing, and `main` is `container` and `suspend` -> make a template of each";
    a_template_of_no_kind: workflow("  entrypoint: main\n  templates:\n  - {name: main}\n") => "6:5: error: [KFP472] the template `main` does nothing -> give it a `container`, a `dag`, `steps`, ..";
    two_templates_of_a_name: workflow("  entrypoint: main\n  templates:\n  - {name: main, suspend: {}}\n  - {name: main, suspend: {}}\n") => "7:12: error: [KFP473] there is another template `main` before -> give one of them another name";
    a_pause_without_a_unit: workflow("  entrypoint: main\n  templates:\n  - {name: main, suspend: {duration: 5 minutes}}\n") => "6:39: error: [KFP310] ` minutes` is no unit of a duration -> the units are `h`, `m`, `s`, `ms`, `us` and `ns`";
    a_timeout_without_a_unit: leaf("    timeout: '30'") => "7:15: error: [KFP310] `30` has no unit -> write `30s` for seconds, `30m` for minutes, `30h` for hours";
    a_wait_without_a_unit: leaf("    retryStrategy: {limit: '2', backoff: {duration: 10 s}}") => "7:55: error: [KFP310] ` s` is no unit of a duration -> the units are `h`, `m`, `s`, `ms`, `us` and `ns`";
    a_memo_key_with_a_dot: leaf("    memoize: {key: 'a.b', cache: {configMap: {name: c}}}") => "7:20: error: [KFP469] Argo takes only letters, digits and `-` in the key of a memo, and not `a.b` -> hash what is in it: \"{{=sprig.sha256sum(inputs.parameters.name)}}\"";
    a_patch_that_is_no_map: leaf("    podSpecPatch: 'hostNetwork'") => "7:19: error: [KFP468] `podSpecPatch` is no YAML or JSON map of the fields of a pod -> write for example: {\"terminationGracePeriodSeconds\": 30}";
    a_label_that_there_cannot_be: leaf("    metadata: {labels: {app: 'a b'}}") => "7:32: error: [KFP306] a label's value cannot hold ` `, only letters, digits, `-`, `_` and `.` -> an annotation takes any text";
    a_key_that_there_cannot_be: leaf("    metadata: {labels: {'a b': app}}") => "7:25: error: [KFP305] a key cannot hold ` `, only letters, digits, `-`, `_` and `.`";
    a_quantity_without_a_unit: workflow("  entrypoint: main\n  templates:\n  - name: main\n    container: {image: 'a:1', command: [a], resources: {limits: {memory: 2GB}}}\n") => "7:75: error: [KFP301] `GB` is no suffix of a quantity -> write `2G`";
    an_image_that_there_cannot_be: workflow("  entrypoint: main\n  templates:\n  - {name: main, container: {image: 'A b', command: [a]}}\n") => "6:39: error: [KFP320] the image `A b` has white space in it -> write it as `alpine:3.20` or `ghcr.io/acme/iris:1.4`";
    a_condition_of_a_resource: workflow("  entrypoint: main\n  templates:\n  - name: main\n    resource: {action: create, successCondition: status.phase & x, manifest: '{apiVersion: v1, kind: Pod}'}\n") => "7:63: error: [KFP330] the condition has `&` where `==`, `!=`, `<`, `>`, `in` or `notin` was expected -> write the path of a field, how it compares, and with what: `status.phase == Succeeded`";
    a_manifest_that_is_no_yaml: workflow("  entrypoint: main\n  templates:\n  - name: main\n    resource: {action: create, manifest: 'a: [', successCondition: a == b}\n") => "7:42: error: [KFP479] the manifest of this resource is no YAML: unclosed bracket '['";
    a_field_almost_right: dag("        dependancies: [a]") => "12:9: error: [KFP477] there is no field `dependancies` here -> did you mean `dependencies`?";
    a_lock_of_argo_3: leaf("    synchronization: {mutex: {name: a}}") => "7:23: warning: [KFP478] Argo 4 has this field no more, and leaves it out -> write a list: `mutexes: [{name: ..}]`";
    a_number_for_a_text: argument("5") => "12:51: error: [KFP476] `5` is no text as it stands, and Argo 4 takes nothing else here -> put it in quotes: \"5\"";
    a_word_that_argo_keeps: workflow("  entrypoint: main\n  templates:\n  - name: main\n    dag:\n      tasks:\n      - {name: in, template: end}\n      - {name: b, template: end, dependencies: [in]}\n  - {name: end, suspend: {duration: '1'}}\n") => "9:16: error: [KFP465] Argo cannot evaluate what waits for a task of the name `in` -> it is a word of its expressions; call the task `in-task`";
    a_schedule_of_words: said("apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nspec:\n  schedules: ['0 25 * * *']\n  workflowSpec: {entrypoint: a, templates: [{name: a, suspend: {}}]}\n").join("\n")
        => "4:18: error: [KFP355] `25` is no hour, which is `0` to `23` -> write minute, hour, day of month, month and day of week: `30 2 * * MON-FRI`, or `@daily`";
    a_time_zone_that_there_is_not: said("apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nspec:\n  schedules: ['0 2 * * *']\n  timezone: Europe/Berlinn\n  workflowSpec: {entrypoint: a, templates: [{name: a, suspend: {}}]}\n").join("\n")
        => "5:13: error: [KFP356] there is no time zone `Europe/Berlinn` -> did you mean `Europe/Berlin`?";
    a_retry_policy_that_there_is_not: leaf("    retryStrategy: {limit: '2', retryPolicy: OnFail}")
        => "7:46: error: [KFP216] the policy of a retry cannot be `OnFail` -> write one of `Always`, `OnFailure`, `OnError`, `OnTransientError`";
    an_action_that_there_is_not: workflow("  entrypoint: main\n  templates:\n  - name: main\n    resource: {action: make, manifest: '{apiVersion: v1, kind: Pod}'}\n")
        => "7:24: error: [KFP216] the action of a resource cannot be `make` -> write one of `get`, `create`, `apply`, `delete`, `replace`, `patch`";
    less_than_no_task_at_a_time: leaf("    parallelism: -1")
        => "7:18: error: [KFP470] `parallelism` is a number of tasks, and not -1 -> leave the field out for no limit";
    a_file_in_two_places: leaf("    inputs: {artifacts: [{name: a, path: /a, raw: {data: x}, http: {url: 'http://x'}}]}")
        => "7:68: error: [KFP470] a file is kept in one place, and here are `raw` and `http` -> keep one of them";
    a_mode_beyond_all: leaf("    inputs: {artifacts: [{name: a, path: /a, mode: 777, raw: {data: x}}]}")
        => "7:52: error: [KFP470] 777 is no mode of a file: Argo takes 0 to 511, which is 0777 -> write it in octal, with a zero before it: `0755`";
    a_dag_of_nothing: workflow("  entrypoint: main\n  templates:\n  - name: main\n    dag: {tasks: []}\n")
        => "7:18: error: [KFP470] a DAG has a task at least -> add one, or take the template out";
    a_gauge_of_a_long_text: leaf(&format!("    metrics: {{prometheus: [{{name: a, help: b, gauge: {{value: '{}'}}}}]}}", "1".repeat(300)))
        => "7:62: error: [KFP470] a value of 300 characters; Argo 4 takes 256 in a gauge -> shorten it";
    many_metrics: leaf(&format!("    metrics: {{prometheus: [{}]}}", "{name: a, help: b, counter: {value: '1'}}, ".repeat(101)))
        => "7:27: error: [KFP470] 101 metrics; Argo 4 takes 100 of a workflow or a template -> tell them apart by labels of one metric";
    many_tasks: workflow(&format!("  entrypoint: main\n  templates:\n  - name: main\n    dag:\n      tasks:\n{}  - {{name: end, suspend: {{}}}}\n", numbered(201, "      - {name: t#, template: end}\n")))
        => "9:9: error: [KFP470] 201 tasks in one DAG; Argo 4 takes 200 -> put parts of it into DAGs of their own";
    many_inputs: leaf(&format!("    inputs: {{parameters: [{}]}}", numbered(501, "{name: p#, value: ''}, ")))
        => "7:26: error: [KFP470] 501 input parameters; Argo 4 takes 500 in a template -> pass a list in one of them";
    more_than_a_cluster_keeps: leaf(&format!("    annotations: {{a: {}}}", "x".repeat(2 << 20)))
        => "1:1: error: [KFP471] 2097347 bytes of JSON; a cluster takes about 1572864 (1.5 MiB) -> `kfp size` shows where they are";
    nearly_as_much: leaf(&format!("    annotations: {{a: {}}}", "x".repeat(11 << 17)))
        => "1:1: warning: [KFP471] 1441987 bytes of JSON; with what Argo adds while it runs, the limit of 1.5 MiB is close -> `kfp size` shows where they are";
    a_text_that_is_no_yaml: said("apiVersion: [").join("\n") => "1:13: error: [KFP450] expected string scalar";
}
