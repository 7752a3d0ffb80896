//! The real server on a small project of its own, spoken to in bytes.

use serde_json::Value;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long anything may take before a test fails.
pub const LONG: Duration = Duration::from_secs(20);

pub const CONFIG: &str =
    "title = \"Test\"\nbase_url = \"https://example.org/t/\"\ndefault_tlp = \"clear\"\n";

/// A project in a folder of its own.
pub struct Project {
    dir: TempDir,
}

impl Project {
    /// An actor with a picture and a part for few, a note, a source.
    pub fn sample() -> Project {
        let project = Project::empty();
        project.write("dossier.toml", CONFIG);
        project.write(
            "content/actors/heron.md",
            "---\ntitle: Heron\nsources: [report]\n---\nA bird of prey for [[otter]] [@report].\n\n\
             ![A picture of it](heron.svg)\n\n## Names {tlp=red}\n\nCANARY in a red part.\n",
        );
        project.write("content/actors/heron.svg", SVG);
        project.write(
            "content/actors/secret-canary.md",
            "---\ntitle: CANARY entry\ntlp: red\n---\nCANARY text\n",
        );
        project.write(
            "content/notes/otter.md",
            "---\ntitle: Otter\n---\nA note.\n",
        );
        project.write(
            "content/notes/quiet.md",
            "---\ntitle: Quiet\n---\nNobody links here.\n",
        );
        project.write(
            "content/sources/report.md",
            "---\ntitle: The report\npublisher: Somebody\n---\n",
        );
        project
    }

    pub fn empty() -> Project {
        let dir = tempfile::tempdir().unwrap();
        Project { dir }
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    /// Starts the server on it; ends with the value.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dossier"))
            .args(["serve", "--today", "2026-01-01", "--color", "never"])
            .args(arguments)
            .args(if arguments.contains(&"--port") {
                &[][..]
            } else {
                &["--port", "0"]
            })
            .arg("--root")
            .arg(self.root())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                *heard.lock().unwrap() += &(line + "\n");
            }
        });
        let mut url = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut url).unwrap();
        let url = url.trim().to_owned();
        let host = url
            .strip_prefix("http://")
            .and_then(|it| it.split_once('/'))
            .map(|(host, _)| host);
        let host = host
            .unwrap_or_else(|| panic!("no address: {url:?}"))
            .to_owned();
        Server { child, host, said }
    }
}

pub const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";

/// A server that is running.
pub struct Server {
    pub child: Child,
    /// `127.0.0.1:4000`.
    pub host: String,
    said: Arc<Mutex<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        found.next().map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Server {
    /// The same, spoken to at another address.
    pub fn at(mut self, host: &str) -> Server {
        host.clone_into(&mut self.host);
        self
    }

    /// What it has said on standard error.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream
    }

    /// Sends bytes as they are and reads until the server closes.
    pub fn raw(&self, bytes: &[u8]) -> Option<Answer> {
        let mut stream = self.connect();
        // A server that refuses early may have closed before all is sent.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        parse(&answer)
    }

    /// A request with a method, a path as it is, and further headers.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(method, path, headers, "")
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request += &format!("Host: {}\r\n", self.host);
        }
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() {
            request += &format!("Content-Length: {}\r\n", body.len());
        }
        let request = format!("{request}\r\n{body}");
        let answer = self.raw(request.as_bytes());
        answer.unwrap_or_else(|| panic!("no answer to {request}"))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Follows the events of a page; `hash` is that of the page that the client has.
    pub fn events(&self, path: &str, hash: &str) -> Events {
        self.events_with(path, hash, &[])
    }

    /// The same, asked for with further headers.
    pub fn events_with(&self, path: &str, hash: &str, headers: &[(&str, &str)]) -> Events {
        let mut request = format!(
            "GET /_dossier/events?path={path}&hash={hash} HTTP/1.0\r\nHost: {}\r\n",
            self.host
        );
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        self.events_raw(&format!("{request}\r\n"))
    }

    /// Sends a request for events as it is; in HTTP/1.0 the body is what comes, without chunks.
    pub fn events_raw(&self, request: &str) -> Events {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut events = Events {
            reader: BufReader::new(stream),
        };
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(events.reader.read_line(&mut head).unwrap(), 0, "{head}");
        }
        assert!(head.contains(" 200 OK\r\n"), "{head}");
        assert!(
            head.contains("content-type: text/event-stream\r\n"),
            "{head}"
        );
        events
    }

    /// Events of a page that the client has just loaded, `hello` and `problems` read.
    pub fn watching(&self, path: &str) -> Events {
        let page = self.get(path);
        let mut events = self.events(path, &hash(&page.text()));
        assert_eq!(events.next().0, "hello");
        assert_eq!(events.next().0, "problems");
        events
    }

    /// The token of this run.
    pub fn token(&self) -> String {
        let (name, data) = self.events("/", "").next();
        assert_eq!(name, "hello");
        data["token"].as_str().unwrap().to_owned()
    }
}

/// Events as they come.
pub struct Events {
    reader: BufReader<TcpStream>,
}

impl Events {
    /// The next event; fails the test if none comes.
    #[track_caller]
    pub fn next(&mut self) -> (String, Value) {
        self.maybe().expect("the stream goes on")
    }

    /// The next event; `None` at the end of the stream.
    #[track_caller]
    pub fn maybe(&mut self) -> Option<(String, Value)> {
        let (mut name, mut data) = (String::new(), Value::Null);
        loop {
            let mut line = String::new();
            if self.reader.read_line(&mut line).expect("an event in time") == 0 {
                return None;
            }
            match line.trim_end_matches('\n').split_once(": ") {
                Some(("event", value)) => value.clone_into(&mut name),
                Some(("data", value)) => data = serde_json::from_str(value).unwrap(),
                _ if line == "\n" && !name.is_empty() => return Some((name, data)),
                _ => {}
            }
        }
    }

    /// The next event of that name; others are passed over.
    #[track_caller]
    pub fn until(&mut self, name: &str) -> Value {
        loop {
            let (found, data) = self.next();
            if found == name {
                return data;
            }
        }
    }

    /// Whether nothing comes for a while.
    pub fn is_silent(&mut self) -> bool {
        let stream = self.reader.get_ref();
        stream
            .set_read_timeout(Some(Duration::from_millis(900)))
            .unwrap();
        let silent = self.reader.fill_buf().is_err();
        self.reader.get_ref().set_read_timeout(Some(LONG)).unwrap();
        silent
    }
}

/// The hash that a served page carries.
pub fn hash(page: &str) -> String {
    of_script(page, "data-hash=\"")
}

/// What a served page carries of the assets that it is shown with.
pub fn look(page: &str) -> String {
    of_script(page, "data-look=\"")
}

fn of_script(page: &str, name: &str) -> String {
    let start = page.find(name).expect("a served page") + name.len();
    page[start..].split('"').next().unwrap().to_owned()
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let body = bytes[end + 4..].to_vec();
    Some(Answer {
        status,
        headers,
        body,
    })
}

/// Tries until it holds.
#[track_caller]
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < LONG, "{what}");
        std::thread::sleep(Duration::from_millis(30));
    }
}
