//! Commands that run while a test does something to them, and what may be done to any process: stop it, let it go on.

use std::process::{Child, Command};

use crate::process::{Installation, Run};

/// A command that was started. It is killed if it still runs when this is dropped.
#[derive(Debug)]
pub struct Running {
    typed: String,
    child: Option<Child>,
}

impl Running {
    /// Whether it has come to its end.
    pub fn has_ended(&mut self) -> bool {
        let child = self.child.as_mut().expect("a command is ended once");
        child.try_wait().expect("a child can be asked").is_some()
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.as_ref().expect("a command is ended once").id()
    }

    /// Waits for its end; what it said. What it may say is less than a pipe holds.
    pub fn end(mut self) -> Run {
        let child = self.child.take().expect("a command is ended once");
        let output = child.wait_with_output().expect("the program ends");
        Run::of(std::mem::take(&mut self.typed), &output)
    }

    /// Ends it at once, as a power switch does.
    pub fn kill(mut self) {
        self.end_at_once();
    }

    fn end_at_once(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end_at_once();
    }
}

impl Installation {
    /// Starts a command and leaves it running.
    pub fn start<S: AsRef<str>>(&self, arguments: &[S]) -> Running {
        let child = self.spawn(arguments);
        Running { typed: self.typed(arguments), child: Some(child) }
    }
}

/// A process that stands still: it neither reads nor writes, and its connections stay open. It goes on when this is
/// dropped.
#[derive(Debug)]
pub struct Stopped(u32);

impl Stopped {
    /// Stops a process and returns when it stands still.
    pub fn process(process: u32) -> Self {
        signal("STOP", process);
        let stopped = Self(process);
        crate::process::wait_until("the process stands still", || {
            states_of(process).into_iter().all(stands_still)
        });
        stopped
    }
}

/// T is stopped; a process that ended meanwhile moves no more either.
fn stands_still(state: char) -> bool {
    matches!(state, 'T' | 'Z' | 'X')
}

/// The letters of the states of all threads of a process; none where there is no such process.
fn states_of(process: u32) -> Vec<char> {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let states = threads.flatten().filter_map(|thread| {
        let status = std::fs::read_to_string(thread.path().join("stat")).ok()?;
        // The name before it stands in brackets, and may hold anything.
        status.rsplit(')').next()?.trim().chars().next()
    });
    states.collect()
}

impl Drop for Stopped {
    fn drop(&mut self) {
        signal("CONT", self.0);
    }
}

fn signal(name: &str, process: u32) {
    // One that has ended cannot be told anything.
    let _ = Command::new("kill").args([format!("-{name}"), process.to_string()]).status();
}

/// The most memory that a process has used so far, in bytes, as Linux tells it.
pub fn peak_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a running process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells of memory");
    let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kibibytes * 1024
}
