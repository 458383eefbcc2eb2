//! QR codes. Drawing one takes milliseconds and anybody may ask: they are drawn away from the threads that answer, one at a time,
//! and what was drawn last is kept.

use bytes::Bytes;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Pictures that are kept: those of the hall and of the cards that were printed last.
const KEPT: usize = 64;

/// The pictures that were drawn last, and the one pen.
#[derive(Clone)]
pub struct Pictures {
    kept: Arc<Mutex<VecDeque<(String, Bytes)>>>,
    pen: Arc<Semaphore>,
}

impl Default for Pictures {
    fn default() -> Self {
        Pictures { kept: Arc::default(), pen: Arc::new(Semaphore::new(1)) }
    }
}

impl Pictures {
    pub fn known(&self, address: &str) -> Option<Bytes> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(of, _)| of == address).map(|(_, picture)| picture.clone())
    }

    /// `None` where it does not fit into a code.
    pub async fn draw(&self, address: String) -> anyhow::Result<Option<Bytes>> {
        let _turn = self.pen.acquire().await?;
        // Somebody may have asked for the same one, and waited less.
        if let Some(picture) = self.known(&address) {
            return Ok(Some(picture));
        }
        let Some(picture) = tokio::task::spawn_blocking({
            let address = address.clone();
            move || drawn(&address)
        })
        .await?
        else {
            return Ok(None);
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back((address, picture.clone()));
        Ok(Some(picture))
    }
}

fn drawn(address: &str) -> Option<Bytes> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let picture = code
        .render::<svg::Color>()
        .quiet_zone(true)
        .min_dimensions(256, 256)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build();
    Some(picture.into())
}
