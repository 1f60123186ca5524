//! The comparer finds nothing where there is nothing, and notices each thing that is changed.

use kfp::argo::Workflow;
use kfp_parity::comparer::{compare, differences};

const THERE: &str = include_str!("manifests/there.yaml");
const HERE: &str = include_str!("manifests/here.yaml");

fn workflow(text: &str) -> Workflow {
    Workflow::from_yaml(text).expect("a workflow")
}

/// The differences, one a line, after one thing here is changed.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(HERE.matches(from).count(), 1, "`{from}` is not there once");
    let found = compare(&workflow(THERE), &workflow(&HERE.replace(from, to))).expect("it expands");
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn notices(from: &str, to: &str, words: &str) {
    assert_eq!(changed(from, to), words);
}

#[test]
fn the_same_in_other_words_is_the_same() {
    let found = differences(&workflow(THERE), &workflow(HERE)).expect("it expands");
    let (reasons, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, reason)| reason.is_some());
    assert_eq!(rest, []);
    let deliberate: Vec<_> = reasons.iter().map(|(difference, _)| difference.to_string()).collect();
    assert_eq!(deliberate, ["the workflow, serviceAccountName: there `pipeline-runner`, here nothing"]);
}

#[test]
fn changed_arguments() {
    notices("command: [second]", "command: [third]", "second, command[0]: there `second`, here `third`");
    notices(
        "at {{workflow.parameters.start}}",
        "at {{workflow.parameters.memory}}",
        "first, args[1]: there `at ‹parameter start›!`, here `at ‹parameter memory›!`",
    );
    notices(
        "\"{{workflow.parameters.memory}}\"",
        "1Gi",
        "second, resources.limits.memory: there `‹parameter memory›`, here `1Gi`",
    );
    notices(
        "[next, \"{{inputs.parameters.w}}\"",
        "[next, \"{{inputs.parameters.start}}\"",
        "the argument first-word: there `it is`, here nothing\n\
         next, command[1]: there `‹argument first-word (only there)›`, here `‹parameter start›`",
    );
    notices(
        "value: \"{{tasks.a-next.outputs.parameters.number}}\"",
        "value: \"{{inputs.parameters.w}}\"",
        "the argument first-word: there `it is`, here nothing\n\
         next, command[1]: there `‹argument first-word (only there)›`, here `‹/tmp/word of first›`",
    );
    notices(
        "'bye ' + workflow.parameters.start",
        "'bye ' + workflow.parameters.list",
        "bye, command[1]: there `bye ‹parameter start› ‹workflow.status›`, here `bye ‹parameter list› ‹workflow.status›`",
    );
}

#[test]
fn changed_files() {
    notices(
        "path: /tmp/number",
        "path: /tmp/numbers",
        "the argument first-word, goes on as: there `‹/tmp/number of next›`, here `‹/tmp/numbers of next›`\n\
         next, gives: there `/tmp/number`, here `/tmp/numbers`\n\
         the next round, runs if: there `5 < ‹/tmp/number of next›`, here `5 < ‹/tmp/numbers of next›`",
    );
    notices(
        "path: /tmp/inputs/start/data",
        "path: /tmp/inputs/begin/data",
        "second, file /tmp/inputs/begin/data: there nothing, here `‹parameter start›`\n\
         second, file /tmp/inputs/start/data: there `‹parameter start›`, here nothing",
    );
    notices(
        "        path: /tmp/word\n    retry",
        "        path: /tmp/words\n    retry",
        "first, gives: there nothing, here `/tmp/words`\n\
         second, file /tmp/inputs/word/data: there `‹the file /tmp/word of first›`, here `‹the file /tmp/words of first›`",
    );
    notices(
        "data: \"{{workflow.parameters.start}}\"",
        "data: begin",
        "second, file /tmp/inputs/start/data: there `‹parameter start›`, here `begin`",
    );
}

#[test]
fn lost_and_added_edges() {
    notices("dependencies: [one, two]", "dependencies: [one]", "next, after: there `second`, here `first`");
    notices("dependencies: [print]\n        arguments", "arguments", "say-after, after: there `say`, here nothing");
    notices(
        "      - name: loop-a\n        template: loop-a\n",
        "      - name: loop-a\n        template: loop-a\n        dependencies: [volume]\n",
        "say, after: there nothing, here `make-volume`",
    );
}

#[test]
fn changed_conditions() {
    notices(
        "'heads'",
        "'tails'",
        "the recursion graph-again-5, runs if: there `heads == ‹/tmp/word of first›`, here `tails == ‹/tmp/word of first›`\n\
         next, runs if: there `heads == ‹/tmp/word of first›`, here `tails == ‹/tmp/word of first›`\n\
         the next round, runs if: there `heads == ‹/tmp/word of first›`, here `tails == ‹/tmp/word of first›`",
    );
    notices(
        "!(tasks.one",
        "(tasks.one",
        "the recursion graph-again-5, runs if: there `heads == ‹/tmp/word of first›`, here `heads != ‹/tmp/word of first›`\n\
         next, runs if: there `heads == ‹/tmp/word of first›`, here `heads != ‹/tmp/word of first›`\n\
         the next round, runs if: there `heads == ‹/tmp/word of first›`, here `heads != ‹/tmp/word of first›`",
    );
    notices(
        "int(tasks['a-next'].outputs.parameters.number) > 5",
        "int(tasks['a-next'].outputs.parameters.number) >= 5",
        "the next round, runs if: there `5 < ‹/tmp/number of next›`, here `5 <= ‹/tmp/number of next›`",
    );
    notices(
        "int(tasks['a-next'].outputs.parameters.number) > 5",
        "tasks['a-next'].outputs.parameters.number > '5'",
        "the next round, runs if: there `5 < ‹/tmp/number of next›`, here `5 < ‹/tmp/number of next› (as texts)`",
    );
    notices(
        "        when: \"{{=int(tasks['a-next'].outputs.parameters.number) > 5}}\"\n",
        "",
        "the next round, runs if: there `5 < ‹/tmp/number of next›`, here nothing",
    );
}

#[test]
fn changed_items() {
    notices("a: \"2\"", "a: \"3\"", "the loop for-loop-4, item 1.a: there `2`, here `3`");
    notices(
        "withParam: \"{{workflow.parameters.list}}\"",
        "withParam: \"{{workflow.parameters.start}}\"",
        "the loop for-loop-2, items: there `‹parameter list›`, here `‹parameter start›`",
    );
    notices(
        "        - a: \"2\"\n          b: z\n",
        "",
        "the loop for-loop-4, item 1.a: there `2`, here nothing\n\
         the loop for-loop-4, item 1.b: there `z`, here nothing",
    );
    notices(
        "{{item.a}}",
        "{{item.b}}",
        "say-2, args[0]: there `‹the item of for-loop-4.a›`, here `‹the item of for-loop-4.b›`",
    );
    notices(
        "    parallelism: 2\n",
        "",
        "say, at most at a time: there `2`, here nothing\n\
         say-after, at most at a time: there `2`, here nothing",
    );
}

#[test]
fn changed_pods() {
    notices("value: fast", "value: slow", "first, env.MODE.value: there `fast`, here `slow`");
    notices(
        "secretKeyRef: {key: k,",
        "secretKeyRef: {key: l,",
        "first, env.KEY.valueFrom.secretKeyRef.key: there `k`, here `l`",
    );
    notices("limit: \"3\"", "limit: \"4\"", "first, retryStrategy.limit: there `3`, here `4`");
    notices("factor: \"2\"", "factor: \"3\"", "first, retryStrategy.backoff.factor: there `2`, here `3`");
    notices(
        "activeDeadlineSeconds: 60",
        "activeDeadlineSeconds: 61",
        "first, activeDeadlineSeconds: there `60`, here `61`",
    );
    notices("pool: gpu", "pool: cpu", "first, nodeSelector.pool: there `gpu`, here `cpu`");
    notices(
        "effect: NoSchedule",
        "effect: NoExecute",
        "first, tolerations: there `{\"effect\":\"NoSchedule\",\"key\":\"gpu\",\"operator\":\"Equal\",\"value\":\"true\"}`, here `{\"effect\":\"NoExecute\",\"key\":\"gpu\",\"operator\":\"Equal\",\"value\":\"true\"}`",
    );
    notices("team: blue", "team: red", "first, label team: there `blue`, here `red`");
    notices(
        "task_display_name: The first",
        "task_display_name: The second",
        "first, annotation pipelines.kubeflow.org/task_display_name: there `The first`, here `The second`",
    );
    notices("cpu: \"2\"", "cpu: \"3\"", "first, resources.limits.cpu: there `2`, here `3`");
    notices(
        "\"limits\":{\"memory\"",
        "\"requests\":{\"memory\"",
        "second, resources.limits.memory: there `‹parameter memory›`, here nothing\n\
         second, resources.requests.memory: there nothing, here `‹parameter memory›`",
    );
    notices(
        "    initContainers:\n    - name: warm\n      image: warm:1\n      command: [warm]\n",
        "",
        "first, initContainers warm: command[0]: there `warm`, here nothing\n\
         first, initContainers warm: image: there `warm:1`, here nothing\n\
         first, initContainers warm: name: there `warm`, here nothing",
    );
    notices("image: cache:1", "image: cache:2", "first, sidecars cache: image: there `cache:1`, here `cache:2`");
}

#[test]
fn changed_volumes_and_resources() {
    notices(
        "mountPath: /data",
        "mountPath: /date",
        "first, volumeMounts /data: persistentVolumeClaim.claimName: there `‹{.metadata.name} of make-volume›`, here nothing\n\
         first, volumeMounts /date: persistentVolumeClaim.claimName: there nothing, here `‹{.metadata.name} of make-volume›`",
    );
    notices(
        "claimName: \"{{inputs.parameters.claim}}\"",
        "claimName: claim",
        "first, volumeMounts /data: persistentVolumeClaim.claimName: there `‹{.metadata.name} of make-volume›`, here `claim`",
    );
    notices(
        "storage: 1Gi",
        "storage: 2Gi",
        "make-volume, manifest: spec.resources.requests.storage: there `1Gi`, here `2Gi`",
    );
    notices(
        "status.phase == Bound",
        "status.phase == Lost",
        "make-volume, successCondition: there `status.phase == Bound`, here `status.phase == Lost`",
    );
    notices("action: create", "action: apply", "make-volume, action: there `create`, here `apply`");
}

#[test]
fn changed_workflows() {
    notices("  onExit: on-exit\n", "", "bye: there `it is`, here nothing");
    notices("  parallelism: 4\n", "", "the workflow, parallelism: there `4`, here nothing");
    notices(
        "[\"a\",\"b\"]",
        "[\"a\",\"c\"]",
        "the workflow, parameter list: there `[\"a\",\"b\"]`, here `[\"a\",\"c\"]`",
    );
    notices(
        "    - name: memory\n      value: 1Gi\n",
        "    - name: memory\n",
        "the workflow, parameter memory: there `1Gi`, here `none`",
    );
    notices(
        "All sorts of things.",
        "All sorts.",
        "the workflow, description: there `All sorts of things.`, here `All sorts.`",
    );
    notices("generateName: all-sorts-", "generateName: all-", "the workflow, name: there `all-sorts`, here `all`");
}

#[test]
fn what_cannot_be_expanded_is_said() {
    let broken = HERE.replace("{{tasks.one.outputs.artifacts.file}}", "{{tasks.one.outputs.artifacts.files}}");
    let error = compare(&workflow(THERE), &workflow(&broken)).expect_err("nothing of that name");
    assert_eq!(error.to_string(), "`tasks.one.outputs.artifacts.files` refers to nothing");
}

#[test]
fn every_construct_is_understood() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../constructs/snapshots");
    let mut problems = Vec::new();
    for file in std::fs::read_dir(folder).expect("the snapshots") {
        let path = file.expect("a file").path();
        let Ok(read) = Workflow::from_yaml(&std::fs::read_to_string(&path).expect("a text")) else { continue };
        match compare(&read, &read) {
            Ok(found) => problems.extend(found.iter().map(|difference| format!("{}: {difference}", path.display()))),
            Err(error) => problems.push(format!("{}: {error}", path.display())),
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
