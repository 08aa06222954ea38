//! A text as a picture that a telephone reads (QR), drawn here: nothing of it goes to anybody else.

use data_encoding::BASE64;
use qrcode::{EcLevel, QrCode, render::svg};

/// The address of an image; empty where the text is too long for one.
pub fn of(text: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::L) else { return String::new() };
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(320, 320).build();
    format!("data:image/svg+xml;base64,{}", BASE64.encode(drawn.as_bytes()))
}
