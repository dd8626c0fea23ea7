//! What there is to say about a change, in parts: a [`Problem`](problems::Problem) where it is refused, a
//! [`Notice`](notice::Notice) where it is accepted. Each has a [`Code`](code::Code), the gate, the item that it is
//! about, a message, a help text, and the suggested change as data.

pub(crate) mod cause;
pub(crate) mod code;
pub(crate) mod fix;
pub(crate) mod notice;
pub(crate) mod problems;
mod subject;
