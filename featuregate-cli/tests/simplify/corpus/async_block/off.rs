use std::future::Future;
pub fn main() {
    let f = async {
        1
    };
    let mut f = std::pin::pin!(f);
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    if let std::task::Poll::Ready(v) = f.as_mut().poll(&mut cx) { println!("{v}"); }
}
