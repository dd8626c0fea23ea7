//! A text of a flag, and the name of the flag in this command.

use core::marker::PhantomData;
use std::ffi::OsStr;

use clap::builder::{StringValueParser, TypedValueParser};
use clap::error::Error;
use clap::{Arg, ArgMatches, Command};

/// A text as it was given. `F` are the enums whose gates it sets, and `NAMES` says whether it lists only names.
pub(super) struct Given<F, const NAMES: bool> {
    pub(super) flag: String,
    pub(super) text: String,
    of: PhantomData<fn() -> F>,
}

impl<F, const NAMES: bool> Clone for Given<F, NAMES> {
    fn clone(&self) -> Self {
        Self { flag: self.flag.clone(), text: self.text.clone(), of: PhantomData }
    }
}

/// Accepts any text, and notes how the flag is called: a program may have renamed it.
pub(super) struct AnyText<F, const NAMES: bool>(pub(super) PhantomData<fn() -> F>);

impl<F, const NAMES: bool> Clone for AnyText<F, NAMES> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

impl<F: 'static, const NAMES: bool> TypedValueParser for AnyText<F, NAMES> {
    type Value = Given<F, NAMES>;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        text: &OsStr,
    ) -> Result<Self::Value, Error> {
        let text = StringValueParser::new().parse_ref(command, arg, text)?;
        let flag = arg.map(flag_of).unwrap_or_default();
        Ok(Given { flag, text, of: PhantomData })
    }
}

/// The flag with its dashes.
fn flag_of(arg: &Arg) -> String {
    match (arg.get_long(), arg.get_short()) {
        (Some(long), _) => format!("--{long}"),
        (None, Some(short)) => format!("-{short}"),
        (None, None) => arg.get_id().to_string(),
    }
}

/// The texts of a flag, each with its position among the arguments.
pub(super) fn given<F: 'static, const NAMES: bool>(
    matches: &ArgMatches,
    id: &str,
) -> Vec<(usize, Given<F, NAMES>)> {
    let positions = matches.indices_of(id).into_iter().flatten();
    positions.zip(matches.get_many(id).into_iter().flatten().cloned()).collect()
}
