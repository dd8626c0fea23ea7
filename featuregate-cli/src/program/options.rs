//! The options of a build: `windows`, `feature = "net"`.

use std::collections::BTreeSet;
use std::str::FromStr;

use featuregate_core::manifest::Gate;
use proc_macro2::TokenStream;

use crate::error::Error;
use crate::source::condition::Condition;

/// An option, as `rustc --cfg` takes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BuildOption(String);

impl FromStr for BuildOption {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match condition(text) {
            Some(Condition::Option(option)) if !option.is_empty() => Ok(Self(option)),
            _ => Err(Error::new(
                "not an option of a build; write one as for rustc, as in windows or feature=\"net\"",
            )),
        }
    }
}

/// All options of a build. What they do not have does not apply.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options(BTreeSet<String>);

impl FromIterator<BuildOption> for Options {
    fn from_iter<I: IntoIterator<Item = BuildOption>>(options: I) -> Self {
        Self(options.into_iter().map(|option| option.0).collect())
    }
}

impl Options {
    /// Whether nothing is known of the build.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A gate as it is in the build. A condition that cannot be read remains.
    pub(crate) fn applied_to(&self, mut gate: Gate) -> Gate {
        let is_set = |option: &str| Some(option == "true" || self.0.contains(option));
        for milestone in &mut gate.spec.milestones {
            if let Some(found) = milestone.condition.as_deref().and_then(condition) {
                milestone.condition = None;
                milestone.default = found.applies(&is_set) == Some(true);
            }
        }
        gate
    }
}

/// Reads `windows`, or the same in `cfg(…)`.
fn condition(text: &str) -> Option<Condition> {
    let text = text.trim();
    let inner = text.strip_prefix("cfg(").and_then(|text| text.strip_suffix(')'));
    inner.unwrap_or(text).parse::<TokenStream>().ok().map(Condition::read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use featuregate_core::{RawMilestone, RawSpec};

    #[test]
    fn an_option_is_written_as_for_rustc() {
        for (text, expected) in [
            ("windows", Some("windows")),
            ("feature=\"net\"", Some("feature = \"net\"")),
            ("cfg(target_os = \"linux\")", Some("target_os = \"linux\"")),
            ("any(unix, windows)", None),
            ("not(unix)", None),
            ("", None),
            ("a\"", None),
        ] {
            let option = text.parse::<BuildOption>().ok();
            assert_eq!(option.as_ref().map(|option| option.0.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn the_options_of_a_build_decide_what_its_conditions_are() {
        let built = |options: &[&str], condition: &str| {
            let options: Options = options.iter().map(|option| option.parse().unwrap()).collect();
            let beta = RawMilestone::beta("1.1").with_condition(condition);
            let gate = options.applied_to(Gate::new(RawSpec::new("A").milestone(beta)));
            let milestone = gate.spec.milestones.into_iter().next().unwrap();
            (milestone.default, milestone.condition.is_none())
        };
        for (options, condition, expected) in [
            (&["windows"][..], "cfg(windows)", true),
            (&["unix"], "cfg(windows)", false),
            (&["unix"], "cfg(not(windows))", true),
            (&["unix", "feature=\"a\""], "cfg(all(unix, feature = \"a\"))", true),
            (&["unix"], "cfg(all(unix, feature = \"a\"))", false),
            (&["unix"], "cfg(any(windows, unix))", true),
            (&["unix"], "cfg(all())", true),
            (&["unix"], "cfg(any())", false),
            (&["unix"], "cfg(true)", true),
            (&["unix"], "cfg(false)", false),
        ] {
            assert_eq!(built(options, condition), (expected, true), "{options:?} {condition}");
        }
        assert_eq!(built(&["unix"], "cfg(\")"), (false, false));
    }
}
