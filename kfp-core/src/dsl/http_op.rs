//! `HttpOp`: a request that Argo sends itself, without a pod.

use super::bind::bind;
use super::container::add_op;
use super::{
    Addable, Builder, Fixed, Handle, IntoRetry, IntoText, Operation, Param, Plain, Returned, Scope, Target, Task,
};
use crate::diagnostic::Place;
use crate::graph::{Header, Http, Input, Op, OpBody, OpText, Operand, Options, Output, OutputKind};
use std::marker::PhantomData;

/// A request that Argo sends itself, without a pod: to call a service, or to ask one how far it is. Argo's `http`.
///
/// Directly in a pipeline's body, it is a task that is added at once. Its output is the body of the answer, a text, or what
/// [`json`](Task::json) says. It has succeeded if the status is from 200 to 299, or if the
/// [`success_expression`](Task::success_expression) holds.
///
/// The cluster needs what Argo's agent needs: a service account that may read and change `workflowtasksets`. Values of the
/// pipeline are taken in every text.
#[derive(Clone, Debug)]
pub struct HttpOp<'s> {
    method: &'static str,
    url: super::BoundText,
    scope: PhantomData<&'s ()>,
}

macro_rules! methods {
    ($($(#[$doc:meta])* $name:ident => $method:literal;)*) => {
        impl<'s> HttpOp<'s> {$(
            $(#[$doc])*
            pub fn $name(url: impl IntoText<'s>) -> Self {
                Self { method: $method, url: url.into_text(), scope: PhantomData }
            }
        )*}
    };
}

methods! {
    /// Reads what is at this address.
    get => "GET";
    /// Sends something to this address.
    post => "POST";
    /// Puts something at this address.
    put => "PUT";
    /// Changes what is at this address.
    patch => "PATCH";
    /// Deletes what is at this address.
    delete => "DELETE";
    /// Asks for the headers alone.
    head => "HEAD";
}

/// The operation of an [`HttpOp`], whose answer is a `T`.
pub struct Request<T = String>(PhantomData<fn() -> T>);

impl<T: Param> Operation for Request<T> {
    type Outputs<'s> = <Plain<T> as Returned>::Fields<'s>;
    type Returned = Plain<T>;

    fn target(_: &Builder) -> Target {
        unreachable!("each is an operation of its own")
    }

    fn outputs(node: Handle<'_>) -> Self::Outputs<'_> {
        <Plain<T> as Returned>::fields(node, 0)
    }
}

impl<'s, 'a: 's> Addable<'s> for HttpOp<'a> {
    type Task = Task<'s, Request>;

    fn add(self, scope: &'s Scope<'_>, place: Place) -> Self::Task {
        let mut extra = Vec::new();
        let http = Http {
            method: self.method,
            url: bind(&mut extra, self.url),
            headers: Vec::new(),
            body: None,
            timeout_seconds: None,
            success_condition: None,
            insecure_skip_verify: false,
        };
        let op = Op {
            name: format!("http-{}", self.method.to_lowercase()),
            description: None,
            place,
            inputs: Vec::new(),
            outputs: answer::<String>(),
            body: OpBody::Http(http),
            options: Options::default(),
        };
        Task::new(add_op(scope, op, extra, place))
    }
}

fn answer<T: Param>() -> Vec<Output> {
    let output = |field: super::OutputField| Output {
        name: field.name.to_owned(),
        kind: OutputKind::Answer { shape: field.shape },
    };
    Plain::<T>::declare().into_iter().map(output).collect()
}

impl<'s> Task<'s, Request> {
    /// The answer is JSON: a number, a list, a struct that derives [`Outputs`](super::Outputs).
    pub fn json<T: Param>(self) -> Task<'s, Request<T>> {
        Task::new(self.edit_op(|op, _| op.outputs = answer::<T>()).handle())
    }
}

impl<'s, T: Param> Task<'s, Request<T>> {
    fn edit_http(self, change: impl FnOnce(&mut Http, &mut Vec<(Input, Operand)>)) -> Self {
        self.edit_op(|op, extra| {
            if let OpBody::Http(http) = &mut op.body {
                change(http, extra);
            }
        })
    }

    /// The name of the task, in place of `http-get` and the like.
    pub fn set_name(self, name: impl Fixed<String>) -> Self {
        let name = name.fixed();
        self.edit_op(|op, _| op.name.clone_from(&name)).edit(|node| node.name = name)
    }

    /// Sends a header along: `("Content-Type", "application/json")`.
    pub fn header(self, name: impl IntoText<'s>, value: impl IntoText<'s>) -> Self {
        let (name, value) = (name.into_text(), value.into_text());
        self.edit_http(|http, extra| {
            let header = Header { name: bind(extra, name), value: bind(extra, value), secret: None };
            http.headers.push(header);
        })
    }

    /// Sends a header whose value is a key of a secret: `("Authorization", "hub", "token")`.
    pub fn header_from_secret(
        self,
        name: impl IntoText<'s>,
        secret: impl IntoText<'s>,
        key: impl IntoText<'s>,
    ) -> Self {
        let (name, secret, key) = (name.into_text(), secret.into_text(), key.into_text());
        self.edit_http(|http, extra| {
            let (name, secret, key) = (bind(extra, name), bind(extra, secret), bind(extra, key));
            http.headers.push(Header { name, value: OpText::default(), secret: Some((secret, key)) });
        })
    }

    /// Sends this text: `format!("{\"score\": {}}", ..)`, or a value that is JSON as it is.
    pub fn body(self, body: impl IntoText<'s>) -> Self {
        let body = body.into_text();
        self.edit_http(|http, extra| http.body = Some(bind(extra, body)))
    }

    /// Seconds after which it has failed; 30 if not said.
    pub fn timeout_seconds(self, seconds: impl Fixed<u32>) -> Self {
        let seconds = seconds.fixed();
        self.edit_http(|http, _| http.timeout_seconds = Some(seconds))
    }

    /// When it has succeeded: an expression that knows `response.statusCode`, `response.body`, `response.headers` and
    /// `request`: `response.statusCode == 404`. Argo's `successCondition`.
    pub fn success_expression(self, condition: impl IntoText<'s>) -> Self {
        let condition = condition.into_text();
        self.edit_http(|http, extra| http.success_condition = Some(bind(extra, condition)))
    }

    /// Whether a certificate that nobody vouches for will do.
    pub fn insecure_skip_verify(self, skip: impl Fixed<bool>) -> Self {
        let skip = skip.fixed();
        self.edit_http(|http, _| http.insecure_skip_verify = skip)
    }

    /// Sends it again if it fails: a number, or a [`Retry`](super::Retry) with policy and backoff.
    pub fn set_retry(self, retry: impl IntoRetry<'s>) -> Self {
        let retry = retry.into_retry().0;
        self.edit_op(|op, extra| {
            op.options.retry = Some(retry.bind(|value| super::bind::input(&[], extra, value)));
        })
    }
}
