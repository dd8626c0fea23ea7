//! `featuregate uses`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use featuregate_core::__private::nearest;
use serde::Serialize;

use crate::code::history;
use crate::code::names::{GateEnum, Names};
use crate::code::search;
use crate::code::usage::{EnumId, Kind, Use};
use crate::commands::output::{Console, Outcome};
use crate::commands::refusal;
use crate::error::{Error, counted};
use crate::io::escape::escape;
use crate::report::Format;
use crate::source::component::Component;
use crate::source::declared::Declared;
use crate::source::package::shown;
use crate::source::selection::{Code, Selected};

/// Shows where the code uses gates.
///
/// All packages of the workspace are searched, with their tests, documentation and configuration files. Imports, aliases,
/// modules and renamed crates are followed to the enum. What cannot be followed, such as a name that a macro makes, is
/// listed after the uses. A gate that is declared and used nowhere, and a name that was removed and is still used,
/// are listed as well.
///
/// `--format json` prints {"version": 1, "uses": [{"gate", "kind": "check|gates|require|match|cfg|path|value|override|macro|
/// doctest|documentation|text|configuration", "path", "line", "column", "function", "negated"}], "unresolved": [{"path", "line",
/// "reason"}], "unused": [{"gate", "path", "line", "owner", "last"}], "removed": [NAME]}. With --history, "last" is the
/// commit that removed the last use: {"commit", "date", "subject"}.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Uses {
    /// The gates; by default all.
    #[arg(value_name = "GATE")]
    gates: Vec<String>,
    #[command(flatten)]
    code: Code,
    /// For gates without a use: shows when the last one was removed, as git knows it.
    #[arg(long)]
    history: bool,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  Where a gate is checked:
    featuregate uses Cache
  The gates that can be removed from the code, with the commits that made them unused:
    featuregate uses --history";

#[derive(Serialize)]
struct Report<'r> {
    version: u32,
    uses: Vec<Used<'r>>,
    unresolved: Vec<NotFollowed<'r>>,
    unused: Vec<Unused<'r>>,
    removed: Vec<&'r str>,
}

#[derive(Serialize)]
struct Used<'r> {
    gate: &'r str,
    kind: Kind,
    path: String,
    line: u32,
    column: u32,
    function: Option<&'r str>,
    negated: bool,
}

#[derive(Serialize)]
struct NotFollowed<'r> {
    path: String,
    line: u32,
    reason: &'r str,
}

#[derive(Serialize)]
struct Unused<'r> {
    gate: &'r str,
    path: String,
    line: u32,
    owner: Option<String>,
    last: Option<history::Commit>,
}

impl Uses {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let selected = self.code.read_widely()?;
        if refusal::report(&selected, console)? {
            return Ok(Outcome::Errors);
        }
        let workspace = self.code.workspace()?;
        let names = Names::new(&workspace, declaring(&selected));
        let mut asked = Vec::new();
        for gate in &self.gates {
            asked.extend(known(&names, gate)?);
        }
        let found = search::all(&names)?;
        let wanted = |of: Option<EnumId>, gate: &str| {
            self.gates.is_empty()
                || asked.iter().any(|(index, own)| own == gate && of.is_none_or(|of| of == *index))
        };
        let uses = found.uses.iter().filter(|used| wanted(used.declaring, &used.gate));
        let uses: Vec<&Use> = uses.collect();
        let is_removed =
            |gate: &str| names.enums.values().any(|of| of.removed.iter().any(|own| own == gate));
        let mut removed: Vec<&str> =
            uses.iter().map(|used| used.gate.as_str()).filter(|gate| is_removed(gate)).collect();
        removed.sort_unstable();
        removed.dedup();
        let report = Report {
            version: 1,
            uses: uses.iter().map(|used| self::used(used)).collect(),
            unresolved: found
                .unresolved
                .iter()
                .map(|unresolved| NotFollowed {
                    path: shown(&unresolved.file),
                    line: unresolved.line,
                    reason: &unresolved.reason,
                })
                .collect(),
            unused: self.unused(&selected, &names, &found.uses, &wanted),
            removed,
        };
        if self.format == Format::Json {
            console.json(&report)?;
        } else {
            print(&report, console)?;
        }
        Ok(Outcome::Clean)
    }

    /// The gates that no code uses.
    fn unused<'s>(
        &self,
        selected: &'s [Selected],
        names: &Names<'_>,
        uses: &[Use],
        wanted: &impl Fn(Option<EnumId>, &str) -> bool,
    ) -> Vec<Unused<'s>> {
        let components = selected.iter().flat_map(|selected| &selected.source.components);
        // `declaring` has them in the same order.
        let enums = names.enums.ids().zip(components.flat_map(Component::enums));
        let gates = enums.flat_map(|(of, declaring)| {
            declaring.gates.values().map(move |declared| (of, declared))
        });
        let root = &names.workspace.root;
        let mut unused = Vec::new();
        for (of, declared) in gates {
            let variant = declared.variant.as_deref();
            let Some(variant) = variant.filter(|variant| wanted(Some(of), variant)) else {
                continue;
            };
            let is_own = |used: &&Use| {
                used.gate == variant && used.declaring.is_none_or(|declaring| declaring == of)
            };
            if uses.iter().filter(is_own).any(|used| used.kind.is_code()) {
                continue;
            }
            let file = PathBuf::from(&*declared.spot.path);
            let owner = declared.gate.spec.owner.clone();
            let owner = owner.or_else(|| history::code_owner(root, &file));
            let last = self.history.then(|| history::last_use(root, variant, &file)).flatten();
            unused.push(Unused {
                gate: variant,
                path: declared.spot.path.to_string(),
                line: declared.spot.location.line,
                owner,
                last,
            });
        }
        unused
    }
}

/// The enums of the selected source, as code names them.
pub(crate) fn declaring(selected: &[Selected]) -> Vec<GateEnum> {
    let components = selected.iter().flat_map(|selected| &selected.source.components);
    components
        .flat_map(|component| component.enums().map(move |of| (component, of)))
        .map(|(component, of)| {
            let variants = of.gates.values().filter_map(|declared| declared.variant.clone());
            let removed = of.gates.values().filter(|declared| declared.variant.is_none());
            let all = of.gates.values();
            GateEnum {
                name: of.name.clone(),
                file: absolute(&of.spot.path),
                line: of.spot.location.line,
                gates: variants.collect(),
                removed: removed.map(|declared| declared.gate.name().to_owned()).collect(),
                written: all.flat_map(|declared| written(component, declared)).collect(),
                variables: of.variables.clone(),
            }
        })
        .collect()
}

/// The file of a declaration, with its whole path.
pub(crate) fn absolute(path: &str) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path))
}

/// How configuration names a gate, by present and former names, each with the name that it has in code.
fn written(component: &Component, declared: &Declared) -> Vec<(String, String)> {
    let spec = &declared.gate.spec;
    let code = declared.variant.as_ref().unwrap_or(&spec.name);
    let mut written = Vec::new();
    for name in std::iter::once(&spec.name).chain(&spec.aliases) {
        written.push((name.clone(), code.clone()));
        let prefixed = component.name.as_ref().map(|component| format!("{component}:{name}"));
        written.extend(prefixed.map(|name| (name, code.clone())));
    }
    written
}

/// The gates that have a name, as configuration or code has it, each with its enum.
pub(crate) fn known(names: &Names<'_>, gate: &str) -> Result<Vec<(EnumId, String)>, Error> {
    let all = names.named(gate);
    if !all.is_empty() {
        return Ok(all);
    }
    let all = names.enums.values().flat_map(|declaring| declaring.written.keys());
    let near = nearest(gate, all.map(String::as_str));
    let help = crate::error::did_you_mean(near, "featuregate list shows the gates");
    Err(Error::new(format!("{gate} is not a gate of the package; {help}")))
}

fn used(used: &Use) -> Used<'_> {
    Used {
        gate: &used.gate,
        kind: used.kind,
        path: shown(&used.file),
        line: used.location.line,
        column: used.location.column,
        function: used.function.as_deref(),
        negated: used.negated,
    }
}

/// Prints the uses of each gate, and what is wrong with others.
fn print(report: &Report<'_>, console: &mut Console) -> Result<(), Error> {
    let mut by_gate: BTreeMap<&str, Vec<&Used<'_>>> = BTreeMap::new();
    for used in &report.uses {
        by_gate.entry(used.gate).or_default().push(used);
    }
    for (gate, uses) in &by_gate {
        let removed = if report.removed.contains(gate) { " (removed)" } else { "" };
        writeln!(console.out, "{gate}{removed}")?;
        for used in uses {
            let negated = if used.negated { ", negated" } else { "" };
            let within =
                used.function.map_or_else(String::new, |name| format!(" in {}", escape(name)));
            let (path, line, column) = (escape(&used.path), used.line, used.column);
            writeln!(console.out, "  {path}:{line}:{column}: {}{negated}{within}", used.kind)?;
        }
    }
    for unused in &report.unused {
        let owner = unused
            .owner
            .as_ref()
            .map_or_else(String::new, |owner| format!(", owner {}", escape(owner)));
        let (path, line) = (escape(&unused.path), unused.line);
        writeln!(console.out, "{path}:{line}: gate {} is used nowhere{owner}", unused.gate)?;
        if let Some(last) = &unused.last {
            let (commit, date, subject) = (&last.id, &last.date, escape(&last.subject));
            writeln!(console.out, "  its last use was removed by {commit} of {date}: {subject}")?;
        }
    }
    for unresolved in &report.unresolved {
        let (path, line, reason) =
            (escape(&unresolved.path), unresolved.line, escape(unresolved.reason));
        writeln!(console.out, "{path}:{line}: not followed: {reason}")?;
    }
    let uses = counted(report.uses.len(), "use");
    writeln!(console.out, "{uses} of {}", counted(by_gate.len(), "gate"))?;
    Ok(())
}
