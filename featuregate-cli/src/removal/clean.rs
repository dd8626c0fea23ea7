//! Removes what a removal leaves without use, as long as the workspace compiles.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::compile::{CompilerMessage, Levels};
use super::dead;
use super::files::read;
use super::journal::Change;
use super::remove::Removal;
use crate::code::tree::on_deep_stack;
use crate::error::Error;
use crate::simplify::edit::{Edit, apply, tidy};

/// How often what became dead is removed, which may make more dead.
const ROUNDS: usize = 12;

/// What a warning is about, wherever in the file it is: the file, the lint and the message.
type Key = (PathBuf, Option<String>, String);

/// The warnings that cannot be followed.
type Refused = BTreeSet<Key>;

fn key(message: &CompilerMessage) -> Key {
    (message.file.clone(), message.code.clone(), message.message.clone())
}

/// Whether the compiler did not say the same before.
fn is_new(message: &CompilerMessage, before: &[CompilerMessage]) -> bool {
    !before.iter().any(|known| key(known) == key(message))
}

impl Removal<'_> {
    /// Removes what the compiler warns of now and did not warn of before, and modules that became empty, as long as the result
    /// compiles; the warnings that are left.
    pub(super) fn clean(&mut self) -> Result<Vec<CompilerMessage>, Error> {
        let warnings = self.follow_warnings()?;
        while self.remove_empty_modules()? {}
        let mut left = Vec::new();
        for message in warnings {
            // These blocks are meant. A message may be about a file outside of the workspace.
            let is_meant = match read(&message.file) {
                Ok(text) => on_deep_stack(|| dead::is_in_time(&message, &text))?,
                Err(_) => false,
            };
            if !is_meant {
                left.push(message);
            }
        }
        Ok(left)
    }

    /// Removes the modules that became empty, if the result compiles. Whether there were some.
    fn remove_empty_modules(&mut self) -> Result<bool, Error> {
        let start = self.files.texts()?;
        let mut any = false;
        for Change { path, before, after } in self.files.changes()? {
            let edits = on_deep_stack(|| dead::emptied(&before, &after))?;
            if !edits.is_empty() {
                any = true;
                let path = self.files.copy.there(&path);
                self.files.write_code(&path, &before, apply(&after, &edits))?;
            }
        }
        if any && !self.errors()?.is_empty() {
            self.files.restore(&start)?;
            return Ok(false);
        }
        Ok(any)
    }

    fn follow_warnings(&mut self) -> Result<Vec<CompilerMessage>, Error> {
        let mut refused = Refused::new();
        // What is not compiled here may have lost names.
        let Self { unbuilt, files, .. } = self;
        on_deep_stack(|| unbuilt.again(&files.copy.root))?;
        for _ in 0..ROUNDS {
            let start = self.files.texts()?;
            let new = self.new_warnings()?;
            let is_known = |message: &&CompilerMessage| {
                !refused.contains(&key(message)) && !self.is_used_elsewhere(message)
            };
            let followed: Vec<CompilerMessage> = new.iter().filter(is_known).cloned().collect();
            if !self.apply(&followed)? {
                return Ok(new);
            }
            if self.errors()?.is_empty() {
                continue;
            }
            self.files.restore(&start)?;
            if !self.in_parts(&followed, &mut refused)? {
                return Ok(new);
            }
        }
        self.new_warnings()
    }

    /// What the compiler did not warn of before, and warns of now with all sets of features. What only some warn of, others
    /// use.
    pub(super) fn new_warnings(&self) -> Result<Vec<CompilerMessage>, Error> {
        let mut warnings: Option<Vec<CompilerMessage>> = None;
        for (features, before) in self.features.iter().zip(&self.before) {
            let mut new = self.check(*features, Levels::Warn)?;
            new.retain(|message| is_new(message, before));
            warnings = Some(match warnings {
                Some(mut others) => {
                    let is_new = |message: &CompilerMessage| {
                        let own = (&message.spans, &message.code);
                        new.iter().any(|new| (&new.spans, &new.code) == own)
                    };
                    others.retain(is_new);
                    others
                }
                None => new,
            });
        }
        Ok(warnings.unwrap_or_default())
    }

    /// What the compiler did not warn of before, and what the lints of the workspace make an error: the workspace would not
    /// compile. Lints of Clippy are not the compiler's.
    pub(super) fn denied(&self) -> Result<Vec<CompilerMessage>, Error> {
        let mut denied = Vec::new();
        for (features, before) in self.features.iter().zip(&self.before) {
            let counts = |message: &CompilerMessage| {
                let is_of_compiler =
                    message.code.as_ref().is_none_or(|code| !code.starts_with("clippy::"));
                is_of_compiler && is_new(message, before)
            };
            if !self.check(*features, Levels::Warn)?.iter().any(counts) {
                continue;
            }
            let own = self.check(*features, Levels::Own)?;
            denied.extend(own.into_iter().filter(|message| message.is_error && counts(message)));
        }
        Ok(denied)
    }

    /// Whether code that is not compiled here has the name that nothing seems to use.
    fn is_used_elsewhere(&self, message: &CompilerMessage) -> bool {
        let code = message.code.as_deref().unwrap_or_default();
        if !["dead_code", "unused_imports", "unused_variables"].contains(&code) {
            return false;
        }
        let quoted = message.message.split('`').skip(1).step_by(2);
        // `a::b as c` is used as `c`.
        let mut names = quoted.filter_map(|path| path.rsplit([':', ' ']).next());
        names.any(|name| match code {
            "unused_imports" => self.unbuilt.uses_import(&message.file, name),
            "unused_variables" => self.unbuilt.mentions_in(&message.file, name),
            _ => self.unbuilt.mentions(&message.file, name),
        })
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
                refused.insert(key(&message));
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
