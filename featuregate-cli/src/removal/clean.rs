//! Removes what a removal leaves without use, as long as the workspace compiles.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::compile::CompilerMessage;
use super::dead;
use super::files::read;
use super::remove::Removal;
use crate::code::tree::on_deep_stack;
use crate::error::Error;
use crate::simplify::edit::{Edit, apply, tidy};

/// How often what became dead is removed, which may make more dead.
const ROUNDS: usize = 12;

/// The warnings that cannot be followed: the lint and the message.
type Refused = BTreeSet<(Option<String>, String)>;

impl Removal<'_> {
    /// Removes what the compiler warns of now and did not warn of before, as long as the result compiles.
    pub(super) fn clean(&mut self) -> Result<(), Error> {
        let mut refused = Refused::new();
        for _ in 0..ROUNDS {
            let start = self.files.texts()?;
            let mut warnings: Option<Vec<CompilerMessage>> = None;
            for (features, before) in self.features.iter().zip(&self.before) {
                let messages = self.check(*features)?;
                let known = |message: &CompilerMessage| {
                    before.iter().any(|known| {
                        (&known.code, &known.message, &known.file)
                            == (&message.code, &message.message, &message.file)
                    })
                };
                let new: Vec<CompilerMessage> =
                    messages.into_iter().filter(|message| !known(message)).collect();
                warnings = Some(match warnings {
                    // What only some features warn of, others use.
                    Some(others) => others
                        .into_iter()
                        .filter(|message| {
                            new.iter()
                                .any(|new| new.spans == message.spans && new.code == message.code)
                        })
                        .collect(),
                    None => new,
                });
            }
            let warnings: Vec<CompilerMessage> = warnings
                .unwrap_or_default()
                .into_iter()
                .filter(|message| {
                    !refused.contains(&(message.code.clone(), message.message.clone()))
                })
                .filter(|message| !self.is_used_elsewhere(message))
                .collect();
            if !self.apply(&warnings)? {
                return Ok(());
            }
            if self.errors()?.is_empty() {
                continue;
            }
            self.files.restore(&start)?;
            if !self.in_parts(&warnings, &mut refused)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether code that is not compiled here has the name that nothing seems to use.
    fn is_used_elsewhere(&self, message: &CompilerMessage) -> bool {
        let code = message.code.as_deref().unwrap_or_default();
        if !["dead_code", "unused_imports", "unused_variables"].contains(&code) {
            return false;
        }
        let quoted = message.message.split('`').skip(1).step_by(2);
        quoted.filter_map(|path| path.rsplit("::").next()).any(|name| self.unbuilt.mentions(name))
    }

    /// Applies what is known about warnings to as many files as possible, half of them at a time; what does not compile in
    /// a file by itself is refused. Whether anything changed.
    fn in_parts(
        &mut self,
        warnings: &[CompilerMessage],
        refused: &mut Refused,
    ) -> Result<bool, Error> {
        let mut by_file: BTreeMap<&Path, Vec<CompilerMessage>> = BTreeMap::new();
        for message in warnings {
            by_file.entry(&message.file).or_default().push(message.clone());
        }
        let mut parts: Vec<Vec<Vec<CompilerMessage>>> = vec![by_file.into_values().collect()];
        let mut any = false;
        while let Some(mut files) = parts.pop() {
            let start = self.files.texts()?;
            let together: Vec<CompilerMessage> = files.iter().flatten().cloned().collect();
            if !self.apply(&together)? {
                continue;
            }
            if self.errors()?.is_empty() {
                any = true;
                continue;
            }
            self.files.restore(&start)?;
            if files.len() > 1 {
                let rest = files.split_off(files.len() / 2);
                parts.extend([rest, files]);
                continue;
            }
            for message in together {
                if self.apply(std::slice::from_ref(&message))? && self.errors()?.is_empty() {
                    // The locations of the others may have moved.
                    any = true;
                    break;
                }
                self.files.restore(&start)?;
                refused.insert((message.code, message.message));
            }
        }
        Ok(any)
    }

    /// Applies what is known about warnings; whether anything changed.
    fn apply(&mut self, warnings: &[CompilerMessage]) -> Result<bool, Error> {
        let mut by_file: BTreeMap<PathBuf, Vec<Edit>> = BTreeMap::new();
        for message in warnings {
            let Ok(text) = read(&message.file) else { continue };
            for (file, edits) in on_deep_stack(|| dead::edits(message, &text))? {
                by_file.entry(file).or_default().extend(edits);
            }
        }
        let mut any = false;
        for (file, mut edits) in by_file {
            if !file.starts_with(&self.files.copy.root) {
                continue;
            }
            let text = read(&file)?;
            edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
            edits.dedup();
            tidy(&mut edits);
            let after = apply(&text, &edits);
            if after != text {
                self.files.write_code(&file, &text, after)?;
                any = true;
            }
        }
        Ok(any)
    }
}
