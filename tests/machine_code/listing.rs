//! The instructions of the functions of a program.

use std::collections::BTreeMap;
use std::fmt;

use iced_x86::{Decoder, DecoderOptions, FlowControl, Instruction, Mnemonic, OpKind};
use object::{Object, ObjectSection, ObjectSymbol, RelocationTarget, SymbolKind};

/// The instructions of one function.
#[derive(Clone, Debug)]
pub(crate) struct Listing(Vec<Instruction>);

/// What one instruction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reads memory, but for an address.
    Load,
    /// Compares, or takes bits out of a register.
    Test,
    /// Reads memory and compares it.
    LoadAndTest,
    /// Makes or reads an address.
    Address,
    /// Jumps or returns.
    Branch,
    Call,
    Other,
}

impl Listing {
    pub(crate) fn of(code: &[u8]) -> Self {
        let decoder = Decoder::new(64, code, DecoderOptions::NONE);
        Self(decoder.into_iter().collect())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn purposes(&self) -> Vec<Purpose> {
        self.0.iter().map(purpose).collect()
    }
}

impl fmt::Display for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for instruction in &self.0 {
            write!(f, " {:?}", instruction.code())?;
        }
        Ok(())
    }
}

fn purpose(instruction: &Instruction) -> Purpose {
    match instruction.flow_control() {
        FlowControl::Next => {}
        FlowControl::Call | FlowControl::IndirectCall => return Purpose::Call,
        _ => return Purpose::Branch,
    }
    let reads = (0..instruction.op_count())
        .any(|operand| instruction.op_kind(operand) == OpKind::Memory)
        && instruction.mnemonic() != Mnemonic::Lea;
    let address_size = instruction.memory_size().size() == 8;
    match instruction.mnemonic() {
        Mnemonic::Lea => Purpose::Address,
        Mnemonic::Mov if reads && instruction.is_ip_rel_memory_operand() && address_size => {
            Purpose::Address
        }
        Mnemonic::Test | Mnemonic::Cmp | Mnemonic::Bt | Mnemonic::And if reads => {
            Purpose::LoadAndTest
        }
        Mnemonic::Test | Mnemonic::Cmp | Mnemonic::Bt | Mnemonic::And => Purpose::Test,
        _ if reads => Purpose::Load,
        _ => Purpose::Other,
    }
}

/// All functions of a program, by the names of their symbols.
pub(crate) fn functions(program: &[u8]) -> BTreeMap<String, Listing> {
    let file = object::File::parse(program).unwrap();
    let functions = file.symbols().filter(|symbol| symbol.kind() == SymbolKind::Text);
    functions
        .filter_map(|symbol| {
            let section = file.section_by_index(symbol.section_index()?).ok()?;
            let code = section.data_range(symbol.address(), symbol.size()).ok()??;
            Some((symbol.name().ok()?.to_owned(), Listing::of(code)))
        })
        .collect()
}

/// The functions that run before `main`, by the names of their symbols.
pub(crate) fn before_main(program: &[u8]) -> Vec<String> {
    let file = object::File::parse(program).unwrap();
    let lists = [".preinit_array", ".init_array", ".ctors"];
    let lists: Vec<_> = lists.iter().filter_map(|name| file.section_by_name(name)).collect();
    let listed = |address: u64| {
        lists.iter().any(|list| (list.address()..list.address() + list.size()).contains(&address))
    };
    let relocations = file.dynamic_relocations().into_iter().flatten();
    let functions = relocations.filter(|(address, _)| listed(*address)).map(|(_, relocation)| {
        assert_eq!(relocation.target(), RelocationTarget::Absolute, "of the program itself");
        let address = relocation.addend().cast_unsigned();
        let symbol = file
            .symbols()
            .find(|symbol| symbol.kind() == SymbolKind::Text && symbol.address() == address);
        symbol.and_then(|symbol| symbol.name().ok().map(String::from)).unwrap_or_default()
    });
    functions.collect()
}
