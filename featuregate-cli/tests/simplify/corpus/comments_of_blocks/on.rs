pub fn main() {
    /* Before. */
    /* One
           and two. */
    println!("on");
    println!("end");
}
