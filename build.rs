//! Lists `questionnaires/` and `templates/` so that they are compiled into the program.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let mut table = String::from("pub(crate) const FILES: &[(&str, &str)] = &[\n");
    for folder in ["questionnaires", "templates"] {
        println!("cargo:rerun-if-changed={folder}");
        let mut files = Vec::new();
        walk(&root.join(folder), &mut files)?;
        files.sort();
        for file in files {
            let name = file
                .strip_prefix(&root)
                .expect("below the root")
                .to_string_lossy()
                .replace('\\', "/");
            writeln!(table, "({name:?}, include_str!({:?})),", file.display().to_string())
                .expect("to a string");
        }
    }
    table.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("built_in.rs"), table)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|ending| ["yaml", "j2", "css", "md"].iter().any(|known| ending == *known))
        {
            files.push(path);
        }
    }
    Ok(())
}
