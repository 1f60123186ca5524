//! Readiness probes that look from outside, on this machine's own network.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// How often it is looked; on one machine nobody has to be spared.
pub(crate) const PERIOD: Duration = Duration::from_millis(100);
const TIMEOUT: Duration = Duration::from_secs(1);

/// How long to wait before the first look.
pub(crate) fn delay(probe: &Value) -> Duration {
    Duration::from_secs(probe["initialDelaySeconds"].as_u64().unwrap_or(0))
}

/// Whether who is asked answers well.
pub(crate) fn answers(probe: &Value) -> bool {
    if let Some(port) = port(&probe["tcpSocket"]) {
        return connect(port).is_some();
    }
    let get = &probe["httpGet"];
    let Some(mut stream) = port(get).and_then(connect) else { return port(get).is_none() };
    let path = get["path"].as_str().unwrap_or("/");
    let request = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\nUser-Agent: kube-probe\r\n\r\n");
    let mut start = [0; 12];
    let answer = stream.write_all(request.as_bytes()).and_then(|()| stream.read_exact(&mut start));
    let code = std::str::from_utf8(&start[9..]).ok().and_then(|code| code.parse::<u16>().ok());
    answer.is_ok() && code.is_some_and(|code| (200..400).contains(&code))
}

fn port(action: &Value) -> Option<u16> {
    let port = &action["port"];
    let number = port.as_u64().or_else(|| port.as_str()?.parse().ok())?;
    u16::try_from(number).ok()
}

fn connect(port: u16) -> Option<TcpStream> {
    let stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), TIMEOUT).ok()?;
    stream.set_read_timeout(Some(TIMEOUT)).and_then(|()| stream.set_write_timeout(Some(TIMEOUT))).ok()?;
    Some(stream)
}
