//! How browsers reach a program: by which names, over plain HTTP on this machine or over TLS through a proxy in front, and from
//! which network somebody comes.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use axum::http::HeaderMap;

use super::guard::Hosts;

/// How a program is reached. By default on this machine alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Where people reach it over TLS, which a proxy in front ends.
    pub public: Option<PublicUrl>,
    /// The proxy: of it alone is believed from where somebody comes.
    pub proxy: Option<IpAddr>,
    /// Names by which people reach it besides: `host` or `host:port`.
    pub more_names: Vec<String>,
}

/// `https://host` or `https://host:port`, and nothing after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

/// What was given is no such address.
#[derive(Debug, thiserror::Error)]
#[error(
    "write the address that people type, such as https://helhet.example.org, with nothing after the name"
)]
pub struct NoPublicUrl;

impl PublicUrl {
    /// `host`, or `host:port` where the port is not the usual one: what a browser sends as `Host`.
    pub fn host(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicUrl {
    type Err = NoPublicUrl;

    fn from_str(text: &str) -> Result<Self, NoPublicUrl> {
        let (scheme, name) = text.trim().split_once("://").ok_or(NoPublicUrl)?;
        let name = name.strip_suffix('/').unwrap_or(name).to_ascii_lowercase();
        let (host, port) =
            name.split_once(':').map_or((name.as_str(), None), |(host, port)| (host, Some(port)));
        let named = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
        let port: Option<u16> = port.map(str::parse).transpose().map_err(|_| NoPublicUrl)?;
        if !scheme.eq_ignore_ascii_case("https") || !named {
            return Err(NoPublicUrl);
        }
        Ok(Self(match port.filter(|port| *port != 443) {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}", self.0)
    }
}

impl Reach {
    /// Whether it is reached over TLS.
    pub fn is_secure(&self) -> bool {
        self.public.is_some()
    }

    /// The address that people type, of a program that listens on this port: on its own machine by name, since that is what browsers
    /// hold for safe.
    pub fn origin(&self, port: u16) -> String {
        self.public.as_ref().map_or_else(|| format!("http://localhost:{port}"), PublicUrl::to_string)
    }

    /// The names that are answered, of a program that listens at `address`. Who has a public address is reached by that one.
    pub fn hosts(&self, address: SocketAddr) -> Hosts {
        let more = self.more_names.iter().cloned();
        if let Some(public) = &self.public {
            return Hosts::secure(more.chain([public.host().to_owned()]));
        }
        let local = ["localhost", "127.0.0.1", "[::1]"].map(|host| format!("{host}:{}", address.port()));
        Hosts::new(more.chain(local).chain([address.to_string()]))
    }

    /// The network that somebody comes from: an address, or in IPv6 the half of it that one household has. None where something
    /// stands in front of which nothing was said: its address is everybody's, and what it hands on may be made up.
    pub fn network(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        let peer = peer?.to_canonical();
        let address = match self.proxy {
            Some(proxy) if proxy.to_canonical() == peer => forwarded(headers)?,
            Some(_) => peer,
            None if self.public.is_some() || !self.more_names.is_empty() => return None,
            None => peer,
        };
        Some(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

/// The last of those in `X-Forwarded-For`: what stands before it came from outside, and is anybody's word.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let last = last.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_a_name_and_no_more() {
        for (text, host) in [
            ("https://helhet.example", "helhet.example"),
            ("HTTPS://Helhet.Example/", "helhet.example"),
            ("https://helhet.example:443", "helhet.example"),
            ("https://helhet.example:8443", "helhet.example:8443"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().unwrap().host(), host, "{text}");
        }
        for text in [
            "helhet.example",
            "http://helhet.example",
            "https://",
            "https://helhet.example/hub",
            "https://kari@helhet.example",
            "https://helhet.example:x",
            "https://a:1:2",
        ] {
            assert!(text.parse::<PublicUrl>().is_err(), "{text}");
        }
    }

    fn from(reach: &Reach, peer: &str, forwarded: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        if !forwarded.is_empty() {
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        reach.network(peer.parse().ok(), &headers).map(|network| network.to_string())
    }

    // ASVS 6.3.1, 4.1.3: what a browser or anybody on the way claims is not believed; the named proxy's own word is.
    #[test]
    fn a_proxy_is_believed_only_where_it_was_named() {
        let direct = Reach::default();
        assert_eq!(from(&direct, "192.0.2.1", "203.0.113.9").as_deref(), Some("192.0.2.1"));
        assert_eq!(from(&direct, "::ffff:192.0.2.1", "").as_deref(), Some("192.0.2.1"));
        assert_eq!(from(&direct, "2001:db8:1:2:3:4:5:6", "").as_deref(), Some("2001:db8:1:2::"));

        let public = Reach { public: "https://helhet.example".parse().ok(), ..Reach::default() };
        assert_eq!(from(&public, "127.0.0.1", "203.0.113.9"), None, "nobody vouches for it");
        let named = Reach { more_names: vec!["helhet.example".into()], ..Reach::default() };
        assert_eq!(from(&named, "127.0.0.1", "203.0.113.9"), None);

        let proxied = Reach { proxy: "127.0.0.1".parse().ok(), ..public };
        assert_eq!(from(&proxied, "127.0.0.1", "198.51.100.7, 203.0.113.9").as_deref(), Some("203.0.113.9"));
        assert_eq!(from(&proxied, "127.0.0.1", "203.0.113.9:4711").as_deref(), Some("203.0.113.9"));
        assert_eq!(from(&proxied, "127.0.0.1", "203.0.113.9, unknown"), None);
        assert_eq!(from(&proxied, "127.0.0.1", ""), None);
        assert_eq!(from(&proxied, "192.0.2.1", "203.0.113.9").as_deref(), Some("192.0.2.1"), "not the proxy");
    }
}
