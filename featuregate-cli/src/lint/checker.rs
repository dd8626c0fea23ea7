//! Checks the settings in a text against releases, and fixes them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use featuregate_core::__private::IdVec;
use featuregate_core::manifest;

use crate::config::extract::{
    self, Dialect, Extract, Keys, List, Readers, Setting, SettingId, Syntax, Values,
};
use crate::finding::Finding;
use crate::lint::owner::{Owner, Owners};
use crate::lint::rule::Policy;
use crate::lint::target::Target;
use crate::lint::text::check::TextCheck;
pub use crate::lint::text::check::Unjudged;
use crate::lint::text::fixes::FIXABLE;
use crate::lint::text::wrong::Wrong;
use crate::program::releases::Releases;

/// Checks texts against the releases that it was made for.
#[derive(Debug)]
pub struct Checker {
    owners: Arc<Owners>,
    /// How all programs take gates, if it is the same.
    dialect: Option<Arc<dyn Readers>>,
    keys: Keys,
    policy: Policy,
}

/// What may read a file.
#[derive(Debug)]
struct OfFile {
    owners: Arc<Owners>,
    path: Arc<str>,
}

impl Readers for OfFile {
    fn dialect(&self, list: &List) -> Dialect {
        match self.owners.owner(Path::new(&*self.path), list) {
            Owner::Known(targets) => dialect(targets),
            Owner::Unknown(_) | Owner::Nobody => dialect(self.owners.main()),
        }
    }
}

/// How a program takes gates at these releases. One of this library takes booleans in a map, and nothing else.
fn dialect(targets: &[Target]) -> Dialect {
    let ours = targets.iter().all(|it| it.syntax() == manifest::Syntax::Featuregate);
    let values = if ours { Values::Booleans } else { Values::Any };
    Dialect { values, master: targets.iter().rev().find_map(Target::master).map(Arc::from) }
}

/// What is found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// By location, then by target.
    pub findings: Vec<Finding>,
    /// The parts that could not be read: the line, if not the whole text, and the reason.
    pub skipped: Vec<(Option<u32>, String)>,
    /// How many settings it has.
    pub settings: usize,
    /// Whether a release refuses one of them, whatever the levels of the rules are.
    pub refused: bool,
    /// How many findings comments accept: those of a setting for several targets are one.
    pub ignored: usize,
    /// The settings of programs whose gates are unknown, by program and in the order of the text.
    pub unjudged: Vec<Unjudged>,
}

/// A text whose settings were fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many settings were changed or removed.
    pub settings: usize,
}

impl Checker {
    /// A checker of the program at these releases. `keys` are names of maps of gates in addition to
    /// `featureGates` and its spellings.
    #[must_use]
    pub fn new(
        releases: &Releases,
        targets: &[featuregate_core::Version],
        keys: &[String],
    ) -> Self {
        let at = targets.iter().filter_map(|target| releases.at(*target));
        Self::of(Owners::one(at.map(Target::of).collect()), keys)
    }

    /// A checker of several programs.
    pub(crate) fn of(owners: Owners, keys: &[String]) -> Self {
        let main = dialect(owners.main());
        let is_same = owners.all().all(|targets| dialect(targets) == main);
        Self {
            dialect: is_same.then(|| Arc::new(main) as Arc<dyn Readers>),
            keys: Keys::of(keys),
            owners: Arc::new(owners),
            policy: Policy::default(),
        }
    }

    /// The same with the levels that a policy gives to rules.
    #[must_use]
    pub(crate) fn under(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Whether a text may have settings. This is quick; a text that does not mention a map of gates need not be
    /// checked.
    #[must_use]
    pub fn concerns(&self, text: &str) -> bool {
        self.keys.concern(text)
    }

    /// The program that reads a setting of a text, at the releases that should accept it; `None` if its gates are not
    /// known.
    pub(crate) fn reader(&self, path: &str, list: &List, setting: &Setting) -> Option<&[Target]> {
        let owner = self.owners.owner(Path::new(path), list);
        match self.owners.of_gate(owner, list, &setting.name) {
            Owner::Known(targets) => Some(targets),
            Owner::Unknown(program) => self.owners.judges(program, &setting.name),
            Owner::Nobody => None,
        }
    }

    /// The settings of a text, as the programs take them that read it.
    pub(crate) fn extract(&self, path: &Arc<str>, syntax: Syntax, text: &str) -> Extract {
        let of_file = || {
            let (owners, path) = (Arc::clone(&self.owners), Arc::clone(path));
            Arc::new(OfFile { owners, path }) as Arc<dyn Readers>
        };
        let readers = self.dialect.clone().unwrap_or_else(of_file);
        let gate = |list: &List, setting: &Setting| {
            let mut targets = self.reader(path, list, setting)?.iter().rev();
            targets.find_map(|target| target.of_variable(&setting.name)).map(str::to_owned)
        };
        extract::extract_for(syntax, text, &self.keys, &readers).with_variables(gate)
    }

    /// Checks a text. The findings have this `path`.
    #[must_use]
    pub fn check(&self, path: &Arc<str>, syntax: Syntax, text: &str) -> Checked {
        self.check_after(path, syntax, text, &BTreeSet::new())
    }

    /// The same after a fix. Gates with these names were judged before, which the gates beside them may have shown that are
    /// removed now.
    pub(crate) fn check_after(
        &self,
        path: &Arc<str>,
        syntax: Syntax,
        text: &str,
        judged: &BTreeSet<String>,
    ) -> Checked {
        let extract = self.extract(path, syntax, text);
        let check = TextCheck::new(&self.owners, &self.policy, (path, text), &extract, judged);
        let wrong = check.wrong();
        let unjudged = check.unjudged();
        let too_many = (wrong.len() > FIXABLE)
            .then(|| (None, "it has too many findings to fix them".to_owned()));
        let mut ignored = 0;
        let refused = wrong.iter().any(Wrong::is_refused);
        let mut findings =
            if wrong.is_empty() { Vec::new() } else { check.findings(wrong, &mut ignored) };
        check.unused_ignores(&mut findings);
        let settings = check.judged();
        let mut skipped = extract.skipped;
        skipped.extend(too_many);
        Checked { findings, skipped, settings, refused, ignored, unjudged }
    }

    /// Fixes the settings for which there is exactly one right answer; `None` where there are none.
    ///
    /// # Errors
    /// Why the text is left unchanged, although there are findings with a fix.
    pub fn fix(&self, syntax: Syntax, text: &str) -> Result<Option<Fixed>, String> {
        self.fix_settings(&Arc::from(""), syntax, text, &|_| true)
    }

    /// The same for some settings of a file, of which a project may say whose gates it sets.
    pub(crate) fn fix_settings(
        &self,
        path: &Arc<str>,
        syntax: Syntax,
        text: &str,
        is_wanted: &dyn Fn(&Setting) -> bool,
    ) -> Result<Option<Fixed>, String> {
        /// A corrected name may be that of a locked gate, and so on.
        const ROUNDS: usize = 8;
        let mut fixed: Option<String> = None;
        // The settings that are left, by their ids at first.
        let mut left: Option<IdVec<SettingId, SettingId>> = None;
        let mut settings = BTreeSet::new();
        let judged = BTreeSet::new();
        let mut extract = self.extract(path, syntax, text);
        for _ in 0..ROUNDS {
            let now = fixed.as_deref().unwrap_or(text);
            let check = TextCheck::new(&self.owners, &self.policy, (path, now), &extract, &judged);
            let mut wrong = check.wrong();
            wrong.retain(|wrong| is_wanted(wrong.setting));
            let plan = check.plan(&wrong);
            if plan.is_empty() {
                return Ok(fixed.map(|text| Fixed { text, settings: settings.len() }));
            }
            let next = plan.apply(now, &extract).ok_or("the edits overlap")?;
            let after = extract.again(&next);
            let before = left.unwrap_or_else(|| extract.settings.ids().collect());
            settings.extend(plan.settings().map(|id| before[id]));
            left = Some(plan.kept(&before));
            (fixed, extract) = (Some(next), after);
        }
        Err(format!("the fixes are not complete after {ROUNDS} rounds"))
    }
}
