//! The effects of the gates: a few of the decisions that a kubelet makes.

use std::io::{self, Write};

use featuregate::Version;
use kubelet::Feature;

pub(crate) fn start(version: Version, out: &mut impl Write) -> io::Result<()> {
    let on = Feature::all().filter(|gate| gate.enabled()).count();
    writeln!(out, "kubelet {version}: {on} of {} gates are on", Feature::all().len())?;
    let decisions = [
        (Feature::UserNamespacesSupport.enabled(), "runs pods in user namespaces on request"),
        (Feature::NodeSwap.enabled(), "lets pods use swap"),
        (Feature::GracefulNodeShutdown.enabled(), "stops pods in order when the node shuts down"),
        (Feature::MemoryQoS.enabled(), "throttles memory by quality of service"),
        (Feature::InPlacePodVerticalScaling.enabled(), "resizes running pods in place"),
    ];
    for (enabled, what) in decisions {
        let mark = if enabled { "+" } else { "-" };
        writeln!(out, "  {mark} {what}")?;
    }
    Ok(())
}
