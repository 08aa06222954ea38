//! Meeting the chapter's other computers where there is no office in reach: this one opens a port for them, or goes to one
//! that has.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use super::chapter::{Chapter, failed};
use super::desk::DeskError;
use crate::sync::SyncError;

/// The port that the page opens, so that it need not be read out.
pub(super) const PORT: u16 = 4434;

/// Where this computer is met, while the program runs.
#[derive(Debug, Default)]
pub(super) struct Meeting {
    wanted: Option<SocketAddr>,
    open: Option<SocketAddr>,
}

impl Chapter {
    /// Lets the chapter's other computers in at this address, at once or as soon as there is a chapter. Gives the address.
    ///
    /// # Errors
    /// When it is taken.
    pub fn meet_at(&self, address: SocketAddr) -> Result<SocketAddr, SyncError> {
        self.meeting(|meeting| meeting.wanted = Some(address));
        Ok(self.meet_as_wanted()?.unwrap_or(address))
    }

    pub(super) fn meet_as_wanted(&self) -> Result<Option<SocketAddr>, SyncError> {
        let (wanted, open) = self.meeting(|meeting| (meeting.wanted, meeting.open));
        let (Some(wanted), None, Some(node)) = (wanted, open, self.joined()) else { return Ok(open) };
        let (address, listening) = node.listen(wanted)?;
        self.meeting(|meeting| meeting.open = Some(address));
        self.spawn(listening);
        Ok(Some(address))
    }

    /// Opens the port for the chapter's other computers.
    pub(super) fn meet_here(&self) -> Result<(), DeskError> {
        let unspecified = if own_address().is_some_and(|own| own.is_ipv6()) { "::" } else { "0.0.0.0" };
        let any: IpAddr = unspecified.parse().map_err(failed)?;
        self.meet_at(SocketAddr::new(any, PORT)).map_err(failed).map(|_| ())
    }

    /// What the other computer's user has to type, if the port is open.
    pub(super) fn meeting_place(&self) -> Option<String> {
        let open = self.meeting(|meeting| meeting.open)?;
        if !open.ip().is_unspecified() {
            return Some(open.to_string());
        }
        // In no network at all there is nobody to meet but oneself.
        let own = own_address().unwrap_or(Ipv4Addr::LOCALHOST.into());
        Some(SocketAddr::new(own, open.port()).to_string())
    }

    /// Goes to another computer of the chapter, and comes back when both have the same.
    pub(super) fn meet_there(&self, address: &str) -> Result<(), DeskError> {
        let address = address.trim();
        let with_port = match address.parse::<IpAddr>() {
            Ok(ip) => SocketAddr::new(ip, PORT).to_string(),
            Err(_) if address.contains(':') => address.to_owned(),
            Err(_) => format!("{address}:{PORT}"),
        };
        let node = self.node()?;
        match self.wait_for(node.meet(&with_port)) {
            Ok(_) => Ok(()),
            Err(SyncError::Address { .. } | SyncError::Unreachable { .. } | SyncError::Broken(_)) => {
                Err(DeskError::NobodyThere)
            }
            Err(SyncError::Refused(_)) => Err(DeskError::NotLetIn),
            Err(
                error @ (SyncError::Busy
                | SyncError::Copied
                | SyncError::Endpoint(_)
                | SyncError::Write(_)
                | SyncError::Lock { .. }),
            ) => Err(failed(error)),
        }
    }
}

/// This computer's address in its network, if it is in one. Nothing is sent: a datagram socket that is told its peer says
/// from where it would.
fn own_address() -> Option<IpAddr> {
    // Addresses for documentation (RFC 5737, RFC 3849).
    let towards = |from: &str, to: &str| {
        let socket = UdpSocket::bind(from).ok()?;
        socket.connect(to).ok()?;
        socket.local_addr().ok().map(|address| address.ip())
    };
    towards("0.0.0.0:0", "192.0.2.1:9").or_else(|| towards("[::]:0", "[2001:db8::1]:9"))
}
