//! The text of a scrape, byte for byte.

#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use featuregate::{FeatureGate, Resolver};
use featuregate_prometheus::{GateChecks, GateCollector};
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;

#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Off.
    #[gate(alpha = "1.36")]
    MemoryQoS,
    /// On.
    #[gate(alpha = "1.34", beta = "1.35")]
    NodeSwap,
    /// On for good.
    #[gate(alpha = "1.30", beta = "1.32", ga = "1.34")]
    SidecarContainers,
    /// Going.
    #[gate(ga(since = "1.30", locked = false), deprecated(since = "1.35", default = false))]
    OldProbe,
}

#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(version = "3.6", component = "store")]
enum Store {
    /// Off.
    #[gate(alpha = "3.6")]
    Compaction,
}

#[derive(Clone, Copy, FeatureGate)]
enum Uninstalled {
    /// Off.
    #[gate(alpha)]
    Other,
}

fn scrape(collector: GateCollector) -> String {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(collector));
    let mut text = String::new();
    encode(&mut text, &registry).unwrap();
    text
}

#[test]
fn a_scrape_is_what_kubernetes_exports() {
    let resolver = Resolver::<(Feature, Store)>::new().flag("MemoryQoS=true,AllBeta=false");
    let _ = resolver.resolve().unwrap().install().unwrap();
    let expected = r#"# HELP kubernetes_feature_enabled [BETA] This metric records the data about the stage and enablement of a k8s feature.
# TYPE kubernetes_feature_enabled gauge
kubernetes_feature_enabled{name="AllAlpha",stage="ALPHA"} 0
kubernetes_feature_enabled{name="AllBeta",stage="BETA"} 0
kubernetes_feature_enabled{name="MemoryQoS",stage="ALPHA"} 1
kubernetes_feature_enabled{name="NodeSwap",stage="BETA"} 0
kubernetes_feature_enabled{name="SidecarContainers",stage=""} 1
kubernetes_feature_enabled{name="OldProbe",stage="DEPRECATED"} 0
kubernetes_feature_enabled{name="store:AllAlpha",stage="ALPHA"} 0
kubernetes_feature_enabled{name="store:AllBeta",stage="BETA"} 0
kubernetes_feature_enabled{name="store:Compaction",stage="ALPHA"} 0
# HELP version_info [ALPHA] Provides the compatibility version info of the component. The component label is the name of the component, usually kube, but is relevant for aggregated-apiservers.
# TYPE version_info gauge
version_info{component="kubelet",binary="1.36",emulation="1.36",min_compat="1.35"} 1
version_info{component="store",binary="3.6",emulation="3.6",min_compat="3.5"} 1
# EOF
"#;
    assert_eq!(scrape(GateCollector::of::<Feature>("kubelet")), expected);
    let other = scrape(GateCollector::of::<Feature>("app").prefix("app"));
    assert!(other.contains("app_feature_enabled{name=\"MemoryQoS\",stage=\"ALPHA\"} 1"), "{other}");
    assert!(!other.contains("k8s"), "{other}");
}

#[test]
fn nothing_is_exported_before_gates_are_installed() {
    assert_eq!(scrape(GateCollector::of::<Uninstalled>("app")), "# EOF\n");
}

#[test]
fn checks_are_counted_only_where_they_are_made_with_counts() {
    let mut registry = Registry::default();
    let checks = GateChecks::register(&mut registry);
    let clone = checks.clone();
    assert!(!checks.enabled(Uninstalled::Other) && !clone.enabled(Uninstalled::Other));
    assert!(!Uninstalled::Other.enabled());
    assert!(!checks.enabled(Store::Compaction));
    let mut text = String::new();
    encode(&mut text, &registry).unwrap();
    let mut counts: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    counts.sort_unstable();
    assert_eq!(
        counts,
        [
            r#"feature_checks_total{name="Compaction",enabled="false"} 1"#,
            r#"feature_checks_total{name="Other",enabled="false"} 2"#,
        ]
    );
}
