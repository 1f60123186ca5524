//! The templates of the manifest, in the order in which they are met: what calls stands before what is called.

use super::naming::Unique;
use crate::argo::Template;
use crate::hash::{HashMap, HashSet};

/// One by one: a list of thousands that grows has room for as many more, and is copied.
pub(super) type List = Vec<Box<Template>>;

/// A place in the list, for a template that is still being written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot(usize);

/// The templates.
#[derive(Debug, Default)]
pub(super) struct Templates {
    list: List,
    names: Unique,
    /// The leaf templates by what they hold.
    leaves: HashMap<String, String>,
    /// The names that belong to operations, for the first template that wants them.
    reserved: HashSet<String>,
}

impl Templates {
    /// Keeps a name for whoever the user gave it to.
    pub(super) fn reserve(&mut self, name: &str) {
        if self.reserved.insert(name.to_owned()) {
            self.names.take(name);
        }
    }

    /// A name for a template that the user named.
    pub(super) fn user_name(&mut self, name: &str) -> String {
        if self.reserved.remove(name) { name.to_owned() } else { self.names.take(name) }
    }

    /// A name for a template that the user did not name.
    pub(super) fn name(&mut self, wanted: &str) -> String {
        self.names.take(wanted)
    }

    /// The next free `PREFIX-N`.
    pub(super) fn number(&mut self, prefix: &str) -> String {
        self.names.number(prefix)
    }

    /// How many there are: the position of the next.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The template at a position.
    pub(super) fn at(&mut self, position: usize) -> &mut Template {
        &mut self.list[position]
    }

    /// Keeps a place for a template.
    pub(super) fn open(&mut self) -> Slot {
        self.list.push(Box::default());
        Slot(self.list.len() - 1)
    }

    /// Puts the template into its place.
    pub(super) fn close(&mut self, slot: Slot, mut template: Template) {
        without_spare_room(&mut template);
        *self.list[slot.0] = template;
    }

    /// Adds a leaf template, or finds one that is the same, and gives its name.
    pub(super) fn leaf(&mut self, wanted: &str, mut template: Template) -> String {
        let content = format!("{wanted} {}", crate::argo::to_json(&template));
        if let Some(name) = self.leaves.get(&content) {
            return name.clone();
        }
        let name = self.user_name(wanted);
        template.name.clone_from(&name);
        self.list.push(template.into());
        self.leaves.insert(content, name.clone());
        name
    }

    /// Adds one whose name is taken.
    pub(super) fn push(&mut self, template: impl Into<Box<Template>>) {
        self.list.push(template.into());
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Template> {
        self.list.iter().map(AsRef::as_ref)
    }

    /// The same, which leaves none.
    pub(super) fn take(&mut self) -> List {
        std::mem::take(&mut self.list)
    }
}

/// A list that grew has room for more, which in thousands of templates is most of the memory.
fn without_spare_room(template: &mut Template) {
    template.inputs.parameters.shrink_to_fit();
    template.outputs.parameters.shrink_to_fit();
    let Some(dag) = &mut template.dag else { return };
    dag.tasks.shrink_to_fit();
    for task in &mut dag.tasks {
        task.arguments.parameters.shrink_to_fit();
        task.dependencies.shrink_to_fit();
    }
}
