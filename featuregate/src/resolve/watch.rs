//! Changes as a stream: the values of an enum's gates, as `tokio` hands them to its tasks.

use tokio::sync::watch::{self, Receiver};

use crate::declare::gate_enum::GateEnum;
use crate::memory::changing::Lock;
use crate::resolve::enums::{Enums, Runtime};
use crate::resolve::gates::Gates;
use crate::resolve::install::Installed;

impl<F: Enums> Installed<F> {
    /// The values of an enum's gates, with each change from now on. A task that is slower than the changes sees the
    /// latest values.
    ///
    /// ```
    /// use featuregate::FeatureGate;
    ///
    /// #[derive(Clone, Copy, FeatureGate)]
    /// #[feature_gate(runtime)]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(alpha)]
    ///     Cache,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let installed = Feature::resolver().resolve()?.install()?;
    /// let mut gates = installed.watch::<Feature>();
    /// installed.change(|layer| layer.set(Feature::Cache, true))?;
    /// gates.changed().await?;
    /// assert!(gates.borrow_and_update().enabled(Feature::Cache));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn watch<G: GateEnum + Runtime>(&self) -> Receiver<Gates<G>> {
        self.resolved.changes.live.with(|live| {
            let (sender, receiver) = watch::channel(Gates::of_process());
            live.observe(move |_| {
                // The latest ones, whatever change this is.
                sender.send_if_modified(|gates| {
                    let latest = Gates::of_process();
                    let differs = *gates != latest;
                    *gates = latest;
                    differs
                });
                !sender.is_closed()
            });
            receiver
        })
    }
}
