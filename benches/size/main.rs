//! What a gate adds to a program: `cargo bench -p featuregate-bench --bench size`.
//!
//! Programs with 10, 100 and 500 gates are built for speed, for size, and as small as Cargo's profile makes them, all
//! without `clap`. Each reads an argument, resolves
//! and installs. What counts are the sections that are loaded, so neither symbols nor the rounding of a
//! file. Beside it is what runs before `main`, which is what the same program has without gates.
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

use programs::{PROFILES, Profile, Program, build, texts, write_package};

const COUNTS: [usize; 3] = [10, 100, 500];

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let in_full = std::env::args().any(|argument| argument == "--bench");
    let profiles = if in_full { PROFILES } else { &[Profile::SIZE] };
    let first = [Program::Bare, Program::Dependent(COUNTS[0])];
    let programs: Vec<Program> = first.into_iter().chain(COUNTS.map(Program::Gates)).collect();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    write_package(folder.path(), &programs);
    let mut rows = Vec::new();
    for profile in profiles {
        let built = build(folder.path(), *profile);
        let sizes: Vec<Size> =
            programs.iter().map(|program| Size::of(&built.join(program.name()))).collect();
        rows.extend(rows_of(profile.name, &sizes));
    }
    let header =
        ["profile", "gates", "bytes", "the library adds", "each gate adds", "without its texts"];
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

fn rows_of(profile: &str, sizes: &[Size]) -> Vec<Vec<String>> {
    let [bare, dependent, first, rest @ ..] = sizes else { return Vec::new() };
    for size in sizes {
        assert_eq!(size.before_main, bare.before_main, "gates run something before main");
    }
    let row = |gates: String, size: &Size, others: [String; 3]| {
        let mut row = vec![profile.to_owned(), gates, size.loaded.to_string()];
        row.extend(others);
        row
    };
    let adding = |gates: String, size: &Size| {
        let added = size.loaded.saturating_sub(bare.loaded).to_string();
        row(gates, size, [added, String::new(), String::new()])
    };
    let mut rows = vec![
        row("none".to_owned(), bare, Default::default()),
        adding(COUNTS[0].to_string(), first),
        adding(format!("{}, of which one requires another", COUNTS[0]), dependent),
    ];
    for (count, size) in COUNTS.iter().skip(1).zip(rest) {
        let added = size.loaded.saturating_sub(first.loaded);
        #[expect(clippy::cast_precision_loss, reason = "the numbers are far below 2^52")]
        let (each, texts) = (added as f64 / (count - COUNTS[0]) as f64, texts() as f64);
        rows.push(row(
            count.to_string(),
            size,
            [String::new(), format!("{each:.1}"), format!("{:.1}", each - texts)],
        ));
    }
    rows
}
