//! `open-feature`: the SDK of a specification for flags from a service; here the provider looks into a
//! map, so a check never waits.

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::sync::OnceLock;
use std::task::{Context, Poll, Waker};

use open_feature::provider::{FeatureProvider, ProviderMetadata, ResolutionDetails};
use open_feature::{
    Client, EvaluationContext, EvaluationError, EvaluationErrorCode, EvaluationResult, OpenFeature,
    StructValue, async_trait,
};

use crate::gates::NAMES;
use crate::repeat::repeat;

static CLIENT: OnceLock<Client> = OnceLock::new();

struct Map {
    metadata: ProviderMetadata,
    flags: HashMap<&'static str, bool>,
}

impl Map {
    fn look_up<T>(value: Option<T>) -> EvaluationResult<ResolutionDetails<T>> {
        let missing = || EvaluationError::builder().code(EvaluationErrorCode::FlagNotFound).build();
        value.map(ResolutionDetails::new).ok_or_else(missing)
    }
}

#[async_trait]
impl FeatureProvider for Map {
    fn metadata(&self) -> &ProviderMetadata {
        &self.metadata
    }

    async fn resolve_bool_value(
        &self,
        flag: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<bool>> {
        Self::look_up(self.flags.get(flag).copied())
    }

    async fn resolve_int_value(
        &self,
        _: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<i64>> {
        Self::look_up(None)
    }

    async fn resolve_float_value(
        &self,
        _: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<f64>> {
        Self::look_up(None)
    }

    async fn resolve_string_value(
        &self,
        _: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<String>> {
        Self::look_up(None)
    }

    async fn resolve_struct_value(
        &self,
        _: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<StructValue>> {
        Self::look_up(None)
    }
}

/// Polls until there is a result, which is at once unless somebody writes.
fn finish<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(result) = future.as_mut().poll(&mut context) {
            return result;
        }
    }
}

pub(super) fn set_up() {
    let flags = HashMap::from(NAMES.map(|name| (name, false)));
    let client = finish(async {
        let mut api = OpenFeature::singleton_mut().await;
        api.set_provider(Map { metadata: ProviderMetadata::new("map"), flags }).await;
        api.create_client()
    });
    assert!(CLIENT.set(client).is_ok(), "it is set only here");
    let client = CLIENT.get().expect("it was just set");
    assert_eq!(finish(client.get_bool_value("Off0", None, None)).ok(), Some(false));
}

#[inline(never)]
pub(super) fn run(turns: u64) {
    let client = CLIENT.get().expect("it was set up");
    let enabled = |name| finish(client.get_bool_value(name, None, None)).unwrap_or(true);
    repeat!(
        turns,
        [
            enabled("Off0"),
            enabled("Off1"),
            enabled("Off2"),
            enabled("Off3"),
            enabled("Off4"),
            enabled("Off5"),
            enabled("Off6"),
            enabled("Off7"),
        ]
    );
}
