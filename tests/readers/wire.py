"""What goes over a wire, as a file of pcap: whole conversations, made by hand, so that nothing is sent anywhere."""

import ipaddress
import itertools
import struct
from pathlib import Path

# Whose network it is; the other side of what is no address itself.
HERE = {4: "10.0.0.1", 6: "fd00::1"}
THERE = "203.0.113.1"

SYN, ACK, PUSH, FIN = 2, 16, 8, 1


def packet(source, to, protocol, body):
    source, to = ipaddress.ip_address(source), ipaddress.ip_address(to)
    if to.version == 4:
        head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(body), 0, 0, 64, protocol, 0)
    else:
        head = struct.pack(">IHBB", 6 << 28, len(body), protocol, 64)
    kind = 0x0800 if to.version == 4 else 0x86DD
    return bytes(12) + struct.pack(">H", kind) + head + source.packed + to.packed + body


def tcp(own_port, to, port, said=b""):
    """A conversation: begun, a request where there is one, ended."""
    here = HERE[ipaddress.ip_address(to).version]
    sent, got = 1, 1
    for ours, flags, body in [
        (True, SYN, b""),
        (False, SYN | ACK, b""),
        (True, ACK, b""),
        (True, PUSH | ACK, said),
        (False, ACK, b""),
        (True, FIN | ACK, b""),
        (False, FIN | ACK, b""),
        (True, ACK, b""),
    ]:
        ports = (own_port, port) if ours else (port, own_port)
        numbers = (sent, got) if ours else (got, sent)
        head = struct.pack(">HHIIBBHHH", *ports, *numbers, 5 << 4, flags, 65535, 0, 0)
        ends = (here, to) if ours else (to, here)
        yield packet(*ends, 6, head + body)
        more = len(body) + bool(flags & (SYN | FIN))
        sent, got = (sent + more, got) if ours else (sent, got + more)


def dns(own_port, name):
    labels = b"".join(struct.pack("B", len(it)) + it.encode() for it in name.split("."))
    question = struct.pack(">HHHHHH", own_port, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">HH", 1, 1)
    yield packet(HERE[4], THERE, 17, struct.pack(">HHHH", own_port, 53, 8 + len(question), 0) + question)


def tls(own_port, name, port=443, cipher=0xC02B):
    """The first words of an encrypted conversation. Their JA3 is the MD5 of `771,CIPHER,0,,`."""
    name = name.encode()
    names = struct.pack(">HBH", 3 + len(name), 0, len(name)) + name
    extensions = struct.pack(">HH", 0, len(names)) + names
    hello = struct.pack(">H32xBHHBBH", 0x0303, 0, 2, cipher, 1, 0, len(extensions)) + extensions
    shaken = struct.pack(">BBH", 1, 0, len(hello)) + hello
    return tcp(own_port, THERE, port, struct.pack(">BHH", 22, 0x0301, len(shaken)) + shaken)


def http(own_port, host, path="/", port=80, agent="Browser", to=THERE):
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\nAccept: */*\r\n\r\n"
    return tcp(own_port, to, port, request.encode())


def write(path, conversations):
    """Writes conversations, each of which is told its own port."""
    with Path(path).open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for at, conversation in enumerate(conversations):
            for moment, sent in enumerate(conversation(10000 + at)):
                file.write(struct.pack("<IIII", 1_700_000_000 + at, moment, len(sent), len(sent)) + sent)
