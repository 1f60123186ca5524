//! What the macros registered: every component and pipeline of the program and of the crates that it uses.

use crate::diagnostic::{Diagnostic, Place};
use crate::dsl::{Builder, Component, PipelineFn, op};
use crate::graph::{Graph, Op};
use crate::runtime::{Failure, Invocation};
use kfp_grammar::Code;

/// A component that the program can run.
#[derive(Debug)]
pub struct ComponentRecord {
    /// Its name, as manifests have it.
    pub name: &'static str,
    /// Where it was declared.
    pub place: Place,
    /// Its inputs and outputs with their types as text; a change of it makes an older image refuse the manifest.
    pub signature: &'static str,
    /// What a task of it runs.
    pub op: fn() -> Op,
    /// Reads the inputs, calls the function, writes the outputs.
    pub run: fn(&mut Invocation) -> Result<(), Failure>,
}

/// A pipeline that can be compiled.
#[derive(Debug)]
pub struct PipelineRecord {
    /// Its name as the user wrote it.
    pub name: &'static str,
    /// Where it was declared.
    pub place: Place,
    /// The package that declares it.
    pub package: &'static str,
    /// Builds its graph.
    pub graph: fn() -> Graph,
}

inventory::collect!(ComponentRecord);
inventory::collect!(PipelineRecord);

/// All components, by name and place.
pub fn components() -> Vec<&'static ComponentRecord> {
    let mut all: Vec<_> = inventory::iter::<ComponentRecord>().collect();
    all.sort_by_key(|record| (record.name, record.place));
    all
}

/// All pipelines, by name and place.
pub fn pipelines() -> Vec<&'static PipelineRecord> {
    let mut all: Vec<_> = inventory::iter::<PipelineRecord>().collect();
    all.sort_by_key(|record| (record.name, record.place));
    all
}

impl PipelineRecord {
    /// The one of a pipeline.
    pub const fn of<P: PipelineFn>() -> Self {
        Self { name: P::NAME, place: P::PLACE, package: P::PACKAGE, graph: Builder::graph::<P> }
    }
}

impl ComponentRecord {
    /// The one of a component.
    pub const fn of<C: Component>() -> Self {
        Self {
            name: C::NAME,
            place: C::PLACE,
            signature: C::SIGNATURE,
            op: op::<C>,
            run: |call| C::run(C::NAMES, call),
        }
    }

    /// A short hash of the signature: FNV-1a, 32 bits, as eight hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        fingerprint(self.signature)
    }
}

/// A short hash of a signature: FNV-1a, 32 bits, as eight hexadecimal digits.
pub fn fingerprint(signature: &str) -> String {
    format!("{:08x}", kfp_grammar::name::fingerprint(signature))
}

/// Two components, or two pipelines of one package, share a name.
pub const CLASH: Code = Code(402);

/// The components of one name: one error for each but the first.
pub fn clashes(components: &[&ComponentRecord]) -> Vec<Diagnostic> {
    let named = |pair: &[&ComponentRecord]| pair[0].name == pair[1].name;
    let clashes = components.windows(2).filter(|pair| named(pair)).map(|pair| {
        let message = format!("component `{}` is declared twice", pair[1].name);
        Diagnostic::error(CLASH, pair[1].place, message)
            .related(pair[0].place, "the other one")
            .help("rename one with `#[component(name = \"..\")]`")
    });
    clashes.collect()
}
