//! Keyword arguments: what a component, a pipeline or a struct of outputs takes by name.
//!
//! ```text
//! { let names = <draw as Keywords>::NAMES;
//!   names.high.takes(names.low.takes(ArgList::of::<draw>(), 3), 4).call() }
//! ```
//!
//! Each keyword is a field, so that rustc says of an unknown one which there are. Whether one is missing is asked while
//! the call is compiled: its number is a constant, and for that there is an implementation of [`MayLack`] with the words.

use super::{ArgList, GivenOutputs, IntoField, IntoFile, IntoImported, IntoInput, ParamType};
use crate::artifact::{self, Artifact};
use crate::graph::{self, InputKind, Placed, Shape};
use crate::runtime::{Failure, Invocation};
use std::marker::PhantomData;

/// What takes arguments by keyword: a component, a pipeline, a struct of outputs.
#[diagnostic::on_unimplemented(
    message = "[KFP109] the fields of `{Self}` are not known to pipelines",
    label = "derive `Outputs` for it"
)]
pub trait Keywords {
    /// A struct with a [`Keyword`] for each.
    type Names;
    /// It.
    const NAMES: Self::Names;
    /// All of them, in order.
    const LIST: KeywordList;

    /// The inputs, as the graph has them.
    fn inputs() -> Vec<graph::Input> {
        Self::LIST.iter().map(|spec| spec.input()).collect()
    }
}

/// What is declared of each keyword.
pub type KeywordList = &'static [&'static KeywordSpec];

/// A keyword, and what it takes.
#[derive(Clone, Copy, Debug)]
pub struct Keyword<K> {
    /// What is declared.
    pub spec: KeywordSpec,
    kind: K,
}

/// What is declared of a keyword.
#[derive(Clone, Copy, Debug)]
pub struct KeywordSpec {
    name: &'static str,
    /// Its place in the list of arguments.
    pub index: usize,
    may_be_left_out: bool,
    travels: Travels,
    default: Option<fn() -> String>,
    description: Option<&'static str>,
    placed: Option<Placed>,
    name_elsewhere: Option<&'static str>,
}

#[derive(Clone, Copy, Debug)]
enum Travels {
    ByValue {
        shape: fn() -> Shape,
        choices: fn() -> &'static [&'static str],
    },
    AsFile(&'static str),
    /// Somebody else declares that.
    Elsewhere,
}

impl KeywordSpec {
    const fn new(index: usize, name: &'static str, travels: Travels) -> Self {
        let (default, description, placed, name_elsewhere) = (None, None, None, None);
        Self { name, index, may_be_left_out: false, travels, default, description, placed, name_elsewhere }
    }

    fn input(&self) -> graph::Input {
        let (kind, choices) = match self.travels {
            Travels::ByValue { shape, choices } => {
                let default = self.default.map(|default| default());
                (InputKind::Parameter { shape: shape(), default }, choices())
            }
            Travels::AsFile(kind) => (InputKind::Artifact(kind), [].as_slice()),
            Travels::Elsewhere => unreachable!("inputs of an imported component are those of its file"),
        };
        graph::Input {
            name: self.name_elsewhere.unwrap_or(self.name).to_owned(),
            kind,
            description: self.description.map(str::to_owned),
            choices: choices.iter().map(|&choice| choice.to_owned()).collect(),
        }
    }

    /// How its file is placed.
    pub(super) fn placed(&self) -> Option<Placed> {
        self.placed
    }
}

impl<K: Copy> Keyword<K> {
    const fn new(index: usize, name: &'static str, travels: Travels, kind: K) -> Self {
        Self { spec: KeywordSpec::new(index, name, travels), kind }
    }

    /// It may be left out.
    pub const fn or_nothing(mut self) -> Self {
        self.spec.may_be_left_out = true;
        self
    }

    /// Describes it.
    pub const fn described(mut self, description: &'static str) -> Self {
        self.spec.description = Some(description);
        self
    }

    /// How its file is placed.
    pub const fn placed(mut self, mode: Option<u16>, recurse_mode: bool, optional: bool) -> Self {
        self.spec.placed = Some(Placed { mode, recurse_mode, optional });
        self
    }

    /// It is called otherwise in the template.
    pub const fn renamed(mut self, name: &'static str) -> Self {
        self.spec.name_elsewhere = Some(name);
        self
    }
}

impl<T> ParamType<T> {
    /// An input of this type, which travels by value.
    pub const fn named(self, index: usize, name: &'static str) -> Keyword<Self> {
        Keyword::new(index, name, Travels::ByValue { shape: self.shape, choices: self.choices }, self)
    }

    /// One that may be left out, and is this then.
    pub const fn or(self, index: usize, name: &'static str, default: fn() -> String) -> Keyword<Self> {
        let mut keyword = self.named(index, name).or_nothing();
        keyword.spec.default = Some(default);
        keyword
    }
}

impl<T> Keyword<ParamType<T>> {
    /// Passes a value.
    pub fn takes<'s>(&self, given: ArgList<'s>, value: impl IntoInput<'s, T>) -> ArgList<'s> {
        given.with(self.spec.index, value.argument())
    }

    /// Reads it inside the container.
    pub fn of(&self, invocation: &mut Invocation) -> Result<T, Failure> {
        (self.kind.read)(invocation, self.spec.name)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident<$type:ident $(, const $kind:ident: u8)?>)*) => {$(
        $(#[$doc])*
        pub struct $name<$type $(, const $kind: u8)?>(PhantomData<fn() -> $type>);

        impl<$type $(, const $kind: u8)?> Clone for $name<$type $(, $kind)?> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$type $(, const $kind: u8)?> Copy for $name<$type $(, $kind)?> {}
    )*};
}

kinds! {
    /// The kind of an `Input<A>`.
    FileType<A>
    /// The kind of an input of an imported component.
    ImportedType<T>
    /// The kind of a field of a struct of outputs; the number is that of `ARTIFACT` of [`Probe`](super::Probe).
    FieldType<T, const KIND: u8>
}

impl<A: Artifact> FileType<A> {
    /// An input that is a file of this type.
    pub const fn named(index: usize, name: &'static str) -> Keyword<Self> {
        Keyword::new(index, name, Travels::AsFile(A::TYPE), Self(PhantomData))
    }
}

impl<A> Keyword<FileType<A>> {
    /// Passes a file.
    pub fn takes<'s>(&self, given: ArgList<'s>, value: impl IntoFile<'s, A>) -> ArgList<'s> {
        given.with(self.spec.index, value.argument())
    }

    /// Finds it inside the container.
    pub fn of(&self, invocation: &mut Invocation) -> Result<artifact::Input<A>, Failure> {
        match self.spec.placed {
            Some(Placed { optional: true, .. }) => invocation.optional_input(self.spec.name),
            _ => invocation.input(self.spec.name),
        }
    }
}

impl<T> ImportedType<T> {
    /// An input of an imported component.
    pub const fn named(index: usize, name: &'static str) -> Keyword<Self> {
        Keyword::new(index, name, Travels::Elsewhere, Self(PhantomData))
    }
}

impl<T> Keyword<ImportedType<T>> {
    /// Passes a value.
    pub fn takes<'s>(&self, given: ArgList<'s>, value: impl IntoImported<'s, T>) -> ArgList<'s> {
        given.with(self.spec.index, value.argument())
    }
}

impl<T, const KIND: u8> FieldType<T, KIND> {
    /// A field of a struct of outputs.
    pub const fn named(index: usize, name: &'static str) -> Keyword<Self> {
        Keyword::new(index, name, Travels::Elsewhere, Self(PhantomData))
    }
}

impl<F, const KIND: u8> Keyword<FieldType<F, KIND>> {
    /// Sets it.
    pub fn takes<'s, T>(&self, given: GivenOutputs<'s, T>, value: impl IntoField<'s, F, KIND>) -> GivenOutputs<'s, T> {
        given.with(self.spec.index, value)
    }
}

/// That a call may go without this input: asked of what is missing in it, and of [`NOTHING`] where all is given. For an
/// input that has to be given, a macro implements it with a bound that [`NotGiven`] does not meet, and that says so.
pub trait MayLack<const INPUT: usize, State> {
    /// Asks.
    fn ask() {}
}

/// What stands for an input that is not given.
pub struct NotGiven;

/// What stands for one that is.
pub struct Given;

/// The number of no input.
pub const NOTHING: usize = usize::MAX;

#[diagnostic::do_not_recommend]
impl<C> MayLack<NOTHING, NotGiven> for C {}

/// The first input that is missing in a call with these, after so many others.
pub const fn missing(list: &[&KeywordSpec], given: &[usize], mut skipped: usize) -> usize {
    let mut at = 0;
    while at < list.len() {
        let spec = list[at];
        if !spec.may_be_left_out && !contains(given, spec.index) {
            if skipped == 0 {
                return spec.index;
            }
            skipped -= 1;
        }
        at += 1;
    }
    NOTHING
}

const fn contains(list: &[usize], wanted: usize) -> bool {
    let mut at = 0;
    while at < list.len() {
        if list[at] == wanted {
            return true;
        }
        at += 1;
    }
    false
}
