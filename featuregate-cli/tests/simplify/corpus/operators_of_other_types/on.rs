use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, Not};

#[derive(Clone, Copy, Debug)]
struct Bits(u32);

impl BitAnd<bool> for Bits {
    type Output = Bits;
    fn bitand(self, on: bool) -> Bits {
        Bits(self.0 << 1 | u32::from(on))
    }
}

impl BitOr<bool> for Bits {
    type Output = Bits;
    fn bitor(self, on: bool) -> Bits {
        Bits(self.0 << 2 | u32::from(on))
    }
}

impl BitXor<bool> for Bits {
    type Output = Bits;
    fn bitxor(self, on: bool) -> Bits {
        Bits(self.0 << 3 | u32::from(on))
    }
}

impl Not for Bits {
    type Output = Bits;
    fn not(self) -> Bits {
        Bits(!self.0)
    }
}

impl BitAndAssign<bool> for Bits {
    fn bitand_assign(&mut self, on: bool) {
        *self = *self & on;
    }
}

impl BitOrAssign<bool> for Bits {
    fn bitor_assign(&mut self, on: bool) {
        *self = *self | on;
    }
}

fn known(n: u32, flag: bool) -> bool {
    let small = n < 3;
    small | !flag
}

pub fn main() {
    let mut bits = Bits(1);
    println!("{:?} {:?} {:?}", bits & true, bits | true, bits ^ true);
    bits |= true;
    bits &= true;
    println!("{bits:?} {} {}", known(1, true), known(5, false));
}
