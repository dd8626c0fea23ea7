//! What a gate adds to a program: `cargo bench -p featuregate-bench --bench size`.
//!
//! Programs with 10, 100 and 500 gates are built for speed and for size. Each reads an argument, resolves
//! and installs. What counts are the sections that are loaded, so neither symbols nor the rounding of a
//! file. Beside it stands what runs before `main`, which is what the same program has without gates.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where it can't measure"
)]

mod programs;

use std::fs;
use std::path::Path;

use object::{Object, ObjectSection};

use featuregate_bench::publish;

use programs::{Program, build, texts, write_package};

const COUNTS: [usize; 3] = [10, 100, 500];

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let in_full = std::env::args().any(|argument| argument == "--bench");
    let opt_levels: &[&str] = if in_full { &["3", "s"] } else { &["s"] };
    let programs: Vec<Program> =
        [Program::Bare].into_iter().chain(COUNTS.map(Program::Gates)).collect();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    write_package(folder.path(), &programs);
    let mut rows = Vec::new();
    for opt_level in opt_levels {
        let built = build(folder.path(), opt_level);
        let sizes: Vec<Size> =
            programs.iter().map(|program| Size::of(&built.join(program.name()))).collect();
        rows.extend(rows_of(opt_level, &sizes));
    }
    let header = ["opt-level", "gates", "bytes", "each gate adds", "without its texts"];
    publish("size", &header, &rows).expect("docs/figures.md can be written");
    println!("nothing of ours runs before main");
}

/// What a program has, in bytes.
#[derive(Clone, Copy)]
struct Size {
    loaded: u64,
    before_main: u64,
}

impl Size {
    fn of(path: &Path) -> Self {
        let bytes = fs::read(path).expect("the program was built");
        let file = object::File::parse(&*bytes).expect("the program can be read");
        let loaded = file
            .sections()
            .filter(|section| section.address() != 0 && section.name() != Ok(".relro_padding"));
        let before = [".preinit_array", ".init_array", ".ctors", "__mod_init_func", ".CRT$XCU"];
        let before = before.into_iter().filter_map(|name| file.section_by_name(name));
        Self {
            loaded: loaded.map(|section| section.size()).sum(),
            before_main: before.map(|section| section.size()).sum(),
        }
    }
}

fn rows_of(opt_level: &str, sizes: &[Size]) -> Vec<Vec<String>> {
    let [bare, first, rest @ ..] = sizes else { return Vec::new() };
    for size in sizes {
        assert_eq!(size.before_main, bare.before_main, "gates run something before main");
    }
    let row = |gates: String, size: &Size, each: String, without_texts: String| {
        vec![opt_level.to_owned(), gates, size.loaded.to_string(), each, without_texts]
    };
    let mut rows = vec![
        row("none".to_owned(), bare, String::new(), String::new()),
        row(COUNTS[0].to_string(), first, String::new(), String::new()),
    ];
    for (count, size) in COUNTS.iter().skip(1).zip(rest) {
        let added = size.loaded.saturating_sub(first.loaded);
        #[expect(clippy::cast_precision_loss, reason = "the numbers are far below 2^52")]
        let (each, texts) = (added as f64 / (count - COUNTS[0]) as f64, texts() as f64);
        rows.push(row(
            count.to_string(),
            size,
            format!("{each:.1}"),
            format!("{:.1}", each - texts),
        ));
    }
    rows
}
