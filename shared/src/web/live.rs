//! Live updates: a page opens `/live`, hears "something changed", and its script fetches the page again and puts the parts marked
//! `data-live` in place. No personal data goes over the stream, and without script a reload shows the same.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use tokio::sync::watch;

/// Wakes open pages. The programs call [`Live::changed`] after every commit that a page may show.
#[derive(Debug, Clone)]
pub struct Live(watch::Sender<u64>);

const CLOSED: u64 = u64::MAX;

impl Default for Live {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Live {
    pub fn changed(&self) {
        self.0.send_if_modified(|count| {
            let open = *count != CLOSED;
            *count += u64::from(open);
            open
        });
    }

    /// Ends all streams, so that the program can stop without waiting for browsers.
    pub fn close(&self) {
        self.0.send_replace(CLOSED);
    }

    /// The stream of one page: a `change` per change, several at once as one. It ends when the program does.
    pub fn stream(&self) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
        let events = futures_util::stream::unfold(self.0.subscribe(), |mut receiver| async move {
            receiver.changed().await.ok()?;
            // A burst of commits (an import, a catch-up) is one reload.
            tokio::time::sleep(Duration::from_millis(150)).await;
            let count = *receiver.borrow_and_update();
            if count == CLOSED {
                return None;
            }
            Some((Ok(Event::default().event("change").data(count.to_string())), receiver))
        });
        Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
    }
}
