struct Line<'a> {
    words: Vec<&'a str>,
    old: Vec<&'a str>,
}

fn check(lines: &[Line<'_>]) -> Result<usize, String> {
    let mut count = 0;
    let mut all = Vec::new();

    for line in lines {
        count += line.words.len();
        all.push(count);
    }

    println!("{all:?}");
    Ok(count)
}

pub fn main() {
    let lines = [Line { words: vec!["a", "bc"], old: vec!["x"] }, Line { words: vec!["def"], old: vec!["def"] }];
    println!("{:?}", check(&lines));
}
