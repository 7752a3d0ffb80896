//! Connections: where they come in, and how much one may ask of the server.

use super::events::STREAMS;
use super::http::{self, Server};
use super::patient::Patient;
use super::place::{Answered, Places, Seat};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::sleep;

/// Connections at one time, where the system allows so many; for more, those make room that keep the server
/// waiting.
const CONNECTIONS: usize = 512;

/// So many there may be in any case: more than pages may be open, which do not make room.
const FEWEST: usize = STREAMS + 32;

/// So many files may be open beside them.
const FILES: usize = 64;

/// So many may come at once before the system refuses some, which then try again a second later.
#[cfg(unix)]
const COMING: i32 = 4096;

/// How much of what is sent to a client the system holds for it, in bytes.
#[cfg(unix)]
const HELD: usize = 128 * 1024;

/// The most that a request line and its headers may take, in bytes and in number.
const HEAD: usize = 16 * 1024;
const HEADERS: usize = 64;

/// How long a client may take to send a request's head; so long a connection also rests between two.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// How long a client may leave what it was sent unread.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many ports are tried where the one that was asked for is taken.
const PORTS: u16 = 100;

/// A socket that is bound.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    /// The host as it was asked for.
    pub host: String,
    /// Where it listens.
    pub address: SocketAddr,
    /// The port that was asked for, where it was taken.
    pub taken: Option<u16>,
}

/// Binds to a host and a port, or to the next free port after it.
///
/// # Errors
/// Where the host is unknown, or the system refuses.
pub fn bind(host: &str, port: u16) -> io::Result<Bound> {
    // `[::1]` is how an address of version 6 is written before a port.
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let found = (name, port).to_socket_addrs()?.next();
    let ip = found.map(|address| address.ip());
    let ip = ip.ok_or_else(|| io::Error::other("the name has no address"))?;
    let mut last = None;
    for next in port..=port.saturating_add(PORTS) {
        match TcpListener::bind((ip, next)) {
            Ok(listener) => {
                // Before anybody is told of the address.
                #[cfg(unix)]
                {
                    rustix::net::listen(&listener, COMING)?;
                    rustix::net::sockopt::set_socket_send_buffer_size(&listener, HELD)?;
                }
                return Ok(Bound {
                    address: listener.local_addr()?,
                    listener,
                    host: host.to_owned(),
                    taken: (next != port).then_some(port),
                });
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
}

impl Bound {
    /// The address for a browser on this machine.
    #[must_use]
    pub fn url(&self) -> String {
        let port = self.address.port();
        match self.address.ip() {
            ip if ip.is_unspecified() => format!("http://localhost:{port}/"),
            ip if self.is_name() || ip.is_ipv4() => format!("http://{}:{port}/", self.host),
            ip => format!("http://[{ip}]:{port}/"),
        }
    }

    /// Whether only this machine can reach it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.address.ip().is_loopback()
    }

    fn is_name(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        host.parse::<IpAddr>().is_err()
    }

    pub(super) fn listener(self) -> io::Result<tokio::net::TcpListener> {
        self.listener.set_nonblocking(true)?;
        tokio::net::TcpListener::from_std(self.listener)
    }
}

/// Takes connections for ever.
pub(super) async fn accept(socket: tokio::net::TcpListener, server: Arc<Server>) {
    let places = Arc::new(Places::new(connections()));
    loop {
        let (stream, peer) = match socket.accept().await {
            Ok(accepted) => accepted,
            // The client has gone already.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => continue,
            // No more files may be open.
            Err(_) => {
                places.let_one_go();
                sleep(Duration::from_millis(10)).await;
                continue;
            }
        };
        let own = stream.local_addr().map(|own| own.ip());
        let near = peer.ip().to_canonical().is_loopback() || own.is_ok_and(|own| own == peer.ip());
        // Small pieces are sent at once: an event is worth nothing later.
        let _ = stream.set_nodelay(true);
        let seat = places.take().await;
        tokio::spawn(connection(stream, near, seat, Arc::clone(&server)));
        // Of many that come at once, each is heard before its place can be wanted for another.
        tokio::task::yield_now().await;
    }
}

/// How many connections there may be at one time: what the system lets a program have open, less what
/// files need.
fn connections() -> usize {
    #[cfg(unix)]
    let open = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    #[cfg(not(unix))]
    let open: Option<u64> = None;
    let open = open.and_then(|open| usize::try_from(open).ok());
    open.map_or(CONNECTIONS, |open| {
        open.saturating_sub(FILES).clamp(FEWEST, CONNECTIONS)
    })
}

async fn connection(stream: TcpStream, near: bool, seat: Seat, server: Arc<Server>) {
    let place = &seat.place;
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let server = Arc::clone(&server);
        let answering = place.asked(!request.body().is_end_stream());
        async move {
            let answer = http::answer(server, near, request).await;
            Ok::<_, Infallible>(answer.map(|body| Answered::new(body, answering)))
        }
    });
    let stream = Patient::new(stream, Arc::clone(place), PATIENCE);
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // What goes wrong in a connection is the client's to mend.
        _ = served => {}
        () = place.given_up() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_taken_gives_the_next_one_that_is_free() {
        let first = bind("127.0.0.1", 0).unwrap();
        assert_eq!(first.taken, None);
        let port = first.address.port();
        let second = bind("127.0.0.1", port).unwrap();
        assert_eq!(second.taken, Some(port));
        assert!(second.address.port() > port);
        assert!(bind("no.such.host.invalid", 0).is_err());
    }

    #[test]
    fn addresses_are_written_as_a_browser_takes_them() {
        let url = |host: &str| {
            let bound = bind(host, 0).unwrap();
            let port = format!(":{}/", bound.address.port());
            (bound.url().replace(&port, ""), bound.is_loopback())
        };
        assert_eq!(url("127.0.0.1"), ("http://127.0.0.1".to_owned(), true));
        assert_eq!(url("localhost"), ("http://localhost".to_owned(), true));
        assert_eq!(url("0.0.0.0"), ("http://localhost".to_owned(), false));
        for host in ["::1", "[::1]"] {
            // Not every machine has addresses of version 6.
            if bind(host, 0).is_ok() {
                assert_eq!(url(host), ("http://[::1]".to_owned(), true));
            }
        }
    }
}
