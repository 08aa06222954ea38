mod agreement;
mod matrix;
mod mirror;
mod part;
mod property;
mod sample;
