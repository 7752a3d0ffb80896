//! Connections: where they come in, and how much one may ask of the server.

use super::body::Body;
use super::http::{self, Server};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs as _};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep};

/// Connections at one time; more wait until one of them ends.
const CONNECTIONS: usize = 192;

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

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer {
    /// Whether it is on this machine: only then is it shown what stands in the files, and may it open
    /// the editor.
    pub here: bool,
}

/// Takes connections for ever.
pub(super) async fn accept(socket: tokio::net::TcpListener, server: Arc<Server>) {
    let permits = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else {
            return;
        };
        let Ok((stream, peer)) = socket.accept().await else {
            // No more files may be open, or the client has gone already.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let own = stream.local_addr().map(|own| own.ip());
        let here = peer.ip().to_canonical().is_loopback() || own.is_ok_and(|own| own == peer.ip());
        // Small pieces are sent at once: an event is worth nothing later.
        let _ = stream.set_nodelay(true);
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            connection(Patient::new(stream, PATIENCE), Peer { here }, server).await;
            drop(permit);
        });
    }
}

async fn connection(stream: Patient, peer: Peer, server: Arc<Server>) {
    let service = service_fn(move |request| {
        let server = Arc::clone(&server);
        async move { Ok::<hyper::Response<Body>, Infallible>(http::answer(server, peer, request).await) }
    });
    // What goes wrong in a connection is the client's to mend.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// A stream that fails where its other end does not take what is sent.
#[derive(Debug)]
struct Patient {
    stream: tokio::net::TcpStream,
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: tokio::net::TcpStream, patience: Duration) -> Patient {
        Patient {
            stream,
            patience,
            stalled: None,
        }
    }

    fn judge(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let patience = self.patience;
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(sleep(patience)));
        match stalled.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.judge(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;
    use tokio::io::AsyncWriteExt as _;

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

    #[test]
    fn who_leaves_what_is_sent_unread_is_let_go() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let client = tokio::net::TcpStream::connect(listener.local_addr().unwrap());
            let (client, accepted) = tokio::join!(client, listener.accept());
            let patience = Duration::from_millis(200);
            let mut stream = Patient::new(accepted.unwrap().0, patience);
            let start = Instant::now();
            let error = loop {
                if let Err(error) = stream.write_all(&[0; 64 * 1024]).await {
                    break error;
                }
            };
            assert_eq!(error.kind(), io::ErrorKind::TimedOut);
            assert!(start.elapsed() >= patience);
            drop(client);
        });
    }
}
