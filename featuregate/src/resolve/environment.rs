//! The environment variables that set gates.

use alloc::string::String;
use alloc::vec::Vec;
use featuregate_core::{Item, Source, parse};

use crate::resolve::enums::{Enums, variables};
#[cfg(feature = "std")]
use crate::resolve::gate_variables::gate_variables;

/// Where the environment comes from, and what is read of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Environment {
    pub(crate) texts: Texts,
    /// Those that no enum names.
    pub(crate) variables: Vec<Variable>,
}

/// The source of the texts.
#[derive(Clone, Debug, Default)]
pub(crate) enum Texts {
    /// The environment of the process, for each variable that is named.
    #[default]
    Process,
    /// The text of the first variable of the enums.
    Text(String),
    Ignored,
}

/// An environment variable that no enum names.
#[derive(Clone, Debug)]
pub(crate) enum Variable {
    ToRead(Source),
    Read(Vec<Item>),
}

impl Environment {
    pub(crate) fn items<F: Enums>(self) -> Vec<Item> {
        let mut named = variables::<F>();
        if named.is_empty() && matches!(self.texts, Texts::Text(_)) {
            // A text is used even if no enum names a variable for it.
            named.push("the environment");
        }
        let mut items = Vec::new();
        for (index, variable) in named.into_iter().enumerate() {
            let text = match &self.texts {
                Texts::Process => process_env(variable),
                Texts::Text(text) if index == 0 => Some(text.clone()),
                Texts::Text(_) | Texts::Ignored => None,
            };
            if let Some(text) = text {
                items.extend(parse(&text, &Source::env(variable)));
            }
        }
        let is_read = matches!(self.texts, Texts::Process);
        // A constant, so that programs without such variables do not have the code for them.
        #[cfg(feature = "std")]
        if is_read && F::HAS_GATE_VARIABLES {
            items.extend(gate_variables::<F>(&self.named::<F>()));
        }
        for variable in self.variables {
            match variable {
                Variable::Read(read) => items.extend(read),
                Variable::ToRead(source) => {
                    if is_read && let Some(text) = source.name().and_then(process_env) {
                        items.extend(parse(&text, &source));
                    }
                }
            }
        }
        items
    }

    /// The variables that are not those of single gates.
    #[cfg(feature = "std")]
    fn named<F: Enums>(&self) -> Vec<&str> {
        let others = self.variables.iter().filter_map(|variable| match variable {
            Variable::ToRead(source) => source.name(),
            Variable::Read(_) => None,
        });
        variables::<F>().into_iter().chain(others).collect()
    }
}

/// The variable's text. What is not Unicode in it is replaced, and is then not a valid name or value.
#[cfg(feature = "std")]
fn process_env(variable: &str) -> Option<String> {
    std::env::var_os(variable).map(|text| text.to_string_lossy().into_owned())
}

#[cfg(not(feature = "std"))]
fn process_env(_variable: &str) -> Option<String> {
    None
}
