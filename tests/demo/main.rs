//! The demo: an office and three chapters of made-up people on this machine, in one process, to be looked at in the
//! browser. `cargo run --release --bin demo [-- --keep DIR]`; the tour is in README.md.

mod chapter;
mod office;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use chapter::Chapter;
use clap::Parser;
use office::Office;
use tokio::sync::mpsc;

/// Good enough for people who do not exist.
const PASSWORD: &str = "mange bekker små gjør en stor å";

#[derive(Debug, Parser)]
#[command(about = "A hub and three chapters on this machine, with made-up people")]
struct Options {
    /// Keep the data in this folder, and go on from there the next time.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    let temporary = tempfile::tempdir()?;
    let folder = options.keep.clone().unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;

    println!(
        "Starting an office and three chapters. The first time takes a minute: their lists are imported."
    );
    let office = Office::open(&folder.join("hub")).await?;
    let mut chapters = Vec::new();
    for (name, port) in [("Bergen", 7071), ("Oslo", 7072), ("Tromsø", 7073)] {
        chapters.push(Chapter::open(&folder, name, port, &office).await?);
    }
    office.hub.project()?;
    greet(&office, &chapters, options.keep.as_deref());

    let mut typed = lines_typed();
    let mut stop = std::pin::pin!(asked_to_stop());
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(line) = typed.recv() => if obey(line.trim(), &chapters) { break },
        }
    }
    println!("Stopping.");
    for chapter in chapters {
        chapter.stop().await;
    }
    office.stop().await;
    Ok(())
}

fn greet(office: &Office, chapters: &[Chapter], kept: Option<&std::path::Path>) {
    println!("\n  The office   http://localhost:{}   sign in as kontor", office.http().port());
    for chapter in chapters {
        println!("  {:<12} {}   sign in as leder", chapter.name, chapter.address);
    }
    println!("  Password     {PASSWORD}");
    println!(
        "  Code         the office asks for one besides the password; an app has it, and here `code` shows it\n"
    );
    println!("README.md has a tour of ten minutes. Type here:");
    println!("  code             shows the code for the office, good once and for half a minute");
    println!("  offline tromso   pulls the network of Tromsø (bergen and oslo too)");
    println!("  online tromso    puts it back");
    println!("  quit             stops everything, as Ctrl-C does");
    match kept {
        Some(folder) => println!("The data stays in {}.", folder.display()),
        None => println!("The data is gone when you stop; --keep DIR keeps it."),
    }
}

/// Does what was typed; whether that was to stop.
fn obey(line: &str, chapters: &[Chapter]) -> bool {
    let named = |name: &str| chapters.iter().find(|chapter| chapter.is_called(name));
    match line.split_once(' ').map_or((line, None), |(verb, name)| (verb, named(name.trim()))) {
        ("", _) => {}
        ("quit" | "exit", _) => return true,
        ("code", _) => println!("The code is {}", Office::code()),
        ("offline", Some(chapter)) => {
            chapter.cable.pull();
            println!("{} has no network. What is done there waits.", chapter.name);
        }
        ("online", Some(chapter)) => {
            chapter.cable.put_back();
            println!("{} has its network back.", chapter.name);
        }
        (_, _) => println!("Type `code`, `offline tromso`, `online tromso` or `quit`."),
    }
    false
}

/// What is typed in the terminal, line by line; nothing where there is none.
fn lines_typed() -> mpsc::UnboundedReceiver<String> {
    let (sender, receiver) = mpsc::unbounded_channel();
    // Reading a terminal cannot be broken off, so it has a thread that ends with the process.
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}

/// This port, or a free one where it is taken.
fn port_near(wanted: u16) -> Result<u16> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", wanted))
        .or_else(|_| std::net::TcpListener::bind(("127.0.0.1", 0)))
        .context("no port is free")?;
    Ok(listener.local_addr()?.port())
}
