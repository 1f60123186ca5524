//! How a file that a task gives is kept.

use super::{Editor, Fixed, Value};
use crate::artifact::Artifact;
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Archive, Kept, Location, OpText, Operand, Shape, Source, Stored};
use kfp_grammar::Code;

/// A file that no task of this pipeline makes.
const NOT_MADE: Code = Code(282);

/// How the file is kept: said on the output of the task that makes it, `train(table).model.set_archive(Archive::None)`.
impl<A: Artifact> Value<'_, A> {
    /// How it is packed; a compressed tarball if not said. Argo's `archive`.
    #[track_caller]
    pub fn set_archive(self, archive: Archive) -> Self {
        self.store(Place::caller(), |_, stored| stored.archive = Some(archive))
    }

    /// Whether the task may leave it out. Only an input that may be missing takes it then: `#[input(optional)]`. Argo's
    /// `optional`.
    #[track_caller]
    pub fn set_optional(self, optional: impl Fixed<bool>) -> Self {
        self.store(Place::caller(), |_, stored| stored.optional = optional.fixed())
    }

    /// When it is deleted: `OnWorkflowCompletion`, `OnWorkflowDeletion` or `Never`, in place of what the pipeline says. Argo's
    /// `artifactGC`.
    #[track_caller]
    pub fn set_artifact_gc(self, strategy: impl Fixed<String>) -> Self {
        self.store(Place::caller(), |_, stored| stored.gc = Some(strategy.fixed()))
    }

    /// Says where it is kept.
    pub(super) fn keep_in(self, location: Location, place: Place) -> Self {
        self.store(place, |editor, stored| {
            let text = |parts: Vec<Operand>, editor: &mut Editor<'_>| {
                let part = |part| match part {
                    Operand::Literal(text) => OpText::from(text),
                    other => editor.text(Err((other, Shape::Text))),
                };
                OpText(parts.into_iter().map(part).flat_map(|text| text.0).collect())
            };
            let fields = location.fields.into_iter().map(|(field, parts)| (field, text(parts, editor))).collect();
            stored.kept = Some(Kept { store: location.store, fields });
        })
    }

    fn store(self, place: Place, change: impl FnOnce(&mut Editor<'_>, &mut Stored)) -> Self {
        let builder = self.builder();
        let source = builder.read(|graph| graph[self.id()].source.clone());
        let made = match source {
            Source::Output { node, index } => builder.edit_task(node, |editor| {
                let known = editor.options.stored.iter().position(|(at, _)| *at == index);
                let mut stored = known.map(|known| editor.options.stored.remove(known).1).unwrap_or_default();
                change(editor, &mut stored);
                editor.options.stored.push((index, stored));
            }),
            _ => None,
        };
        if made.is_none() {
            let message = "no task of this pipeline makes this file, so nobody here says how it is kept";
            let help = "say it on the output of the task: `train(table).model.set_archive(..)`";
            builder.report(Diagnostic::error(NOT_MADE, place, message).help(help));
        }
        self
    }
}
