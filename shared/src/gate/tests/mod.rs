//! What the gate lets out, and what it never does.
mod agreement;
mod matrix;
mod mirror;
mod part;
mod property;
mod sample;
