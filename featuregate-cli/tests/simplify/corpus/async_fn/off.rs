use std::future::Future;
async fn a(n: u32) -> u32 {
    n
}
async fn b(n: u32) -> u32 { n + 1 }
pub fn main() {
    let mut f = std::pin::pin!(a(2));
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    if let std::task::Poll::Ready(v) = f.as_mut().poll(&mut cx) { println!("{v}"); }
}
