//! The program of the probe: checks of its own gates, of those of the library, and of gates as a value.

use std::hint::black_box;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use declared::{check, fixed, gates};
use featuregate::{Gates, Resolution};

gates!(Own);
gates!(Emulating, emulation);
gates!(Changing, runtime);

/// Of these gates one may change.
#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = "1.36")]
enum Mixed {
    /// May change, if it were not locked.
    #[gate(ga = "1.30", runtime)]
    Alone,
    /// On and locked.
    #[gate(alpha = "1.20", ga = "1.30")]
    Locked,
}

static FLAG: AtomicBool = AtomicBool::new(false);
static TWIN: AtomicBool = AtomicBool::new(false);
static LOCK: Mutex<bool> = Mutex::new(false);

/// What programs with hand-written flags pass around.
struct Flags {
    _first: AtomicBool,
    second: AtomicBool,
}

fn main() {
    const { assert!(!featuregate::TESTING) }
    declared::keep();
    FLAG.store(black_box(true), Relaxed);
    TWIN.store(black_box(true), Relaxed);
    declared::FLAG.store(black_box(true), Relaxed);
    *LOCK.lock().unwrap() = black_box(true);
    let _ = Own::resolver().flag("First=true").resolve().map(Resolution::install);
    let _ = Changing::resolver().flag("First=true").resolve().map(Resolution::install);
    let _ = Mixed::resolver().resolve().map(Resolution::install);
    let _ = Emulating::resolver().flag("First=true").resolve().map(Resolution::install);
    let _ = declared::Feature::resolver().flag("First=true").resolve().map(Resolution::install);

    check!("own.flag" => FLAG.load(Relaxed));
    check!("own.first" => Own::First.enabled());
    check!("own.last" => Own::Last.enabled());
    check!("own.second" => Own::Second.enabled());
    check!("own.emulating" => Emulating::Locked.enabled());
    check!("own.changing" => Changing::Second.enabled());
    check!("own.changing_locked" => Changing::Locked.enabled());
    check!("own.changing_alone" => Mixed::Alone.enabled());
    fixed!("own.mixed" => Mixed::Locked.enabled());
    fixed!("own.locked" => Own::Locked.enabled());
    fixed!("own.absent" => !Own::Absent.enabled());

    check!("other.flag" => declared::FLAG.load(Relaxed));
    check!("other.first" => declared::Feature::First.enabled());
    check!("other.last" => declared::Feature::Last.enabled());
    check!("other.second" => declared::Feature::Second.enabled());
    fixed!("other.locked" => declared::Feature::Locked.enabled());
    fixed!("other.absent" => !declared::Feature::Absent.enabled());

    check!("gates.flag", of: &Flags => of.second.load(Relaxed));
    check!("gates.first", of: &Gates<Own> => of.enabled(Own::First));
    check!("gates.last", of: &Gates<Own> => of.enabled(Own::Last));
    check!("gates.second", of: &Gates<Own> => of.enabled(Own::Second));
    fixed!("gates.locked", of: &Gates<Own> => of.enabled(Own::Locked));
    fixed!("gates.absent", of: &Gates<Own> => !of.enabled(Own::Absent));

    // What is worse, so that the test can be seen to notice it.
    check!("worse.two_flags" => FLAG.load(Relaxed) & TWIN.load(Relaxed));
    check!("worse.lock" => *LOCK.lock().unwrap());
    fixed!("worse.not_locked" => FLAG.load(Relaxed));
}
