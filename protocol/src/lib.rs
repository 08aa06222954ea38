//! Helhet's wire: identities, certificates, signed logs, frames and the QUIC session. Knows bytes, not supporters.
