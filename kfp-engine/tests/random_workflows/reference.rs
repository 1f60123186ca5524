//! What a workflow comes to, by the rules of Argo, one task after the other.

use crate::model::{After, Argument, Body, DEFAULT, Ending, Flow, Items, NOTHING, Task, Term, When, name};
use kfp_engine::Phase;
use serde_json::json;
use std::collections::BTreeMap;

/// What a node has to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Expected {
    pub(crate) phase: Phase,
    pub(crate) output: Option<String>,
    /// Whether it runs a program.
    pub(crate) is_program: bool,
    pub(crate) is_group: bool,
    /// Whether it has to be there: what a DAG that fails fast has still begun is not known.
    pub(crate) is_sure: bool,
}

/// How a task ended.
#[derive(Clone)]
struct End {
    phase: Phase,
    output: Option<String>,
    /// How what ends it has gone wrong: the last nodes of a group; of a task that did not run, what is before it.
    inside: Bad,
    /// The phases of the rounds of a loop.
    rounds: Option<Vec<Phase>>,
}

/// The bad phases among some.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Bad {
    failed: bool,
    error: bool,
}

impl Bad {
    fn of(phase: Phase) -> Self {
        Self { failed: phase == Phase::Failed, error: phase == Phase::Error }
    }

    fn all(each: impl Iterator<Item = Self>) -> Self {
        each.fold(Self::default(), |all, one| Self { failed: all.failed || one.failed, error: all.error || one.error })
    }

    fn phase(self) -> Option<Phase> {
        if self.error { Some(Phase::Error) } else { self.failed.then_some(Phase::Failed) }
    }
}

impl End {
    fn new(phase: Phase, output: Option<String>) -> Self {
        Self { phase, output, inside: Bad::of(phase), rounds: None }
    }

    fn ran(&self) -> bool {
        matches!(self.phase, Phase::Succeeded | Phase::Failed | Phase::Error)
    }
}

pub(crate) struct Run<'a> {
    flow: &'a Flow,
    pub(crate) nodes: BTreeMap<String, Expected>,
    /// Whether a DAG ended after some that failed and some that are errors, and Argo does not say which of them counts.
    pub(crate) is_ambiguous: bool,
    pub(crate) phase: Phase,
}

/// What a task can ask for: the input of its template, and its siblings.
struct Here<'a> {
    input: &'a str,
    ended: &'a BTreeMap<String, End>,
}

/// What a workflow comes to.
pub(crate) fn run(flow: &Flow) -> Run<'_> {
    let mut run = Run { flow, nodes: BTreeMap::new(), is_ambiguous: false, phase: Phase::Succeeded };
    run.phase = run.call(0, DEFAULT, "trial").phase;
    if let Some(handler) = flow.on_exit {
        let end = run.call(handler, DEFAULT, "trial.onExit").phase;
        run.phase = if run.phase == Phase::Succeeded { end } else { run.phase };
    }
    run
}

impl Run<'_> {
    fn note(&mut self, node: &str, end: &End, is_program: bool, is_group: bool) {
        let (phase, output) = (end.phase, end.output.clone());
        let expected = Expected { phase, output, is_program, is_group, is_sure: true };
        assert!(self.nodes.insert(node.to_owned(), expected).is_none(), "two nodes are called {node}");
    }

    fn call(&mut self, template: usize, input: &str, node: &str) -> End {
        let Some(retry) = self.flow.templates[template].retry else { return self.attempt(template, input, node, 0) };
        let mut number = 0;
        let end = loop {
            let end = self.attempt(template, input, &format!("{node}({number})"), number);
            let is_wanted = end.phase == Phase::Failed || retry.always && end.phase == Phase::Error;
            if !is_wanted || number == retry.limit {
                break end;
            }
            number += 1;
        };
        self.note(node, &end, false, true);
        end
    }

    fn attempt(&mut self, template: usize, input: &str, node: &str, number: u8) -> End {
        let flow = self.flow;
        let end = match &flow.templates[template].body {
            Body::Leaf(ending) => {
                let end = leaf(*ending, template, input, number);
                self.note(node, &end, true, false);
                return end;
            }
            Body::Dag { fail_fast, tasks, output } => self.dag(*fail_fast, tasks, *output, input, node),
            Body::Steps { groups, output } => self.steps(groups, *output, input, node),
        };
        self.note(node, &end, false, true);
        end
    }

    fn dag(&mut self, fail_fast: bool, tasks: &[Task], output: usize, input: &str, node: &str) -> End {
        let mut ended: BTreeMap<String, End> = BTreeMap::new();
        for task in tasks {
            let own = format!("{node}.{}", task.name);
            let mut end = if follows(&task.after, tasks, &ended) {
                self.task(task, &own, &Here { input, ended: &ended })
            } else {
                self.unstarted(&own, Phase::Omitted, task)
            };
            if !end.ran() {
                end.inside = Bad::all(names(&task.after).iter().map(|name| ended[*name].inside));
            }
            ended.insert(task.name.clone(), end);
        }
        let is_inner = |task: &Task| tasks.iter().any(|other| names(&other.after).contains(&task.name.as_str()));
        let targets: Vec<_> = tasks.iter().filter(|task| !is_inner(task)).collect();
        let bad = targets.iter().filter(|task| !task.continues).map(|task| match &ended[&task.name] {
            end if end.ran() => Bad::of(end.phase),
            end => end.inside,
        });
        let bad: Vec<Bad> = bad.filter(|bad| bad.phase().is_some()).collect();
        if let (Some(first), Some(last)) = (bad.first(), bad.last()) {
            let all = Bad::all(bad.iter().copied());
            self.is_ambiguous |= if fail_fast { all.failed && all.error } else { last.failed && last.error };
            if fail_fast {
                let inside = format!("{node}.");
                let nodes = self.nodes.iter_mut().filter(|(name, _)| name.starts_with(&inside));
                nodes.for_each(|(_, it)| it.is_sure = false);
            }
            let phase = if fail_fast { first } else { last }.phase();
            return End::new(phase.unwrap_or(Phase::Failed), None);
        }
        let output = ended[&tasks[output].name].output.clone().unwrap_or_else(|| NOTHING.to_owned());
        let inside = Bad::all(targets.iter().map(|task| ended[&task.name].inside));
        End { inside, ..End::new(Phase::Succeeded, Some(output)) }
    }

    fn steps(&mut self, groups: &[Vec<Task>], output: (usize, usize), input: &str, node: &str) -> End {
        let mut ended: BTreeMap<String, End> = BTreeMap::new();
        for (index, group) in groups.iter().enumerate() {
            let mut now = Vec::new();
            for step in group {
                let own = format!("{node}[{index}].{}", step.name);
                now.push((step.name.clone(), self.task(step, &own, &Here { input, ended: &ended })));
            }
            ended.extend(now);
            if group.iter().any(|step| ended[&step.name].phase.is_bad() && !step.continues) {
                return End::new(Phase::Failed, None);
            }
        }
        let output = ended[&groups[output.0][output.1].name].output.clone().unwrap_or_else(|| NOTHING.to_owned());
        let last = groups.last().into_iter().flatten();
        let last = last.map(|step| &ended[&step.name]).filter(|step| step.ran());
        let inside = Bad::all(last.map(|step| step.inside));
        End { inside, ..End::new(Phase::Succeeded, Some(output)) }
    }

    fn task(&mut self, task: &Task, node: &str, here: &Here<'_>) -> End {
        let holds = match &task.when {
            When::Always | When::NotForB => true,
            When::Never => false,
            When::Status(name, is) => (here.ended[name].phase == Phase::Succeeded) == *is,
        };
        let items: Vec<String> = match &task.items {
            Items::None => {
                if !holds {
                    return self.unstarted(node, Phase::Skipped, task);
                }
                return self.round(task, node, here, None);
            }
            Items::With(words) | Items::Param(words) => words.iter().map(|word| (*word).to_owned()).collect(),
            Items::Of(name) => match &here.ended[name].output {
                // Of a loop that did not run it is no list.
                Some(list) if here.ended[name].ran() => serde_json::from_str(list).expect("a list"),
                _ => return self.unstarted(node, Phase::Error, task),
            },
        };
        // What all rounds pass has to be known before the first.
        if let Argument::Output(name) = &task.argument
            && here.ended[name].ran()
            && here.ended[name].output.is_none()
        {
            return self.unstarted(node, Phase::Error, task);
        }
        let mut rounds: Vec<End> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let node = format!("{node}({index}:{item})");
            let is_wanted = holds && !(matches!(task.when, When::NotForB) && item == "b");
            rounds.push(match is_wanted {
                true => self.round(task, &node, here, Some(item)),
                false => self.unstarted(&node, Phase::Skipped, task),
            });
        }
        let mut end = looped(&rounds);
        let shown = End { output: None, ..end.clone() };
        self.note(node, &shown, false, true);
        end.rounds = Some(rounds.iter().map(|round| round.phase).collect());
        end
    }

    /// One run of a task, and its exit handler.
    fn round(&mut self, task: &Task, node: &str, here: &Here<'_>, item: Option<&str>) -> End {
        let input = match &task.argument {
            Argument::Word(word) => *word,
            Argument::Input => here.input,
            Argument::Item => item.unwrap_or_default(),
            Argument::Output(name) => match &here.ended[name] {
                End { output: Some(output), .. } => output,
                end if end.ran() => return self.unstarted(node, Phase::Error, task),
                _ => DEFAULT,
            },
        };
        let end = self.call(task.template, input, node);
        if let Some(handler) = task.on_exit {
            self.call(handler, &end.phase.to_string(), &format!("{node}.onExit"));
        }
        end
    }

    /// A node that does not run; a leaf that was skipped gives its default.
    fn unstarted(&mut self, node: &str, phase: Phase, task: &Task) -> End {
        let has_default = matches!(&self.flow.templates[task.template].body, Body::Leaf(ending) if !matches!(ending, Ending::WithoutOutput));
        let is_group = !matches!(self.flow.templates[task.template].body, Body::Leaf(_));
        let gives = phase != Phase::Error && (has_default || is_group);
        let end = End::new(phase, gives.then(|| NOTHING.to_owned()));
        self.note(node, &End { output: None, ..end.clone() }, false, false);
        end
    }
}

fn leaf(ending: Ending, template: usize, input: &str, number: u8) -> End {
    let start = if input.len() > 40 { input.len().to_string() } else { input.to_owned() };
    let output = format!("{start}-{}", name(template).trim_start_matches('t'));
    let is_good = match ending {
        Ending::Well => true,
        Ending::Failing => false,
        Ending::FailingForB => !input.contains('b'),
        Ending::FailingUntil(attempt) => number >= attempt,
        Ending::WithoutOutput => return End::new(Phase::Error, None),
    };
    End::new(if is_good { Phase::Succeeded } else { Phase::Failed }, Some(output))
}

/// A loop, from its rounds.
fn looped(rounds: &[End]) -> End {
    if rounds.is_empty() {
        return End::new(Phase::Skipped, None);
    }
    let phase = rounds.iter().rev().map(|round| round.phase).find(|phase| phase.is_bad()).unwrap_or(Phase::Succeeded);
    let good: Vec<&str> = rounds
        .iter()
        .filter(|round| round.phase == Phase::Succeeded)
        .filter_map(|round| round.output.as_deref())
        .collect();
    let inside = Bad::all(rounds.iter().filter(|round| round.ran()).map(|round| round.inside));
    let output = (!good.is_empty()).then(|| json!(good).to_string());
    End { inside, ..End::new(phase, output) }
}

fn names(after: &After) -> Vec<&str> {
    match after {
        After::Dependencies(names) => names.iter().map(String::as_str).collect(),
        After::Depends { terms, .. } => terms.iter().map(|term| term.task.as_str()).collect(),
    }
}

fn follows(after: &After, tasks: &[Task], ended: &BTreeMap<String, End>) -> bool {
    let goes_on = |name: &str| {
        let continues = tasks.iter().any(|task| task.name == name && task.continues);
        matches!(ended[name].phase, Phase::Succeeded | Phase::Skipped) || continues && ended[name].phase.is_bad()
    };
    let holds = |Term { is_not, task, fact }: &Term| {
        let end = &ended[task.as_str()];
        let holds = match fact {
            None => goes_on(task),
            Some("Errored") => end.phase == Phase::Error,
            Some("AnySucceeded") => end.rounds.as_ref().is_some_and(|all| all.contains(&Phase::Succeeded)),
            Some("AllFailed") => end
                .rounds
                .as_ref()
                .is_some_and(|all| !all.is_empty() && all.iter().all(|phase| *phase == Phase::Failed)),
            Some(phase) => end.phase.to_string() == *phase,
        };
        holds != *is_not
    };
    match after {
        After::Dependencies(names) => names.iter().all(|name| goes_on(name)),
        After::Depends { any: true, terms } => terms.iter().any(holds),
        After::Depends { any: false, terms } => terms.iter().all(holds),
    }
}
