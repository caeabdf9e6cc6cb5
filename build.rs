//! Lists `questionnaires/` and `templates/` so that they are compiled into the program; for a release,
//! builds the engine that a form carries.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

type Error = Box<dyn std::error::Error>;

/// What `gapwise form` answers in a program without the engine.
const NO_RELEASE: &str = "Err(\"build with --release: `cargo build --release`\")";

fn main() -> Result<(), Error> {
    let root = PathBuf::from(set_by_cargo("CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(set_by_cargo("OUT_DIR"));
    fs::write(out.join("built_in.rs"), built_in(&root)?)?;
    fs::write(out.join("engine.rs"), engine(&root, &out)?)?;
    Ok(())
}

fn set_by_cargo(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}

fn is_for_the_browser() -> bool {
    set_by_cargo("CARGO_CFG_TARGET_ARCH") == "wasm32"
}

/// The table of the files that are compiled in. The engine has no use for the page around it.
fn built_in(root: &Path) -> io::Result<String> {
    let mut table = String::from("pub(crate) const FILES: &[(&str, &str)] = &[\n");
    for folder in ["questionnaires", "templates"] {
        println!("cargo:rerun-if-changed={folder}");
        let mut files = Vec::new();
        walk(&root.join(folder), &mut files)?;
        files.sort();
        for file in files {
            let name = file
                .strip_prefix(root)
                .expect("below the root")
                .to_string_lossy()
                .replace('\\', "/");
            if !(is_for_the_browser() && name.starts_with("templates/form/")) {
                writeln!(table, "({name:?}, include_str!({:?})),", file.display().to_string())
                    .expect("to a string");
            }
        }
    }
    table.push_str("];\n");
    Ok(table)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if path.extension().is_some_and(|ending| {
            ["yaml", "j2", "css", "js", "md"].iter().any(|known| ending == *known)
        }) {
            files.push(path);
        }
    }
    Ok(())
}

/// The engine as an expression of Rust: where it is, or what to do to have it.
///
/// Only a release has it, as it takes as long as a release itself; lints and the engine's own build
/// do without.
#[cfg(feature = "form")]
fn engine(root: &Path, out: &Path) -> Result<String, Error> {
    println!("cargo:rerun-if-env-changed=RUSTC_WORKSPACE_WRAPPER");
    let is_linted = env::var_os("RUSTC_WORKSPACE_WRAPPER").is_some();
    if set_by_cargo("PROFILE") != "release" || is_linted || is_for_the_browser() {
        return Ok(NO_RELEASE.to_owned());
    }
    let libraries = for_wasm::libraries()?;
    if !libraries.is_dir() {
        // What is missing cannot be watched; the folder that it will appear in can.
        if let Some(targets) = libraries.ancestors().nth(2).filter(|folder| folder.is_dir()) {
            println!("cargo:rerun-if-changed={}", targets.display());
        }
        let command = format!("rustup target add {}", for_wasm::TARGET);
        println!("cargo:warning=`gapwise form` will not work in this build; to have it: {command}");
        return Ok(format!("Err(\"run `{command}`, then `cargo build --release`\")"));
    }
    for input in ["build.rs", "Cargo.toml", "Cargo.lock", "src"] {
        println!("cargo:rerun-if-changed={input}");
    }
    let (script, module) = for_wasm::bind(&for_wasm::compile(root, out)?)?;
    fs::write(out.join("engine.js"), script)?;
    fs::write(out.join("engine.wasm.deflate"), for_wasm::pack(&module)?)?;
    let in_out = |name: &str| format!("!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))");
    let (script, packed) = (in_out("engine.js"), in_out("engine.wasm.deflate"));
    Ok(format!("Ok((include_str{script}, include_bytes{packed}))"))
}

#[cfg(not(feature = "form"))]
fn engine(_: &Path, _: &Path) -> Result<String, Error> {
    Ok(NO_RELEASE.to_owned())
}

/// This crate as WebAssembly, with the script by which a page calls it.
#[cfg(feature = "form")]
mod for_wasm {
    use super::{Error, env, io, set_by_cargo};
    use flate2::{Compression, write::DeflateEncoder};
    use std::io::Write as _;
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};
    use wasm_bindgen_cli_support::Bindgen;

    pub(super) const TARGET: &str = "wasm32-unknown-unknown";

    /// What the build around this one sets for itself, and what it is told of another target.
    const OF_THE_OUTER_BUILD: &[&str] = &[
        "CARGO_BUILD_RUSTFLAGS",
        "CARGO_BUILD_TARGET",
        "CARGO_BUILD_TARGET_DIR",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_TARGET_DIR",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTFLAGS",
    ];
    const KINDS_OF_THE_OUTER_BUILD: &[&str] =
        &["CARGO_CFG_", "CARGO_FEATURE_", "CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_PROFILE_"];

    /// Where the compiler has its libraries for the browser, if it has them.
    pub(super) fn libraries() -> Result<PathBuf, Error> {
        let ask = ["--print", "target-libdir", "--target", TARGET];
        let told = Command::new(set_by_cargo("RUSTC")).args(ask).output()?;
        let path = String::from_utf8(told.stdout)?;
        Ok(PathBuf::from(path.trim_end()))
    }

    /// Compiles this crate for the browser, in a folder of its own, so that neither build waits for the
    /// other's lock; both share the one pool of jobs. Returns the module.
    pub(super) fn compile(root: &Path, out: &Path) -> Result<PathBuf, Error> {
        let folder = out.join("engine");
        let mut cargo = Command::new(set_by_cargo("CARGO"));
        cargo.args(["rustc", "--lib", "--crate-type", "cdylib", "--no-default-features"]);
        cargo.args(["--profile", "form", "--target", TARGET, "--target-dir"]).arg(&folder);
        if root.join("Cargo.lock").is_file() {
            cargo.arg("--locked");
        }
        for (name, _) in env::vars_os() {
            let of_a_kind = |kind: &&str| name.to_str().is_some_and(|name| name.starts_with(*kind));
            if OF_THE_OUTER_BUILD.iter().any(|each| name == *each)
                || KINDS_OF_THE_OUTER_BUILD.iter().any(of_a_kind)
            {
                cargo.env_remove(name);
            }
        }
        // What it says goes where the outer cargo shows it if this fails.
        if !cargo.current_dir(root).stdin(Stdio::null()).status()?.success() {
            return Err("the engine of the form cannot be built; why not is said above".into());
        }
        Ok(folder.join(TARGET).join("form").join("gapwise.wasm"))
    }

    /// The script and the module that it calls.
    pub(super) fn bind(module: &Path) -> Result<(String, Vec<u8>), Error> {
        let mut bindgen = Bindgen::new();
        bindgen.input_path(module).typescript(false).omit_default_module_path(true);
        bindgen.remove_name_section(true).remove_producers_section(true);
        let mut output = bindgen.no_modules(true)?.generate_output()?;
        Ok((output.js().to_owned(), output.wasm_mut().emit_wasm()))
    }

    /// As the browser's `DecompressionStream` unpacks it: `deflate-raw`.
    pub(super) fn pack(module: &[u8]) -> io::Result<Vec<u8>> {
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
        packed.write_all(module)?;
        packed.finish()
    }
}
