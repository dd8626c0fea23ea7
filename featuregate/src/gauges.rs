//! What was resolved, as gauges of the facade `metrics`.

use alloc::format;
use alloc::string::{String, ToString};
use featuregate_core::{Stage, Versions};
use metrics::{describe_gauge, gauge};

use crate::resolve::enums::Enums;
use crate::resolve::resolution::Resolution;

/// The gauge of gates, as Kubernetes names it.
const KUBERNETES: &str = "kubernetes_feature_enabled";

impl<F: Enums> Resolution<F> {
    /// Sets the gauges that every Kubernetes component exports, `kubernetes_feature_enabled{name, stage}` and
    /// `version_info{component, binary, emulation, min_compat}`, in the recorder of the facade `metrics`.
    ///
    /// The stage is `ALPHA`, `BETA`, `DEPRECATED`, or empty for GA; groups have a gauge too, as in Kubernetes. The name is
    /// the label `component` of the gates without a component. Call it once, after the recorder is installed; checks count
    /// nothing. For `prometheus-client`, there is the crate `featuregate-prometheus`.
    ///
    /// [`record_metrics_as`](Self::record_metrics_as) gives the gauge of gates another prefix.
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
    /// let resolution = Feature::resolver().resolve()?;
    /// resolution.record_metrics("app");
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    pub fn record_metrics(&self, component: &str) {
        describe_gauge!(
            KUBERNETES,
            "[BETA] This metric records the data about the stage and enablement of a k8s feature."
        );
        self.record(component, KUBERNETES);
    }

    /// The same with another prefix than `kubernetes`: with `app`, the gauge is `app_feature_enabled`. What reads the metrics of
    /// Kubernetes does not find it then.
    pub fn record_metrics_as(&self, component: &str, prefix: &str) {
        let metric = format!("{prefix}_feature_enabled");
        describe_gauge!(metric.clone(), "The stage of each feature gate, and whether it is on.");
        self.record(component, &metric);
    }

    fn record(&self, component: &str, metric: &str) {
        for gate in self.untyped().all().filter(|gate| gate.status().exists()) {
            let stage = match gate.stage() {
                Stage::Ga => "",
                stage => stage.as_upper_str(),
            };
            let labels = [("name", String::from(gate.name())), ("stage", stage.to_string())];
            let value = if gate.enabled() { 1.0 } else { 0.0 };
            gauge!(String::from(metric), &labels).set(value);
        }
        describe_gauge!(
            "version_info",
            "[ALPHA] Provides the compatibility version info of the component. The component label is the name of the component, usually kube, but is relevant for aggregated-apiservers."
        );
        for release in self.untyped().gates().components() {
            let Versions { binary, emulated, min_compat, .. } = release.versions();
            let labels = [
                ("component", String::from(release.name().unwrap_or(component))),
                ("binary", binary.to_string()),
                ("emulation", emulated.to_string()),
                ("min_compat", min_compat.to_string()),
            ];
            gauge!("version_info", &labels).set(1.0);
        }
    }
}
