//! The gates of one release, as a manifest lists them.

use alloc::string::String;
use alloc::vec::Vec;

use super::component::Component;
use super::gate::Gate;
use super::syntax::Syntax;
use crate::declare::group::Groups;
use crate::declare::spec::{GateSpec, RemovedPolicy};
use crate::declare::version::{Precision, Version};

/// The gates of one release of a program.
///
/// ```
/// use featuregate_core::manifest::{Gate, Manifest};
/// use featuregate_core::{RawMilestone, RawSpec, RemovedPolicy, Version};
///
/// let gate = RawSpec::new("MemoryQoS").milestone(RawMilestone::alpha("1.22"));
/// let manifest = Manifest::new(Version::new(1, 36), RemovedPolicy::Tolerate, [Gate::new(gate)]);
/// let yaml = manifest.to_yaml()?;
/// assert_eq!(
///     yaml,
///     "version: \"1.36\"\n\
///      gates:\n\
///      - name: MemoryQoS\n\
///     \x20 versionedSpecs:\n\
///     \x20 - default: false\n\
///     \x20   lockToDefault: false\n\
///     \x20   preRelease: Alpha\n\
///     \x20   version: \"1.22\"\n"
/// );
/// assert_eq!(Manifest::read(&yaml)?, manifest);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    pub(super) version: Version,
    pub(super) removed: RemovedPolicy,
    pub(super) gates: Vec<Gate>,
    pub(super) components: Vec<Component>,
    pub(super) has_unnamed: bool,
    pub(super) syntax: Syntax,
    /// Sorted.
    pub(super) variables: Vec<String>,
    pub(super) groups: Groups,
}

impl Manifest {
    /// A manifest of gates in any order; each name should be there once.
    #[must_use]
    pub fn new(
        version: Version,
        removed: RemovedPolicy,
        gates: impl IntoIterator<Item = Gate>,
    ) -> Self {
        let mut gates: Vec<Gate> = gates.into_iter().collect();
        gates.sort_by(|a, b| a.name().cmp(b.name()));
        Self {
            version,
            removed,
            gates,
            components: Vec::new(),
            has_unnamed: true,
            syntax: Syntax::implied(removed),
            variables: Vec::new(),
            groups: Groups::default(),
        }
    }

    /// The manifest of declared gates and tombstones, such as those of an enum. It does not depend on
    /// what is [compiled in](GateSpec::is_available).
    ///
    /// ```
    /// use featuregate_core::manifest::Manifest;
    /// use featuregate_core::{RawSpec, RemovedPolicy, Strictness, Version, lifecycle};
    ///
    /// let removed = RawSpec::new("Gone").removed("1.30").final_value(true);
    /// let removed = lifecycle::validate(removed, Strictness::Declared).unwrap();
    /// let manifest = Manifest::of_specs(Version::new(1, 36), RemovedPolicy::Refuse, [&removed]);
    /// assert_eq!(
    ///     manifest.to_yaml()?,
    ///     "version: \"1.36\"\n\
    ///      removedGates: refuse\n\
    ///      gates:\n\
    ///      - name: Gone\n\
    ///     \x20 versionedSpecs: []\n\
    ///     \x20 removed: \"1.30\"\n\
    ///     \x20 value: true\n"
    /// );
    /// # Ok::<(), featuregate_core::manifest::WriteError>(())
    /// ```
    #[must_use]
    pub fn of_specs<'a>(
        version: Version,
        removed: RemovedPolicy,
        specs: impl IntoIterator<Item = &'a GateSpec>,
    ) -> Self {
        Self::new(version, removed, specs.into_iter().map(Gate::of_spec))
    }

    /// The release that it is of.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The same as the manifest of another release, for a list that does not say which one it is of.
    #[must_use]
    pub fn with_version(mut self, version: Version) -> Self {
        self.version = version;
        self
    }

    /// How the program writes gates. A manifest that does not say it is of a program of this library if that tolerates
    /// removed gates, and otherwise of one like Kubernetes.
    ///
    /// ```
    /// use featuregate_core::manifest::{Manifest, Syntax};
    ///
    /// let manifest = Manifest::read("{version: \"0.110\", syntax: opentelemetry, gates: []}")?;
    /// assert_eq!(manifest.syntax(), Syntax::OpenTelemetry);
    /// assert_eq!(Manifest::read("{version: \"1.36\", gates: []}")?.syntax(), Syntax::Featuregate);
    /// let list = "[{name: A, versionedSpecs: [{version: \"1.36\", preRelease: Alpha, default: false}]}]";
    /// assert_eq!(Manifest::read(list)?.syntax(), Syntax::Kubernetes);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// The same for a program that writes gates in another way.
    #[must_use]
    pub fn with_syntax(mut self, syntax: Syntax) -> Self {
        self.syntax = syntax;
        self
    }

    /// The environment variables that set gates: `APP_FEATURE_GATES` has assignments, and each variable that begins as in
    /// `APP_GATE_*` has the value of one gate.
    ///
    /// ```
    /// use featuregate_core::manifest::Manifest;
    ///
    /// let text = "{version: \"1.36\", variables: [APP_GATE_*, APP_FEATURE_GATES], gates: []}";
    /// let manifest = Manifest::read(text)?;
    /// assert_eq!(manifest.variables(), ["APP_FEATURE_GATES", "APP_GATE_*"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// The same with more of them.
    #[must_use]
    pub fn with_variables(mut self, variables: impl IntoIterator<Item = String>) -> Self {
        self.variables.extend(variables);
        self.variables.sort_unstable();
        self.variables.dedup();
        self
    }

    /// The groups and channels of the gates that are written without a prefix. Without any in the manifest, they are
    /// the groups of Kubernetes.
    ///
    /// ```
    /// use featuregate_core::manifest::Manifest;
    ///
    /// let text = "{version: \"1.36\", groups: [{name: all, stages: [Alpha], tags: [net], master: true}], \
    ///     channels: [{name: nightly, stages: [Alpha]}], gates: []}";
    /// let manifest = Manifest::read(text)?;
    /// let names: Vec<&str> = manifest.groups().groups().map(|group| group.name()).collect();
    /// assert_eq!(names, ["all"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// The same with other groups and channels.
    #[must_use]
    pub fn with_groups(mut self, groups: Groups) -> Self {
        self.groups = groups;
        self
    }

    /// How its versions are written: with patch parts (`versions: patch`) if there is one that is not 0.
    ///
    /// ```
    /// use featuregate_core::Precision;
    /// use featuregate_core::manifest::Manifest;
    ///
    /// let manifest = Manifest::read("{version: \"1.13.5\", versions: patch, gates: []}")?;
    /// assert_eq!(manifest.versions(), Precision::Patch);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn versions(&self) -> Precision {
        let releases = self.components.iter().map(|component| component.version);
        let has_patch = releases.chain([self.version]).any(|version| version.patch() > 0)
            || self.gates.iter().any(|gate| gate.spec.versions == Precision::Patch);
        if has_patch { Precision::Patch } else { Precision::Minor }
    }

    /// What the program does with a removed gate.
    #[must_use]
    pub fn removed(&self) -> RemovedPolicy {
        self.removed
    }

    /// The gates, sorted by name (bytes).
    #[must_use]
    pub fn gates(&self) -> &[Gate] {
        &self.gates
    }

    /// The gate of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Gate> {
        let at = self.gates.binary_search_by(|gate| gate.name().cmp(name)).ok()?;
        self.gates.get(at)
    }
}
