//! Conditions over values.

use super::{Operand, Shape, ValueId};

/// What `if` asks.
#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    /// Two texts of one shape, compared as that shape says.
    Compare {
        /// The left side.
        left: Operand,
        /// How.
        comparison: Comparison,
        /// The right side.
        right: Operand,
        /// The shape of both.
        shape: Shape,
    },
    /// A boolean value.
    Holds(ValueId),
    /// `!`
    Not(Box<Condition>),
    /// `&&`
    And(Box<Condition>, Box<Condition>),
    /// `||`
    Or(Box<Condition>, Box<Condition>),
}

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Comparison {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Comparison {
    /// The operator, in Rust and in Argo alike.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }
}
