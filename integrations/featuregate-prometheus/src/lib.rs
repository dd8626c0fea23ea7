//! The metrics that every Kubernetes component exports of its feature gates, for `prometheus-client`:
//!
//! ```text
//! # HELP kubernetes_feature_enabled [BETA] This metric records the data about the stage and enablement of a k8s feature.
//! # TYPE kubernetes_feature_enabled gauge
//! kubernetes_feature_enabled{name="MemoryQoS",stage="ALPHA"} 0
//! # HELP version_info [ALPHA] Provides the compatibility version info of the component. …
//! # TYPE version_info gauge
//! version_info{component="kubelet",binary="1.36",emulation="1.36",min_compat="1.35"} 1
//! ```
//!
//! `featuregate fleet` reads them, and so does everything that reads those of Kubernetes. The values are read at each
//! scrape; nothing is counted when a gate is checked. [`GateChecks`] counts the checks that are made with it.
//!
//! ```
//! use featuregate::FeatureGate;
//! use featuregate_prometheus::GateCollector;
//! use prometheus_client::registry::Registry;
//!
//! #[derive(Clone, Copy, FeatureGate)]
//! #[feature_gate(version = "1.36")]
//! enum Feature {
//!     /// A cache in front of the disk.
//!     #[gate(alpha = "1.36")]
//!     Cache,
//! }
//!
//! Feature::resolver().flag("Cache=true").resolve()?.install()?;
//! let mut registry = Registry::default();
//! registry.register_collector(Box::new(GateCollector::of::<Feature>("app")));
//!
//! let mut text = String::new();
//! prometheus_client::encoding::text::encode(&mut text, &registry)?;
//! assert!(text.contains(r#"kubernetes_feature_enabled{name="Cache",stage="ALPHA"} 1"#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod checks;

pub use checks::GateChecks;

use std::fmt;

use featuregate::{FeatureGate, GateState, Stage, UntypedResolution, Versions};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;

const KUBERNETES: &str = "kubernetes";

/// What Kubernetes says of its metric.
const FEATURE_ENABLED: &str =
    "[BETA] This metric records the data about the stage and enablement of a k8s feature.";
const FEATURE_ENABLED_OF_OTHERS: &str = "The stage of each feature gate, and whether it is on.";
const VERSION_INFO: &str = "[ALPHA] Provides the compatibility version info of the component. The component label is the name of the component, usually kube, but is relevant for aggregated-apiservers.";

/// Exports the gates that are installed, and the releases of their components, at each scrape.
///
/// The stage is `ALPHA`, `BETA`, `DEPRECATED`, or empty for GA. Groups are exported too, as in Kubernetes. Until gates are
/// installed, nothing is exported.
#[derive(Clone)]
pub struct GateCollector {
    component: String,
    prefix: String,
    installed: fn() -> Option<UntypedResolution>,
}

impl GateCollector {
    /// The gates of an enum, and of those that are installed with it. The name is the label `component` of the gates
    /// without a component.
    #[must_use]
    pub fn of<F: FeatureGate>(component: impl Into<String>) -> Self {
        Self {
            component: component.into(),
            prefix: KUBERNETES.to_owned(),
            installed: || F::installed().map(|resolution| resolution.untyped().clone()),
        }
    }

    /// Another prefix than `kubernetes`: with `app`, the metric is `app_feature_enabled`. What reads the metrics of
    /// Kubernetes does not find it then.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }
}

impl fmt::Debug for GateCollector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GateCollector")
            .field("component", &self.component)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

impl Collector for GateCollector {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let Some(resolution) = (self.installed)() else { return Ok(()) };
        let name = format!("{}_feature_enabled", self.prefix);
        let help =
            if self.prefix == KUBERNETES { FEATURE_ENABLED } else { FEATURE_ENABLED_OF_OTHERS };
        let mut family = encoder.encode_descriptor(&name, help, None, MetricType::Gauge)?;
        for gate in resolution.all().filter(|gate| gate.status().exists()) {
            let labels = [("name", gate.name()), ("stage", stage(&gate))];
            ConstGauge::new(i64::from(gate.enabled())).encode(family.encode_family(&labels)?)?;
        }
        let mut family =
            encoder.encode_descriptor("version_info", VERSION_INFO, None, MetricType::Gauge)?;
        for component in resolution.gates().components() {
            let Versions { binary, emulated, min_compat, .. } = component.versions();
            let labels = [
                ("component", component.name().unwrap_or(&self.component).to_owned()),
                ("binary", binary.to_string()),
                ("emulation", emulated.to_string()),
                ("min_compat", min_compat.to_string()),
            ];
            ConstGauge::new(1_i64).encode(family.encode_family(&labels)?)?;
        }
        Ok(())
    }
}

/// The label `stage` of Kubernetes, which is empty for GA.
fn stage(gate: &GateState<'_>) -> &'static str {
    match gate.stage() {
        Stage::Ga => "",
        stage => stage.as_upper_str(),
    }
}
