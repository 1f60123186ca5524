//! `for`.

use super::branch::TaskEnd;
use super::input::{list, literal};
use super::value::shape;
use super::{
    BranchEnd, Builder, GivenOutputs, Group, Handle, IntoCount, Nothing, Operation, Outputs, Param, Plain, Scope, Sole,
    Task, Value,
};
use crate::diagnostic::Place;
use crate::graph::{self, NodeKind, Operand, Source};
use std::marker::PhantomData;

/// What a pipeline's `for` loops over.
#[diagnostic::on_unimplemented(
    message = "[KFP116] a pipeline `for` cannot loop over a `{Self}`",
    label = "needs a list of constants, or a parameter or task output that is a `Vec`",
    note = "to repeat while the pipeline is built, write `#[host] for`"
)]
pub trait Items<'s> {
    /// The type of an item.
    type Item: Param;

    /// The list.
    #[doc(hidden)]
    fn into_items(self, builder: &Builder) -> Operand;

    /// Opens a `for` over it.
    #[doc(hidden)]
    fn each(self, scope: &'s Scope<'_>, parallelism: Option<u32>, place: Place) -> Loop<'s, Self::Item>
    where
        Self: Sized,
    {
        Loop::new(scope, self, parallelism, place)
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param> Items<'s> for Value<'a, Vec<T>> {
    type Item = T;

    fn into_items(self, _: &Builder) -> Operand {
        self.operand()
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param, C: Operation> Items<'s> for Task<'a, C>
where
    C::Returned: Sole<Output = Vec<T>>,
{
    type Item = T;

    fn into_items(self, _: &Builder) -> Operand {
        self.sole().operand()
    }
}

#[diagnostic::do_not_recommend]
impl<'s, X: Element<'s>, const N: usize> Items<'s> for [X; N] {
    type Item = X::Item;

    fn into_items(self, builder: &Builder) -> Operand {
        list::<X::Item>(self.into_iter().map(|element| element.into_element(builder)))
    }
}

#[diagnostic::do_not_recommend]
impl<'s, X: Element<'s>> Items<'s> for Vec<X> {
    type Item = X::Item;

    fn into_items(self, builder: &Builder) -> Operand {
        list::<X::Item>(self.into_iter().map(|element| element.into_element(builder)))
    }
}

/// One type of number only, so that the constants of `0..3` are inferred.
#[diagnostic::do_not_recommend]
impl Items<'_> for std::ops::Range<i64> {
    type Item = i64;

    fn into_items(self, _: &Builder) -> Operand {
        list::<i64>(self.map(|item| literal(&item)))
    }
}

/// `a..b` in the head of a `for`, with values of the pipeline in it.
#[derive(Debug)]
pub struct Range<'s> {
    ends: [Result<serde_json::Value, (Operand, graph::Shape)>; 2],
    scope: PhantomData<&'s ()>,
}

/// The whole numbers from `start` to before `end`.
pub fn range<'s>(start: impl IntoCount<'s>, end: impl IntoCount<'s>) -> Range<'s> {
    Range { ends: [start.into_count(), end.into_count()], scope: PhantomData }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's> Items<'s> for Range<'a> {
    type Item = i64;

    fn into_items(self, builder: &Builder) -> Operand {
        let [start, end] = &self.ends;
        if let (Ok(start), Ok(end)) = (start, end)
            && let (Some(start), Some(end)) = (start.as_i64(), end.as_i64())
        {
            return (start..end).into_items(builder);
        }
        let ends = self.ends.map(|end| match end {
            Ok(number) => Operand::Literal(number.to_string()),
            Err((operand, _)) => operand,
        });
        Operand::Value(builder.value(Source::Range(Box::new(ends)), graph::Shape::Json))
    }
}

/// An element of a list that is written in the pipeline.
#[diagnostic::on_unimplemented(
    message = "[KFP117] a list in a pipeline cannot hold a `{Self}`",
    label = "needs a constant that `serde` writes and reads, or a value"
)]
pub trait Element<'s> {
    /// Its type.
    type Item: Param;

    /// It.
    #[doc(hidden)]
    fn into_element(self, builder: &Builder) -> Operand;
}

#[diagnostic::do_not_recommend]
impl<T: Param> Element<'_> for T {
    type Item = T;

    fn into_element(self, _: &Builder) -> Operand {
        literal(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param> Element<'s> for Value<'a, T> {
    type Item = T;

    fn into_element(self, _: &Builder) -> Operand {
        self.operand()
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param, C: Operation> Element<'s> for Task<'a, C>
where
    C::Returned: Sole<Output = T>,
{
    type Item = T;

    fn into_element(self, _: &Builder) -> Operand {
        self.sole().operand()
    }
}

/// A struct that is written in the list with values in its fields.
#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param + Outputs> Element<'s> for GivenOutputs<'a, T> {
    type Item = T;

    fn into_element(self, builder: &Builder) -> Operand {
        self.into_json(builder)
    }
}

/// A `for` while its body is being built.
#[derive(Debug)]
pub struct Loop<'s, T> {
    handle: Handle<'s>,
    body: graph::BlockId,
    shape: graph::Shape,
    item: PhantomData<fn() -> T>,
}

impl<'s, T: Param> Loop<'s, T> {
    pub(super) fn new(
        scope: &'s Scope<'_>,
        items: impl Items<'s, Item = T>,
        parallelism: Option<u32>,
        place: Place,
    ) -> Self {
        let builder = scope.builder();
        let body = builder.block(scope.block());
        let kind = NodeKind::Loop(graph::Loop {
            fail_fast: false,
            items: items.into_items(builder),
            item: shape::<T>(),
            parallelism,
            body,
            collects: None,
        });
        let node = builder.node(scope.block(), String::new(), place, kind);
        Self { handle: Handle { builder, node }, body, shape: shape::<T>(), item: PhantomData }
    }
}

// Without a bound on the item: where that is wrong, it is said of the items.
impl<'s, T> Loop<'s, T> {
    /// The body.
    pub fn body(&self) -> Scope<'s> {
        Scope::new(self.handle.builder, self.body)
    }

    /// The item, in the body.
    pub fn item<'b>(&self, body: &'b Scope<'_>) -> Value<'b, T> {
        Value::new(body.builder(), Source::Item(self.handle.node), self.shape.clone())
    }

    /// Names it.
    pub fn named(&self, name: &str) {
        self.handle.named(name);
    }

    /// No round starts once one has failed.
    pub fn fail_fast(&self) {
        self.handle.builder.edit(|graph| {
            if let NodeKind::Loop(each) = &mut graph[self.handle.node].kind {
                each.fail_fast = true;
            }
        });
    }

    /// Ends it without a value.
    pub fn group(self) -> Group<'s> {
        Group(self.handle)
    }

    fn collect<E: Collect>(self, end: E) -> E::Collected<'s> {
        let collects = end.end().map(|(operand, shape)| (shape, operand));
        self.handle.builder.edit(|graph| {
            if let NodeKind::Loop(each) = &mut graph[self.handle.node].kind {
                each.collects = collects;
            }
        });
        E::collected(self.handle)
    }
}

/// What a loop gives whose body ends in this: a list of its values, or a group.
#[diagnostic::on_unimplemented(
    message = "[KFP118] a loop cannot collect `{Self}`",
    label = "only what travels by value can be collected: end the body in a value, or in `;`",
    note = "an artifact has no list: write it to a place of its own in each round, and collect the places"
)]
pub trait Collect: BranchEnd {
    /// What the loop gives.
    type Collected<'s>;

    /// It.
    #[doc(hidden)]
    fn collected(handle: Handle<'_>) -> Self::Collected<'_>;

    /// Ends a loop with the value of one round: all rounds make a `Vec`.
    #[doc(hidden)]
    fn collect<T>(self, each: Loop<'_, T>) -> Self::Collected<'_>
    where
        Self: Sized,
    {
        each.collect(self)
    }
}

macro_rules! collect {
    ($($type:ty),* => $item:ty) => {$(
        #[diagnostic::do_not_recommend]
        impl Collect for $type {
            type Collected<'s> = Value<'s, Vec<$item>>;

            fn collected(handle: Handle<'_>) -> Value<'_, Vec<$item>> {
                handle.parameter(0)
            }
        }
    )*};
}

collect!(&str, String => String);
collect!(bool => bool);
collect!(i64 => i64);
collect!(f64 => f64);

macro_rules! group {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Collect for $type {
            type Collected<'s> = Group<'s>;

            fn collected(handle: Handle<'_>) -> Group<'_> {
                Group(handle)
            }
        }
    )*};
}

group!((), Group<'_>);

#[diagnostic::do_not_recommend]
impl<T: Param> Collect for Value<'_, T> {
    type Collected<'s> = Value<'s, Vec<T>>;

    fn collected(handle: Handle<'_>) -> Value<'_, Vec<T>> {
        handle.parameter(0)
    }
}

/// How a task ends a loop's body: by its only output, or without a value if it has none.
#[diagnostic::on_unimplemented(
    message = "[KFP118] a loop cannot collect the outputs of this task as a whole",
    label = "name one output that travels by value: `task.NAME`"
)]
pub trait CollectTask: TaskEnd {
    /// What the loop gives.
    type Collected<'s>;

    /// It.
    #[doc(hidden)]
    fn collected(handle: Handle<'_>) -> Self::Collected<'_>;
}

#[diagnostic::do_not_recommend]
impl CollectTask for Nothing {
    type Collected<'s> = Group<'s>;

    fn collected(handle: Handle<'_>) -> Group<'_> {
        Group(handle)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> CollectTask for Plain<T> {
    type Collected<'s> = Value<'s, Vec<T>>;

    fn collected(handle: Handle<'_>) -> Value<'_, Vec<T>> {
        handle.parameter(0)
    }
}

impl<C: Operation> Collect for Task<'_, C>
where
    C::Returned: CollectTask,
{
    type Collected<'s> = <C::Returned as CollectTask>::Collected<'s>;

    fn collected(handle: Handle<'_>) -> Self::Collected<'_> {
        <C::Returned as CollectTask>::collected(handle)
    }
}
