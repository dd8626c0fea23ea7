pub fn main() {
    /* Before. */
    if Feature::X.enabled() {
        /* One
           and two. */
        println!("on");
    }
    println!("end");
}
