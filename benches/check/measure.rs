//! Times, in turns, so that a busy machine is busy for all.

use std::num::NonZero;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::thread;
use std::time::{Duration, Instant};

use crate::contenders::Contender;

/// How long one sample of one thread should take: long beside reading the clock, and short beside the
/// time for which a busy system lets a thread run.
const SAMPLE: Duration = Duration::from_micros(400);

/// What one contender takes for a check, in nanoseconds.
#[derive(Clone, Copy)]
pub(crate) struct Times {
    pub(crate) one_thread: f64,
    pub(crate) all_cores: f64,
}

/// The times of one contender and of so many turns.
#[derive(Clone)]
struct Samples {
    turns: u64,
    one_thread: Vec<Duration>,
    all_cores: Vec<Duration>,
}

/// Measures each of them once in each round, on one thread and on all cores, and takes the least.
pub(crate) fn measure(contenders: &[Contender], rounds: usize) -> Vec<Times> {
    let cores = cores();
    let mut all: Vec<Samples> = contenders
        .iter()
        .map(|contender| Samples {
            turns: turns(contender.run),
            one_thread: Vec::new(),
            all_cores: Vec::new(),
        })
        .collect();
    for _ in 0..rounds {
        for (contender, samples) in contenders.iter().zip(&mut all) {
            samples.one_thread.push(on_threads(1, contender.run, samples.turns));
            samples.all_cores.push(on_threads(cores, contender.run, samples.turns));
        }
    }
    all.iter().map(Samples::least).collect()
}

pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

impl Samples {
    fn least(&self) -> Times {
        let least = |samples: &[Duration]| {
            let least = samples.iter().min().copied().unwrap_or_default();
            nanoseconds(least, self.turns)
        };
        Times { one_thread: least(&self.one_thread), all_cores: least(&self.all_cores) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "the numbers are far below 2^52")]
fn nanoseconds(time: Duration, turns: u64) -> f64 {
    time.as_nanos() as f64 / (turns * 8) as f64
}

/// How many turns make a sample.
fn turns(run: fn(u64)) -> u64 {
    let mut turns = 8;
    while on_threads(1, run, turns) < SAMPLE {
        turns *= 2;
    }
    turns
}

/// From the first to begin to the last to end, where all begin together.
fn on_threads(count: usize, run: fn(u64), turns: u64) -> Duration {
    let ready = AtomicUsize::new(0);
    let sample = || {
        ready.fetch_add(1, SeqCst);
        while ready.load(SeqCst) < count {
            std::hint::spin_loop();
        }
        let start = Instant::now();
        run(turns);
        (start, Instant::now())
    };
    if count == 1 {
        let (start, end) = sample();
        return end - start;
    }
    let spans: Vec<(Instant, Instant)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(sample)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no contender panics")).collect()
    });
    let start = spans.iter().map(|(start, _)| *start).min();
    let end = spans.iter().map(|(_, end)| *end).max();
    start.zip(end).map_or(Duration::ZERO, |(start, end)| end - start)
}
