//! From the browser to the editor: opening a file at a line, and which line a block of a page stands in.
//!
//! Only for browsers on this machine. The command comes from `dossier.toml`, the file has to lie in
//! the project, and no shell is run.

use super::body::Body;
use super::generation::Generation;
use super::http::{Server, json, plain, with};
use super::peer::Peer;
use hyper::body::{Body as _, Incoming};
use hyper::{Request, Response, StatusCode};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// The most that the call to open may say, and how long it may take to say it.
const CALL: usize = 8 * 1024;
const CALL_TIME: Duration = Duration::from_secs(5);

/// What is to be opened.
#[derive(Debug, Deserialize)]
struct Call {
    /// Below the project's root.
    path: String,
    #[serde(default = "one")]
    line: u32,
    #[serde(default = "one")]
    column: u32,
}

fn one() -> u32 {
    1
}

/// Why a file was not opened.
type Refused = (StatusCode, String);

/// Opens a file in the editor.
pub(super) async fn open(
    server: &Arc<Server>,
    peer: Peer,
    request: Request<Incoming>,
) -> Response<Body> {
    match try_open(server, peer, request).await {
        Ok(()) => plain(StatusCode::NO_CONTENT, String::new()),
        Err((status, message)) => json(status, &serde_json::json!({ "message": message })),
    }
}

async fn try_open(
    server: &Arc<Server>,
    peer: Peer,
    request: Request<Incoming>,
) -> Result<(), Refused> {
    let token = request.headers().get("x-dossier-token");
    let known = token.is_some_and(|token| same(token.as_bytes(), server.token.as_bytes()));
    if !peer.here || !known {
        let message = "only a page of this server in a browser on this machine opens the editor";
        return Err((StatusCode::FORBIDDEN, message.to_owned()));
    }
    let bad = |message: &str| (StatusCode::BAD_REQUEST, message.to_owned());
    let body = tokio::time::timeout(CALL_TIME, read(request.into_body()));
    let body = body.await.ok().flatten();
    let body = body.ok_or_else(|| bad("the call could not be read"))?;
    let call: Call = serde_json::from_slice(&body).map_err(|error| bad(&error.to_string()))?;
    let generation = server.newest().await;
    let editor = generation.and_then(|it| it.editor.clone());
    let root = server.root.clone();
    tokio::task::spawn_blocking(move || start(&root, &call, editor.as_deref()))
        .await
        .unwrap_or_else(|_| Err(bad("the editor could not be started")))
}

/// The same time for every wrong answer.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// Reads a small body.
async fn read(mut body: Incoming) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(frame) = std::future::poll_fn(|it| Pin::new(&mut body).poll_frame(it)).await {
        if let Ok(data) = frame.ok()?.into_data() {
            bytes.extend_from_slice(&data);
        }
        if bytes.len() > CALL {
            return None;
        }
    }
    Some(bytes)
}

fn start(root: &Path, call: &Call, editor: Option<&[String]>) -> Result<(), Refused> {
    let file = confined(root, &call.path)?;
    let Some((program, arguments)) = editor.and_then(<[String]>::split_first) else {
        return Err((StatusCode::CONFLICT, NO_EDITOR.to_owned()));
    };
    let arguments = arguments.iter().map(|word| fill(word, &file, call));
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| {
        let message = format!("cannot start `{program}`: {error}");
        (StatusCode::INTERNAL_SERVER_ERROR, message)
    })?;
    // An editor may stay open for long; its end is waited for, so that it does not remain as a zombie.
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// What there is to say where no editor is set.
const NO_EDITOR: &str = "\
no editor is set: add to dossier.toml under [serve] the line of yours
editor = \"code --goto {file}:{line}:{column}\"
editor = \"zed {file}:{line}:{column}\"
editor = \"gvim --remote-silent +{line} {file}\"";

/// The file, where it lies in the project once all links are followed.
fn confined(root: &Path, path: &str) -> Result<PathBuf, Refused> {
    let missing = || {
        let message = match path.strip_prefix("templates/") {
            Some(name) if crate::render::Theme::default_text(name).is_some() => format!(
                "`{path}` is a template of the program; a file of that name in your project \
                 takes its place"
            ),
            _ => format!("there is no file `{path}` in the project"),
        };
        (StatusCode::NOT_FOUND, message)
    };
    let root = std::fs::canonicalize(root).map_err(|_| missing())?;
    let file = std::fs::canonicalize(root.join(path)).map_err(|_| missing())?;
    if file.starts_with(&root) && file.is_file() {
        Ok(file)
    } else {
        Err(missing())
    }
}

/// Puts the place into a word of the command.
fn fill(word: &str, file: &Path, call: &Call) -> std::ffi::OsString {
    let word = word
        .replace("{line}", &call.line.to_string())
        .replace("{column}", &call.column.to_string());
    let mut filled = std::ffi::OsString::new();
    for (nth, part) in word.split("{file}").enumerate() {
        if nth > 0 {
            filled.push(file);
        }
        filled.push(part);
    }
    filled
}

/// The text of a page with the line of each block, for a click on the page.
pub(super) async fn source(server: Arc<Server>, peer: Peer, query: &str) -> Response<Body> {
    let mut asked = url::form_urlencoded::parse(query.as_bytes());
    let path = asked.find(|(key, _)| key == "path");
    let path = path.map(|(_, path)| path.into_owned()).unwrap_or_default();
    let missing = || plain(StatusCode::NOT_FOUND, "no file is shown there".to_owned());
    if !peer.here {
        return missing();
    }
    let Some(generation) = server.newest().await else {
        return missing();
    };
    let found = server.work.done(move || text_of(&generation, &path));
    match found.await {
        Some(Some(value)) => with(StatusCode::OK, "application/json", value.into()),
        _ => missing(),
    }
}

fn text_of(generation: &Generation, path: &str) -> Option<String> {
    let site = generation.site.as_ref()?;
    let (index, true) = site.page_at(path)? else {
        return None;
    };
    let source = site.built.text(index, &|file| site.inputs.text(file))?;
    let (file, html) = (&*source.file, &source.html.0);
    Some(serde_json::json!({ "file": file, "prose": html }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_put_into_each_word_after_splitting() {
        let call = Call {
            path: String::new(),
            line: 12,
            column: 3,
        };
        let file = Path::new("/a b/$(x);{line}.md");
        let filled = |word| fill(word, file, &call).into_string().unwrap();
        assert_eq!(filled("{file}:{line}:{column}"), "/a b/$(x);{line}.md:12:3");
        assert_eq!(filled("--goto"), "--goto");
        assert_eq!(filled("+{line}"), "+12");
    }

    #[cfg(unix)]
    #[test]
    fn only_files_of_the_project_are_opened() {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("project");
        std::fs::create_dir_all(root.join("content")).unwrap();
        std::fs::write(root.join("content/a.md"), "a").unwrap();
        std::fs::write(outer.path().join("secret"), "s").unwrap();
        std::os::unix::fs::symlink("../../secret", root.join("content/out.md")).unwrap();
        std::os::unix::fs::symlink("a.md", root.join("content/in.md")).unwrap();
        let status = |path: &str| confined(&root, path).map_err(|(status, _)| status.as_u16());
        let real = std::fs::canonicalize(root.join("content/a.md")).unwrap();
        assert_eq!(status("content/a.md"), Ok(real.clone()));
        assert_eq!(status("content/in.md"), Ok(real));
        let secret = outer.path().join("secret");
        for path in [
            "../secret",
            "content/../../secret",
            secret.to_str().unwrap(),
            "content/out.md",
            "content",
            "",
            "content/none.md",
            "/etc/passwd",
            "content/a.md\0",
            "content\\a.md",
        ] {
            assert_eq!(status(path), Err(404), "{path:?}");
        }
    }

    #[test]
    fn a_template_of_the_program_is_no_file() {
        let root = tempfile::tempdir().unwrap();
        let (_, message) = confined(root.path(), "templates/base.html").unwrap_err();
        assert!(message.contains("template of the program"), "{message}");
    }
}
