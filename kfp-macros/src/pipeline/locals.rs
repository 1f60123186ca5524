//! The variables of a body: which names are host values, and which of them may be changed where.

use std::collections::HashMap;
use syn::visit::{self, Visit};
use syn::{Ident, Pat, PatIdent};

/// A variable.
#[derive(Clone, Copy)]
pub(super) struct Local {
    /// Whether it is `let mut`.
    pub(super) mutable: bool,
    /// In how many lowered blocks it stands.
    pub(super) depth: usize,
    /// Whether it is known to exist only when the pipeline runs: a parameter, an item of a loop, a task.
    pub(super) of_the_run: bool,
}

/// The variables in sight, innermost last.
#[derive(Default)]
pub(super) struct Locals {
    frames: Vec<HashMap<String, Local>>,
    /// Variables of lowered blocks that have ended, each with whether that was a `for`.
    gone: HashMap<String, bool>,
    /// Of tasks, the components that they call.
    components: HashMap<String, String>,
    /// In how many lowered blocks we are: a branch, a loop's body, a block with a handler.
    pub(super) depth: usize,
}

impl Locals {
    /// Enters a block of Rust.
    pub(super) fn enter(&mut self) {
        self.frames.push(HashMap::new());
    }

    /// Leaves it.
    pub(super) fn leave(&mut self) {
        self.frames.pop();
    }

    /// Leaves a lowered block, of a `for` or of another kind.
    pub(super) fn close(&mut self, is_loop: bool) {
        let frame = self.frames.pop().unwrap_or_default();
        self.gone.extend(frame.into_keys().map(|name| (name, is_loop)));
    }

    /// Whether it was a variable of a block that has ended, and that of a `for`.
    pub(super) fn gone(&self, name: &Ident) -> Option<bool> {
        if self.get(name).is_some() { None } else { self.gone.get(&name.to_string()).copied() }
    }

    pub(super) fn bind(&mut self, name: &Ident, mutable: bool) {
        self.components.remove(&name.to_string());
        let local = Local { mutable, depth: self.depth, of_the_run: false };
        if self.frames.is_empty() {
            self.enter();
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.insert(name.to_string(), local);
        }
    }

    /// Binds every variable of a pattern.
    pub(super) fn bind_pattern(&mut self, pattern: &Pat) {
        for (name, mutable) in names(pattern) {
            self.bind(&name, mutable);
        }
    }

    /// Says of a variable that it exists only when the pipeline runs.
    pub(super) fn mark(&mut self, name: &Ident) {
        let name = name.to_string();
        if let Some(local) = self.frames.iter_mut().rev().find_map(|frame| frame.get_mut(&name)) {
            local.of_the_run = true;
        }
    }

    /// Says of a variable what it is a task of, if that is plainly a component.
    pub(super) fn gives(&mut self, name: &Ident, component: Option<String>) {
        let name = name.to_string();
        match component {
            Some(component) => self.components.insert(name, component),
            None => self.components.remove(&name),
        };
    }

    /// The component that a variable is a task of.
    pub(super) fn component(&self, name: &Ident) -> Option<&str> {
        self.get(name)?;
        self.components.get(&name.to_string()).map(String::as_str)
    }

    pub(super) fn get(&self, name: &Ident) -> Option<Local> {
        let name = name.to_string();
        self.frames.iter().rev().find_map(|frame| frame.get(&name)).copied()
    }

    /// Whether it is a `let mut` of a block around the lowered one that we are in.
    pub(super) fn is_outer_mutable(&self, name: &Ident) -> bool {
        self.get(name).is_some_and(|local| local.mutable && local.depth < self.depth)
    }
}

/// The variables of a pattern, each with whether it is `mut`.
pub(super) fn names(pattern: &Pat) -> Vec<(Ident, bool)> {
    struct Names(Vec<(Ident, bool)>);
    impl Visit<'_> for Names {
        fn visit_pat_ident(&mut self, pattern: &PatIdent) {
            // A unit variant looks like a variable.
            if !pattern.ident.to_string().starts_with(char::is_uppercase) {
                self.0.push((pattern.ident.clone(), pattern.mutability.is_some()));
            }
            visit::visit_pat_ident(self, pattern);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_pat(pattern);
    names.0
}
