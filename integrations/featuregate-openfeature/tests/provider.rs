//! The provider, asked through the client of `OpenFeature`.

use featuregate::FeatureGate;
use featuregate_openfeature::GateProvider;
use open_feature::provider::{FeatureProvider, ProviderStatus};
use open_feature::{EvaluationContext, EvaluationErrorCode, EvaluationReason, OpenFeature};

#[derive(Clone, Copy, FeatureGate)]
enum Feature {
    /// Off.
    #[gate(alpha)]
    Cache,
    /// On.
    #[gate(beta)]
    Pipelining,
}

#[derive(Clone, Copy, FeatureGate)]
enum Uninstalled {
    /// Off.
    #[gate(alpha)]
    Other,
}

#[tokio::test]
async fn the_client_gets_value_variant_and_reason() {
    let _ = Feature::resolver().flag("Cache=true").resolve().unwrap().install().unwrap();
    let mut api = OpenFeature::default();
    api.set_provider(GateProvider::of::<Feature>()).await;
    let client = api.create_client();

    let set = client.get_bool_details("Cache", None, None).await.unwrap();
    assert!(set.value);
    assert_eq!((set.variant.as_deref(), set.reason), (Some("on"), Some(EvaluationReason::Static)));
    let origin = &set.flag_metadata.values["origin"];
    assert_eq!(format!("{origin:?}"), r#"String("--feature-gates, column 1, \"Cache=true\"")"#);

    let default = client.get_bool_details("Pipelining", None, None).await.unwrap();
    assert_eq!(
        (default.value, default.variant.as_deref(), default.reason),
        (true, Some("on"), Some(EvaluationReason::Default))
    );

    let unknown = client.get_bool_value("cache", None, None).await.unwrap_err();
    assert_eq!(unknown.code, EvaluationErrorCode::FlagNotFound);
    assert_eq!(unknown.message.as_deref(), Some("unknown gate \"cache\"; did you mean Cache?"));

    let mismatch = client.get_int_value("Cache", None, None).await.unwrap_err();
    assert_eq!(mismatch.code, EvaluationErrorCode::TypeMismatch);
}

#[tokio::test]
async fn the_provider_is_ready_once_gates_are_installed() {
    let provider = GateProvider::of::<Uninstalled>();
    assert_eq!(provider.status(), ProviderStatus::NotReady);
    let asked = provider.resolve_bool_value("Other", &EvaluationContext::default()).await;
    assert_eq!(asked.unwrap_err().code, EvaluationErrorCode::ProviderNotReady);
}
