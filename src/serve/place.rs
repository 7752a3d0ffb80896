//! Places for connections: there is always one for who comes.
//!
//! Takes note of what every connection does; where all places are taken, the one that has kept the server
//! waiting longest gives its place up: it has not finished asking, has not asked anything, or does not take
//! what it was sent. A connection that waits for the server (its page is being made, or its page is open)
//! is never one of them. So whoever comes waits only while the server works for all others, which is short.

use super::body::Body;
use hyper::body::{Bytes, Frame, SizeHint};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::sync::Notify;

/// All places.
#[derive(Debug)]
pub(super) struct Places {
    most: usize,
    taken: Mutex<Taken>,
    /// Told when a place is given back, or when it could be given up.
    changed: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Taken {
    next: u64,
    places: BTreeMap<u64, Arc<Place>>,
}

impl Places {
    pub(super) fn new(most: usize) -> Places {
        Places {
            most,
            taken: Mutex::default(),
            changed: Arc::default(),
        }
    }

    /// A place for a connection that has come.
    pub(super) async fn take(self: &Arc<Self>) -> Seat {
        loop {
            if let Some(seat) = self.try_take() {
                return seat;
            }
            self.changed.notified().await;
        }
    }

    fn try_take(self: &Arc<Self>) -> Option<Seat> {
        let mut taken = lock(&self.taken);
        if taken.places.len() >= self.most && !taken.let_one_go() {
            return None;
        }
        let number = taken.next;
        taken.next += 1;
        let place = Arc::new(Place::new(Arc::clone(&self.changed)));
        taken.places.insert(number, Arc::clone(&place));
        Some(Seat {
            number,
            place,
            places: Arc::clone(self),
        })
    }

    /// Lets the one go that has kept the server waiting longest, if there is one that does.
    pub(super) fn let_one_go(&self) {
        lock(&self.taken).let_one_go();
    }
}

impl Taken {
    fn let_one_go(&mut self) -> bool {
        let waited = self.places.iter();
        let waited = waited.filter_map(|(number, place)| Some((place.waits_since()?, *number)));
        let Some((_, number)) = waited.min() else {
            return false;
        };
        if let Some(place) = self.places.remove(&number) {
            place.given_up.notify_one();
        }
        true
    }
}

/// A place that is taken; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    number: u64,
    pub place: Arc<Place>,
    places: Arc<Places>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        lock(&self.places.taken).places.remove(&self.number);
        self.places.changed.notify_one();
    }
}

/// What is known of one connection.
#[derive(Debug)]
pub(super) struct Place {
    doing: Mutex<Doing>,
    changed: Arc<Notify>,
    given_up: Notify,
}

#[derive(Debug)]
struct Doing {
    turn: Turn,
    /// Since when it has not taken what is sent.
    stalled: Option<Instant>,
}

/// Whose turn it is.
#[derive(Debug)]
enum Turn {
    /// The client's, since then.
    Client(Instant),
    /// The server's.
    Server,
}

impl Place {
    pub(super) fn new(changed: Arc<Notify>) -> Place {
        let turn = Turn::Client(Instant::now());
        Place {
            doing: Mutex::new(Doing {
                turn,
                stalled: None,
            }),
            changed,
            given_up: Notify::new(),
        }
    }

    /// Waits until the place is wanted for another.
    pub(super) async fn given_up(&self) {
        self.given_up.notified().await;
    }

    /// The head of a request has come, and the client has `more` to send or has not. Until what is given
    /// here is dropped, the server works for it; with more to come it goes on waiting for the client.
    pub(super) fn asked(self: &Arc<Self>, more: bool) -> Answering {
        lock(&self.doing).turn = match more {
            true => Turn::Client(Instant::now()),
            false => Turn::Server,
        };
        Answering(Arc::clone(self))
    }

    /// The client does not take what is sent.
    pub(super) fn stalls(&self) {
        lock(&self.doing).stalled = Some(Instant::now());
        self.changed.notify_one();
    }

    /// The client takes what is sent again.
    pub(super) fn flows(&self) {
        let mut doing = lock(&self.doing);
        doing.stalled = None;
        if let Turn::Client(since) = &mut doing.turn {
            *since = Instant::now();
        }
    }

    fn waits_since(&self) -> Option<Instant> {
        let doing = lock(&self.doing);
        match doing.turn {
            Turn::Client(since) => Some(doing.stalled.unwrap_or(since)),
            Turn::Server => doing.stalled,
        }
    }
}

/// The server works for a client; when this is dropped, it is the client's turn again.
#[derive(Debug)]
pub(super) struct Answering(Arc<Place>);

impl Drop for Answering {
    fn drop(&mut self) {
        lock(&self.0.doing).turn = Turn::Client(Instant::now());
        self.0.changed.notify_one();
    }
}

/// The body of an answer, which is worked on until all of it was given.
#[derive(Debug)]
pub(super) struct Answered {
    body: Body,
    _answering: Answering,
}

impl Answered {
    pub(super) fn new(body: Body, answering: Answering) -> Answered {
        Answered {
            body,
            _answering: answering,
        }
    }
}

impl hyper::body::Body for Answered {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn are_given_up(seats: &[&Seat]) -> Vec<bool> {
        let places = seats.iter().map(|seat| (seat.number, &seat.places.taken));
        let is_gone =
            |(number, taken): (u64, &Mutex<Taken>)| !lock(taken).places.contains_key(&number);
        places.map(is_gone).collect()
    }

    fn moment() {
        std::thread::sleep(Duration::from_millis(2));
    }

    #[test]
    fn who_has_kept_the_server_waiting_longest_makes_room() {
        let places = Arc::new(Places::new(3));
        let seats = [(); 3].map(|()| {
            moment();
            places.try_take().unwrap()
        });
        let [one, two, three] = &seats;
        // The first has asked and waits for its answer, the second was answered a moment ago.
        let answering = one.place.asked(false);
        moment();
        drop(two.place.asked(false));
        let four = places.try_take().unwrap();
        assert_eq!(are_given_up(&[one, two, three]), [false, false, true]);
        let five = places.try_take().unwrap();
        assert_eq!(are_given_up(&[one, two]), [false, true]);
        // Where the server works for all, whoever comes waits.
        let _busy = [four.place.asked(false), five.place.asked(false)];
        assert!(places.try_take().is_none());
        // One that does not take its answer, or goes on to send, is waited for again.
        one.place.stalls();
        assert!(places.try_take().is_some());
        assert_eq!(are_given_up(&[one, &four, &five]), [true, false, false]);
        drop(answering);
        let _more = four.place.asked(true);
        assert!(places.try_take().is_some());
        drop(five);
        assert!(places.try_take().is_some());
    }

    #[test]
    fn who_reads_on_is_not_the_one_that_goes() {
        let places = Arc::new(Places::new(2));
        let (one, two) = (places.try_take().unwrap(), places.try_take().unwrap());
        one.place.stalls();
        moment();
        two.place.stalls();
        moment();
        one.place.flows();
        let _three = places.try_take().unwrap();
        assert_eq!(are_given_up(&[&one, &two]), [false, true]);
    }
}
