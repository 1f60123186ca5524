//! Where something stands in a manifest.

use std::fmt;

/// A step from a value to one inside of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    Field(String),
    Item(usize),
}

/// The steps from a document to a value: `spec.templates[0].name`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Path(Vec<Step>);

impl Path {
    pub(crate) fn field(&self, name: &str) -> Self {
        self.with(Step::Field(name.to_owned()))
    }

    /// Several fields, one in the other: `valueFrom.path`.
    pub(crate) fn fields(&self, names: &str) -> Self {
        names.split('.').fold(self.clone(), |path, name| path.field(name))
    }

    pub(crate) fn item(&self, index: usize) -> Self {
        self.with(Step::Item(index))
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The names of the fields, with `[]` for an item.
    pub(crate) fn names(&self) -> Vec<&str> {
        let names = self.0.iter().map(|step| match step {
            Step::Field(name) => name.as_str(),
            Step::Item(_) => "[]",
        });
        names.collect()
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if index == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Item(number) => write!(f, "[{number}]")?,
            }
        }
        Ok(())
    }
}
