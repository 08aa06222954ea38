//! A network with nobody else on it, and what crosses its loopback device.

use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// Set in the process that is inside.
const INSIDE: &str = "HELHET_BENCH_INSIDE";
/// The wire is quiet when nothing crossed it for so long.
const QUIET: Duration = Duration::from_millis(700);
const QUIET_AT_LAST: Duration = Duration::from_secs(20);

/// Starts this program anew in a network namespace of its own; returns in the one that is inside.
pub(crate) fn enter_a_private_network() -> Result<()> {
    if std::env::var_os(INSIDE).is_some() {
        return Ok(());
    }
    let id = Command::new("id").arg("-u").output().context("`id` is needed")?;
    let namespaces = if id.stdout.trim_ascii() == b"0" { "-n" } else { "-rn" };
    // Ethernet's size, so that packets are as on a real way.
    let script = "ip link set lo mtu 1500 up && exec \"$@\"";
    let failed = Command::new("unshare")
        .args([namespaces, "sh", "-c", script, "sh"])
        .arg(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .env(INSIDE, "1")
        .exec();
    bail!("`unshare` is needed, for a network without others: {failed}")
}

/// The bytes that have crossed the device: with the headers of IP and of UDP or TCP, both directions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crossed(u64);

impl Crossed {
    /// As of now.
    pub(crate) fn now() -> Result<Self> {
        let devices = std::fs::read_to_string("/proc/net/dev")?;
        let line = devices.lines().find_map(|line| line.trim().strip_prefix("lo:"));
        let bytes = line.and_then(|line| line.split_whitespace().next()).context("no loopback device")?;
        Ok(Self(bytes.parse()?))
    }

    /// What has crossed since, up to now.
    pub(crate) fn since(self) -> Result<u64> {
        Ok(Self::now()?.0.saturating_sub(self.0))
    }

    /// What has crossed since, once the wire is quiet.
    pub(crate) fn until_quiet(self) -> Result<u64> {
        settle()?;
        self.since()
    }
}

/// Waits until the wire is quiet.
pub(crate) fn settle() -> Result<()> {
    let began = Instant::now();
    let (mut last, mut quiet_since) = (Crossed::now()?, Instant::now());
    while quiet_since.elapsed() < QUIET && began.elapsed() < QUIET_AT_LAST {
        std::thread::sleep(Duration::from_millis(50));
        let crossed = last.since()?;
        // Less is a keep-alive, or the last acknowledgements.
        if crossed > 200 {
            quiet_since = Instant::now();
        }
        last = Crossed::now()?;
    }
    Ok(())
}
