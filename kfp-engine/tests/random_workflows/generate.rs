//! Any numbers to a workflow; none at all to the simplest one.

use crate::model::{After, Argument, Body, Ending, Flow, Items, Retry, Task, Template, Term, When};

struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    fn below(&mut self, end: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % end
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

const LEAVES: usize = 4;

pub(crate) fn flow(numbers: &[u8]) -> Flow {
    let mut choices = Choices(numbers.iter());
    let is_isolated = choices.one_in(4);
    let has_errors = choices.one_in(3);
    let groups = 1 + choices.below(3);
    let total = groups + LEAVES;
    let mut templates: Vec<_> = (0..groups).map(|index| group(&mut choices, index, groups, has_errors)).collect();
    templates.extend((0..LEAVES).map(|index| leaf(&mut choices, index, has_errors)));
    let on_exit = choices.one_in(3).then(|| groups + choices.below(LEAVES));
    let parallelism = choices.one_in(4).then_some(1 + u8::try_from(total).unwrap_or(9) / 4);
    Flow { templates, on_exit, parallelism, is_isolated }
}

fn leaf(choices: &mut Choices<'_>, index: usize, has_errors: bool) -> Template {
    // The first always goes well, so that workflows get somewhere.
    let kind = if index == 0 { 0 } else { choices.below(5) };
    let retry = choices
        .one_in(3)
        .then(|| Retry { limit: u8::try_from(choices.below(3)).unwrap_or_default(), always: choices.one_in(2) });
    let ending = match kind {
        0 => Ending::Well,
        1 => Ending::FailingForB,
        2 if has_errors => Ending::WithoutOutput,
        3 if retry.is_some() => Ending::FailingUntil(1),
        _ => Ending::Failing,
    };
    Template { body: Body::Leaf(ending), retry, parallelism: None }
}

fn group(choices: &mut Choices<'_>, own: usize, groups: usize, has_errors: bool) -> Template {
    let body = if choices.one_in(3) {
        let mut earlier: Vec<Task> = Vec::new();
        let mut all = Vec::new();
        for number in 0..=choices.below(3) {
            let width = 1 + choices.below(3);
            let steps: Vec<_> = (0..width)
                .map(|step| task(choices, format!("s{number}{step}"), own, groups, &earlier, None, has_errors))
                .collect();
            earlier.extend(steps.iter().cloned());
            all.push(steps);
        }
        let group = choices.below(all.len());
        let step = choices.below(all[group].len());
        Body::Steps { groups: all, output: (group, step) }
    } else {
        let uses_depends = choices.one_in(2);
        let fail_fast = choices.one_in(2);
        let mut tasks: Vec<Task> = Vec::new();
        for number in 0..=choices.below(5) {
            let name = format!("d-{number}");
            let next = task(choices, name, own, groups, &tasks, Some(uses_depends), has_errors);
            tasks.push(next);
        }
        let output = choices.below(tasks.len());
        Body::Dag { fail_fast, tasks, output }
    };
    let retry = choices.one_in(8).then_some(Retry { limit: 1, always: choices.one_in(2) });
    Template { body, retry, parallelism: choices.one_in(4).then_some(1) }
}

fn task(
    choices: &mut Choices<'_>,
    name: String,
    own: usize,
    groups: usize,
    before: &[Task],
    uses_depends: Option<bool>,
    has_errors: bool,
) -> Task {
    // One that runs many programs is called once.
    let is_group = own + 1 < groups && choices.one_in(3);
    let template = if is_group { own + 1 } else { groups + choices.below(LEAVES) };
    let (after, known) = match uses_depends {
        None => (After::Dependencies(Vec::new()), before.iter().collect()),
        Some(uses_depends) => after(choices, before, uses_depends),
    };
    let loops: Vec<&&Task> = known.iter().filter(|it| it.is_plain_loop(groups)).collect();
    let items = match choices.below(6) {
        3 if !is_group => Items::With(vec!["a", "b", "c"]),
        4 if !is_group => Items::Param(if choices.one_in(4) { Vec::new() } else { vec!["b", "a"] }),
        // In steps a reference to nothing fails the whole group, which is seen before any of its steps starts.
        5 if !is_group && !loops.is_empty() && uses_depends.is_some() => Items::Of(choices.of(&loops).name.clone()),
        _ => Items::None,
    };
    let is_loop = !matches!(items, Items::None);
    let when = match choices.below(8) {
        5 if is_loop => When::NotForB,
        6 => When::Never,
        7 if !known.is_empty() => When::Status(choices.of(&known).name.clone(), !choices.one_in(3)),
        _ => When::Always,
    };
    let giving: Vec<&&Task> =
        known.iter().filter(|it| uses_depends.is_some() || it.gives_surely(groups, has_errors)).collect();
    let argument = match choices.below(4) {
        1 => Argument::Input,
        2 if is_loop => Argument::Item,
        3 if !giving.is_empty() => Argument::Output(choices.of(&giving).name.clone()),
        _ => Argument::Word(choices.of(&["a", "b", "word"])),
    };
    Task {
        name,
        template,
        after,
        when,
        items,
        argument,
        continues: uses_depends != Some(true) && choices.one_in(3),
        on_exit: choices.one_in(5).then(|| groups + choices.below(LEAVES)),
    }
}

fn after<'a>(choices: &mut Choices<'_>, before: &'a [Task], uses_depends: bool) -> (After, Vec<&'a Task>) {
    let known: Vec<&Task> = before.iter().filter(|_| choices.one_in(2)).collect();
    if !uses_depends || known.is_empty() {
        return (After::Dependencies(known.iter().map(|it| it.name.clone()).collect()), known);
    }
    let facts = [None, Some("Succeeded"), Some("Failed"), Some("Skipped"), Some("Omitted"), Some("Errored")];
    let mut term = |it: &&Task| {
        let is_loop = !matches!(it.items, Items::None);
        let fact = match choices.below(3) {
            0 if is_loop => Some(choices.of(&["AnySucceeded", "AllFailed"])),
            _ => choices.of(&facts),
        };
        Term { is_not: choices.one_in(4), task: it.name.clone(), fact }
    };
    let terms = known.iter().map(&mut term).collect();
    (After::Depends { any: choices.one_in(2), terms }, known)
}

impl Task {
    fn is_plain_loop(&self, groups: usize) -> bool {
        !matches!(self.items, Items::None) && self.template >= groups
    }

    /// Whether its output is there however it ends.
    fn gives_surely(&self, groups: usize, has_errors: bool) -> bool {
        matches!(self.items, Items::None) && self.template >= groups && !has_errors
    }
}
