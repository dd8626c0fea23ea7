//! Counts of checks, where a program asks for them.

use featuregate::FeatureGate;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

/// The labels of a count: the gate, and the value that the check had.
type Labels = [(&'static str, &'static str); 2];

/// Counts the checks that are made with it, by gate and value: `feature_checks_total{name="Cache",enabled="true"}`.
///
/// `Feature::X.enabled()` counts nothing, so that it stays one load. Count where the number of checks says something, as once
/// for each request: each takes a lock for reading and a hash. A clone has the same counts.
///
/// ```
/// use featuregate::FeatureGate;
/// use featuregate_prometheus::GateChecks;
/// use prometheus_client::registry::Registry;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// let mut registry = Registry::default();
/// let checks = GateChecks::register(&mut registry);
/// assert!(!checks.enabled(Feature::Cache));
///
/// let mut text = String::new();
/// prometheus_client::encoding::text::encode(&mut text, &registry)?;
/// assert!(text.contains(r#"feature_checks_total{name="Cache",enabled="false"} 1"#));
/// # Ok::<(), std::fmt::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct GateChecks(Family<Labels, Counter>);

impl GateChecks {
    /// Counts in a registry, from zero. `registry.sub_registry_with_prefix("app")` gives the metric a prefix.
    /// Names are without components, so give each enum a registry with a prefix or label of its own where names may repeat.
    #[must_use]
    pub fn register(registry: &mut Registry) -> Self {
        let checks = Self::default();
        let help = "How often gates were checked, by value";
        registry.register("feature_checks", help, checks.0.clone());
        checks
    }

    /// Whether the gate is on, which is counted.
    pub fn enabled<F: FeatureGate>(&self, gate: F) -> bool {
        let enabled = gate.enabled();
        let value = if enabled { "true" } else { "false" };
        self.0.get_or_create(&[("name", gate.name()), ("enabled", value)]).inc();
        enabled
    }
}
