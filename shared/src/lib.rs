//! Helhet's domain: supporters as documents in zones, commands, the gate, and what both programs need around them.
