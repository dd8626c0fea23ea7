//! What a program shows of its gates: events, gauges, and the error of a gate that is required.
#![cfg(all(feature = "derive", feature = "metrics", feature = "tracing", feature = "clap"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use featuregate::{FeatureGate, Resolution, Resolver, Version};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(version = "1.36", env = "APP_FEATURE_GATES", emulation)]
enum Feature {
    /// Off.
    #[gate(alpha = "1.35", issue = "https://example.org/7", requires(Disk))]
    Cache,
    /// Off.
    #[gate(alpha = "1.34")]
    Disk,
    /// On.
    #[gate(beta = "1.30", ga(since = "1.34", locked = false))]
    Proven,
    /// Locked to false.
    #[gate(
        ga(since = "1.30", default = false, locked = true),
        deprecated(since = "1.35", default = false, locked = true)
    )]
    Old,
    /// Not compiled in.
    #[gate(alpha = "1.36", available = false)]
    Absent,
    /// Needs what is not compiled in.
    #[gate(alpha = "1.36", requires(Absent))]
    Dependent,
}

#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(version = "3.6", component = "store")]
enum Store {
    /// Off.
    #[gate(alpha = "3.6")]
    Compaction,
}

fn required<F: FeatureGate>(gate: F) -> String {
    gate.require().unwrap_err().to_string()
}

#[test]
fn an_error_says_how_to_turn_the_gate_on_with_all_that_it_needs() {
    assert_eq!(
        required(Feature::Cache),
        "gate Cache (alpha) is off; to turn it on, set Cache=true,Disk=true in --feature-gates, the variable APP_FEATURE_GATES or the configuration; see https://example.org/7"
    );
    assert_eq!(
        required(Store::Compaction),
        "gate store:Compaction (alpha) is off; to turn it on, set store:Compaction=true in --feature-gates or the configuration"
    );
    assert_eq!(Feature::Proven.require(), Ok(()));
}

#[test]
fn an_error_says_why_a_gate_cannot_be_turned_on() {
    assert_eq!(
        required(Feature::Old),
        "gate Old (deprecated) is off; it cannot be turned on, since it is locked to false"
    );
    assert_eq!(
        required(Feature::Absent),
        "gate Absent (alpha) is off; it cannot be turned on, since it is not compiled into this program"
    );
    assert_eq!(
        required(Feature::Dependent),
        "gate Dependent (alpha) is off; it cannot be turned on, since it is not compiled into this program"
    );
}

/// Keeps the fields of each event.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<String>>>);

impl Subscriber for Events {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        struct Fields(String);
        impl Visit for Fields {
            fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
                write!(self.0, " {}={value:?}", field.name()).unwrap();
            }
        }
        let mut fields = Fields(event.metadata().level().to_string());
        if *event.metadata().level() == tracing::Level::INFO {
            assert_eq!(event.metadata().name(), "feature_flag.evaluation");
        }
        event.record(&mut fields);
        self.0.lock().unwrap().push(fields.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn notices_are_warnings_and_changed_gates_are_information() {
    let events = Events::default();
    let resolver = Resolver::<(Feature, Store)>::new();
    let resolution =
        resolver.flag("Proven=false,Disk=true,store:Compaction=true").resolve().unwrap();
    tracing::subscriber::with_default(events.clone(), || {
        resolution.trace();
        assert!(Feature::Proven.enabled(), "a check emits nothing");
    });
    let events = events.0.lock().unwrap();
    assert_eq!(events.len(), 4, "{events:#?}");
    assert!(events[0].starts_with("WARN message="), "{events:#?}");
    assert!(events[0].contains(r#"feature_flag.key="Proven""#), "{events:#?}");
    assert_eq!(
        events[1],
        r#"INFO message=gate Disk (alpha) is on: --feature-gates, column 14, "Disk=true" feature_flag.key="Disk" feature_flag.result.variant="on" feature_flag.result.reason="static" feature_flag.provider.name="featuregate""#
    );
    assert!(events[2].contains(r#"feature_flag.result.variant="off""#), "{events:#?}");
    assert!(events[3].contains(r#"feature_flag.set.id="store""#), "{events:#?}");
}

/// The gauges, a line each.
fn gauges(record: impl Fn(&Resolution<Feature>)) -> Vec<String> {
    let recorder = metrics_util::debugging::DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let resolution =
        Feature::resolver().flag("Disk=true").emulate(Version::new(1, 35)).resolve().unwrap();
    metrics::with_local_recorder(&recorder, || record(&resolution));
    let mut gauges: Vec<String> = snapshotter
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, _, _, value)| {
            let labels =
                key.key().labels().map(|label| format!("{}={:?}", label.key(), label.value()));
            let labels: Vec<String> = labels.collect();
            format!("{}{{{}}} {value:?}", key.key().name(), labels.join(","))
        })
        .collect();
    gauges.sort_unstable();
    gauges
}

#[test]
fn gauges_are_those_of_kubernetes() {
    assert_eq!(
        gauges(|resolution| resolution.record_metrics("app")),
        [
            r#"kubernetes_feature_enabled{name="AllAlpha",stage="ALPHA"} Gauge(0.0)"#,
            r#"kubernetes_feature_enabled{name="AllBeta",stage="BETA"} Gauge(0.0)"#,
            r#"kubernetes_feature_enabled{name="Cache",stage="ALPHA"} Gauge(0.0)"#,
            r#"kubernetes_feature_enabled{name="Disk",stage="ALPHA"} Gauge(1.0)"#,
            r#"kubernetes_feature_enabled{name="Old",stage="DEPRECATED"} Gauge(0.0)"#,
            r#"kubernetes_feature_enabled{name="Proven",stage=""} Gauge(1.0)"#,
            r#"version_info{component="app",binary="1.36",emulation="1.35",min_compat="1.34"} Gauge(1.0)"#,
        ]
    );
}

#[test]
fn the_gauge_of_gates_may_have_another_prefix() {
    let gauges = gauges(|resolution| resolution.record_metrics_as("app", "app"));
    assert!(gauges[0].starts_with(r#"app_feature_enabled{name="AllAlpha""#), "{gauges:#?}");
    assert!(gauges[6].starts_with("version_info{"), "{gauges:#?}");
}
