//! The real programs, started as their users start them, each on a data folder of its own.
//!
//! Nothing here reaches into a program: it sees exit codes, standard output, files and HTTP. The programs are taken from
//! the folder that this test was built into, so `cargo build --workspace` comes first (`tests/run` does both).

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::invariants;

/// How long a condition may take to come true before a test fails; far more than it takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The path of a program of this workspace, `helhet-node` or `helhet-hub`.
pub fn program(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("a running program knows its own path");

    own.ancestors()
        .skip(1)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
        .unwrap_or_else(|| panic!("{name} is not built: run `cargo build --workspace` first"))
}

/// Asks again and again until the condition holds; panics with `what` when it does not within a minute.
pub fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let started = Instant::now();
    while !condition() {
        assert!(started.elapsed() < PATIENCE, "waited {PATIENCE:?} in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What one run of a command left behind.
#[derive(Debug)]
pub struct Run {
    /// The command as typed, for the message of a failing test.
    pub typed: String,
    /// The exit code; 0 done, 1 failed, 2 wrong usage.
    pub code: Option<i32>,
    /// Standard output: the result.
    pub out: String,
    /// Standard error: the messages.
    pub err: String,
}

impl Run {
    pub(crate) fn of(typed: String, output: &Output) -> Self {
        Self {
            typed,
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The result of a command that must have worked.
    pub fn done(self) -> String {
        assert_eq!(self.code, Some(0), "`{}` failed:\n{}{}", self.typed, self.err, self.out);
        self.out
    }

    /// The JSON result of a command that must have worked.
    pub fn json(self) -> Value {
        let typed = self.typed.clone();
        let out = self.done();
        serde_json::from_str(&out)
            .unwrap_or_else(|error| panic!("`{typed}` printed no JSON ({error}):\n{out}"))
    }

    /// The message of a command that must have failed with this exit code.
    pub fn refused(self, code: i32) -> String {
        assert_eq!(
            self.code,
            Some(code),
            "`{}` should have ended with {code}:\n{}{}",
            self.typed,
            self.err,
            self.out
        );
        assert!(!self.err.trim().is_empty(), "`{}` failed without a word", self.typed);
        assert!(!self.err.contains("panicked"), "`{}` fell over:\n{}", self.typed, self.err);
        self.err
    }
}

/// One installation of a program: its data folder, its ports, and its `serve` while that runs.
#[derive(Debug)]
pub struct Installation {
    program: PathBuf,
    data: PathBuf,
    temp: PathBuf,
    log: PathBuf,
    environment: Vec<(String, String)>,
    http: u16,
    quic: Option<u16>,
    serving: Option<Child>,
}

impl Installation {
    /// A hub that will listen on free ports of this machine.
    pub fn hub(folder: &Path) -> Self {
        Self::new("helhet-hub", folder, "hub", Some(free_udp_port()))
    }

    /// A chapter's program.
    pub fn node(folder: &Path, name: &str) -> Self {
        Self::node_of("helhet-node", folder, name)
    }

    /// A chapter's program by another name: the one whose gate is broken on purpose.
    pub fn node_of(program: &str, folder: &Path, name: &str) -> Self {
        Self::new(program, folder, name, None)
    }

    /// A hub by another name: one that is broken on purpose.
    pub fn hub_of(program: &str, folder: &Path) -> Self {
        Self::new(program, folder, "hub", Some(free_udp_port()))
    }

    /// The same with this in the environment of its processes.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    fn new(program_name: &str, folder: &Path, name: &str, quic: Option<u16>) -> Self {
        let temp = folder.join(format!("{name}.temp"));
        fs::create_dir_all(&temp).expect("a temporary folder can be made");
        Self {
            program: program(program_name),
            data: folder.join(name),
            temp,
            log: folder.join(format!("{name}.log")),
            environment: Vec::new(),
            http: free_tcp_port(),
            quic,
            serving: None,
        }
    }

    /// The folder that holds everything of this installation.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The folder where its processes put what is temporary.
    pub fn temp(&self) -> &Path {
        &self.temp
    }

    /// What `serve` wrote so far on both streams.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()).into_owned()
    }

    /// The address of its screens.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.http)
    }

    /// Where a hub takes sessions.
    pub fn quic_address(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.quic.expect("a hub takes sessions")).into()
    }

    /// Runs a command to its end.
    pub fn run<S: AsRef<str>>(&self, arguments: &[S]) -> Run {
        self.run_with_input(arguments, "")
    }

    /// Runs a command to its end with this text on its standard input.
    pub fn run_with_input<S: AsRef<str>>(&self, arguments: &[S], input: &str) -> Run {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("standard input was asked for");
        // A program that wants no input may have closed it.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("the program ends");
        Run::of(self.typed(arguments), &output)
    }

    /// A command as it is typed.
    pub(crate) fn typed<S: AsRef<str>>(&self, arguments: &[S]) -> String {
        let words: Vec<&str> = arguments.iter().map(AsRef::as_ref).collect();
        format!("{} {}", self.program_name(), words.join(" "))
    }

    /// Starts a command and leaves it running, for a test that kills it.
    pub fn spawn<S: AsRef<str>>(&self, arguments: &[S]) -> Child {
        self.command(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts")
    }

    /// Starts `serve` and returns when HTTP answers (and with it QUIC, which opens first).
    pub fn serve(&mut self) {
        self.serve_with(&[]);
    }

    /// The same, met by the chapter's other computers at the address that it gives.
    pub fn serve_meeting(&mut self) -> SocketAddr {
        let free = UdpSocket::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
        let address = free.expect("there is a free port");
        self.serve_with(&["--lan", &address.to_string()]);
        address
    }

    fn serve_with(&mut self, more: &[&str]) {
        assert!(self.serving.is_none(), "{} serves already", self.program_name());
        let log = File::options().create(true).append(true).open(&self.log).expect("the log opens");
        let mut arguments = vec!["serve".to_owned(), "--http".into(), format!("127.0.0.1:{}", self.http)];
        if let Some(quic) = self.quic {
            arguments.extend(["--quic".into(), format!("127.0.0.1:{quic}")]);
        }
        arguments.extend(more.iter().map(|word| (*word).to_owned()));
        let child = self
            .command(&arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a handle can be doubled"))
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let mut child = Guarded(Some(child));
        wait_until(&format!("{} answers by HTTP", self.program_name()), || {
            let gone = child.as_mut().and_then(|child| child.try_wait().ok().flatten());
            if let Some(status) = gone {
                panic!("`serve` ended with {status}:\n{}", self.log());
            }
            self.answers()
        });
        self.serving = child.0.take();
    }

    /// Whether its screens answer, with whatever status.
    pub fn answers(&self) -> bool {
        self.ask("GET", "/", &[], "").is_ok()
    }

    /// One request over HTTP, with a form as its body where there is one.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, String)],
        form: &str,
    ) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.http))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n", self.http);
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !form.is_empty() {
            request.push_str(&format!(
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                form.len()
            ));
        }
        write!(stream, "{request}\r\n{form}")?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Answer::read(&String::from_utf8_lossy(&bytes))
    }

    /// The process of `serve`, while it runs.
    pub fn process(&self) -> Option<u32> {
        self.serving.as_ref().map(Child::id)
    }

    /// Ends `serve` at once, as a power switch does.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.serving.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Asks `serve` to end, and waits until it has.
    pub fn stop(&mut self) -> ExitStatus {
        let mut child = self.serving.take().expect("`serve` runs");
        let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
        assert!(asked.is_ok_and(|status| status.success()), "`serve` could not be asked to end");
        let mut ended = None;
        wait_until("`serve` ends when asked", || {
            ended = child.try_wait().expect("a child can be asked");
            ended.is_some()
        });
        ended.expect("it has just ended")
    }

    fn command<S: AsRef<str>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(arguments.iter().map(AsRef::as_ref))
            .arg("--data")
            .arg(&self.data)
            .env_remove("HELHET_DATA")
            .env("TMPDIR", &self.temp)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .env("NO_COLOR", "1");
        command
    }

    fn program_name(&self) -> String {
        self.program.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        self.kill();
    }
}

/// An answer over HTTP.
#[derive(Debug)]
pub struct Answer {
    /// The status, 200 …
    pub status: u16,
    head: String,
    /// The page.
    pub body: String,
}

impl Answer {
    fn read(text: &str) -> std::io::Result<Self> {
        let (head, body) = text.split_once("\r\n\r\n").ok_or(std::io::ErrorKind::InvalidData)?;
        let status = head.split(' ').nth(1).and_then(|number| number.parse().ok());
        let status = status.ok_or(std::io::ErrorKind::InvalidData)?;
        Ok(Self { status, head: head.to_owned(), body: body.to_owned() })
    }

    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<String> {
        self.all(name).into_iter().next()
    }

    /// Every header of this name.
    pub fn all(&self, name: &str) -> Vec<String> {
        let named = |line: &str| {
            let (own, value) = line.split_once(':')?;
            own.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        };
        self.head.lines().filter_map(named).collect()
    }
}

/// A child that is killed if the test ends before it is handed over.
struct Guarded(Option<Child>);

impl Guarded {
    fn as_mut(&mut self) -> Option<&mut Child> {
        self.0.as_mut()
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A hub that serves, and the chapters that have joined it.
#[derive(Debug)]
pub struct Town {
    folder: TempDir,
    /// The national office.
    pub hub: Installation,
    unchecked: bool,
}

impl Drop for Town {
    /// C3, C4, C5, C7, C8 at the end of every story.
    fn drop(&mut self) {
        if !self.unchecked && !std::thread::panicking() {
            let broken = invariants::broken(self.folder(), &self.hub);
            assert!(broken.is_empty(), "{} are broken: {:#?}", broken.len(), &broken[..broken.len().min(10)]);
        }
    }
}

impl Town {
    /// A new organisation, its hub serving.
    pub fn new() -> Self {
        Self::in_folder(TempDir::new().expect("a temporary folder can be made"))
    }

    /// A new organisation in this folder.
    pub fn in_folder(folder: TempDir) -> Self {
        let hub = Installation::hub(folder.path());
        Self::of(folder, hub)
    }

    /// A new organisation in this folder, at this hub.
    pub fn of(folder: TempDir, mut hub: Installation) -> Self {
        hub.run(&["init", "--name", "Lysning"]).done();
        hub.serve();
        Self { folder, hub, unchecked: false }
    }

    /// Lets what is broken here be: a test has broken it on purpose, or nothing is to be tested.
    pub fn leave_broken(mut self) {
        self.unchecked = true;
    }

    /// The folder that holds every installation and log of this town.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file of the test's own, beside the installations.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder().join(name);
        fs::write(&path, text).expect("a temporary file can be written");
        path.display().to_string()
    }

    /// The invite of a new chapter, as the office sends it.
    pub fn invite(&self, chapter: &str) -> String {
        let invite = self.hub.run(&["chapter", "add", chapter]).done();
        assert_eq!(invite.lines().count(), 1, "an invite is one line: {invite:?}");
        invite.trim().to_owned()
    }

    /// A chapter that has joined and accepted the agreement.
    pub fn chapter(&self, name: &str) -> Installation {
        self.chapter_with_words(name).0
    }

    /// The same, with the words of its recovery phrase.
    pub fn chapter_with_words(&self, name: &str) -> (Installation, String) {
        let node = Installation::node(self.folder(), &name.to_lowercase());
        let words = join(&node, &self.invite(name)).done();
        (node, words)
    }
}

impl Default for Town {
    fn default() -> Self {
        Self::new()
    }
}

/// Joins with an invite, given on standard input as a person would paste it.
pub fn join(node: &Installation, invite: &str) -> Run {
    node.run_with_input(&["join", "-", "--device", "laptop", "--key-file", "--accept-agreement"], invite)
}

fn free_tcp_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a bound socket has an address").port()
}

fn free_udp_port() -> u16 {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a free port");
    socket.local_addr().expect("a bound socket has an address").port()
}
