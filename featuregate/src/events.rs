//! What was resolved, as events of `tracing`.

use crate::resolve::enums::Enums;
use crate::resolve::resolution::Resolution;
use featuregate_core::Cause;

/// `feature_flag.provider.name` in the conventions of OpenTelemetry.
const PROVIDER: &str = "featuregate";

/// The name of the event in these conventions.
const EVENT: &str = "feature_flag.evaluation";

impl<F: Enums> Resolution<F> {
    /// Emits an event of `tracing` for each notice, as a warning, and for each gate that differs from its default, as
    /// information. Call it once, where the gates are installed; checks emit nothing.
    ///
    /// The event of a gate is named `feature_flag.evaluation`, and the fields are those of OpenTelemetry's conventions for feature
    /// flags: `feature_flag.key`,
    /// `feature_flag.result.variant` (`on` or `off`), `feature_flag.result.reason` (`static`, or `default`),
    /// `feature_flag.set.id` (the component, if the gate has one) and `feature_flag.provider.name`.
    ///
    /// ```
    /// use featuregate::FeatureGate;
    ///
    /// #[derive(Clone, Copy, FeatureGate)]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(alpha)]
    ///     Cache,
    /// }
    ///
    /// let resolution = Feature::resolver().flag("Cache=true").resolve()?;
    /// resolution.trace();
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    pub fn trace(&self) {
        for notice in self.notices() {
            tracing::warn!(
                feature_flag.key = notice.gate(),
                feature_flag.provider.name = PROVIDER,
                "{notice}"
            );
        }
        for gate in self.iter().filter(|gate| gate.enabled() != gate.default()) {
            let reason = if matches!(gate.cause(), Cause::Default) { "default" } else { "static" };
            tracing::info!(
                name: EVENT,
                {
                    feature_flag.key = gate.name(),
                    feature_flag.result.variant = if gate.enabled() { "on" } else { "off" },
                    feature_flag.result.reason = reason,
                    feature_flag.set.id = self.untyped().gates().component_of(gate.id()).name(),
                    feature_flag.provider.name = PROVIDER,
                },
                "gate {} ({}) is {}: {}",
                gate.name(),
                gate.stage().as_word(),
                if gate.enabled() { "on" } else { "off" },
                gate.cause(),
            );
        }
    }
}
