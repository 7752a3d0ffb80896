//! Wallet addresses, their checksums verified where the format has one.

use sha2::{Digest, Sha256};

/// Version bytes of base58check addresses: Bitcoin, Litecoin, Dogecoin, Dash, Zcash, Tron.
const VERSIONS: [&[u8]; 9] = [
    &[0x00],
    &[0x05],
    &[0x30],
    &[0x32],
    &[0x1e],
    &[0x4c],
    &[0x41],
    &[0x1c, 0xb8],
    &[0x1c, 0xbd],
];

/// The wallet address that the text is, in its usual case.
pub(super) fn read(text: &str) -> Option<String> {
    if is_ethereum(text) || is_base58check(text) || is_monero(text) {
        return Some(text.to_owned());
    }
    is_bech32(text).then(|| text.to_ascii_lowercase())
}

/// Ethereum and what is built like it: its checksum is optional, so the shape has to do.
fn is_ethereum(text: &str) -> bool {
    text.strip_prefix("0x")
        .is_some_and(|hex| hex.len() == 40 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Monero: 95 or 106 base58 digits after a 4 or an 8 (its checksum is Keccak, not verified here).
fn is_monero(text: &str) -> bool {
    matches!(text.len(), 95 | 106)
        && text.starts_with(['4', '8'])
        && text.bytes().all(|byte| base58_digit(byte).is_some())
}

fn is_base58check(text: &str) -> bool {
    if !(26..=36).contains(&text.len()) {
        return false;
    }
    let Some(bytes) = base58(text) else {
        return false;
    };
    let Some((payload, checksum)) = bytes.split_last_chunk::<4>() else {
        return false;
    };
    let twice = Sha256::digest(Sha256::digest(payload));
    twice.starts_with(checksum)
        && VERSIONS
            .iter()
            .any(|version| payload.starts_with(version) && payload.len() == version.len() + 20)
}

fn base58_digit(byte: u8) -> Option<u8> {
    const DIGITS: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let at = DIGITS.iter().position(|&digit| digit == byte)?;
    u8::try_from(at).ok()
}

fn base58(text: &str) -> Option<Vec<u8>> {
    // Little-endian while it grows.
    let mut number: Vec<u8> = Vec::new();
    for byte in text.bytes() {
        let mut carry = u32::from(base58_digit(byte)?);
        for place in &mut number {
            carry += u32::from(*place) * 58;
            *place = (carry & 0xff) as u8;
            carry >>= 8;
        }
        if carry > 0 {
            number.push((carry & 0xff) as u8);
        }
    }
    let zeros = text.bytes().take_while(|&byte| byte == b'1').count();
    number.extend(std::iter::repeat_n(0, zeros));
    number.reverse();
    Some(number)
}

/// Bech32 and bech32m addresses (BIP 173, BIP 350) of Bitcoin and Litecoin.
fn is_bech32(text: &str) -> bool {
    const DIGITS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const BECH32: u32 = 1;
    const BECH32M: u32 = 0x2bc8_30a3;
    let lower = text.to_ascii_lowercase();
    let one_case = text == lower || text == text.to_ascii_uppercase();
    let Some((prefix, data)) = lower.rsplit_once('1') else {
        return false;
    };
    if !one_case || !["bc", "tb", "ltc"].contains(&prefix) || !(39..=71).contains(&data.len()) {
        return false;
    }
    let digits: Option<Vec<u32>> = data
        .bytes()
        .map(|byte| DIGITS.iter().position(|&digit| digit == byte))
        .map(|at| at.and_then(|at| u32::try_from(at).ok()))
        .collect();
    let Some(digits) = digits else { return false };
    let high = prefix.bytes().map(|byte| u32::from(byte) >> 5);
    let low = prefix.bytes().map(|byte| u32::from(byte) & 31);
    let values = high.chain([0]).chain(low).chain(digits.iter().copied());
    // Version 0 addresses carry the older checksum, all later ones the newer.
    let expected = if digits.first() == Some(&0) {
        BECH32
    } else {
        BECH32M
    };
    checksum(values) == expected
}

fn checksum(values: impl Iterator<Item = u32>) -> u32 {
    const GENERATOR: [u32; 5] = [
        0x3b6a_57b2,
        0x2650_8e6d,
        0x1ea1_19fa,
        0x3d42_33dd,
        0x2a14_62b3,
    ];
    values.fold(1, |sum, value| {
        let top = sum >> 25;
        let shifted = ((sum & 0x01ff_ffff) << 5) ^ value;
        (0..5)
            .filter(|bit| (top >> bit) & 1 == 1)
            .fold(shifted, |sum, bit| sum ^ GENERATOR[bit])
    })
}
