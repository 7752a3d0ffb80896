//! Wallet addresses, their checksums verified where the format has one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use bs58::Alphabet;
use crc::{CRC_16_XMODEM, Crc};
use sha2::{Digest, Sha256};
use sha3::Keccak256;

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
    let as_written = is_ethereum(text)
        || is_base58check(text)
        || is_monero(text)
        || is_ripple(text)
        || is_clearly_solana(text)
        || is_ton(text);
    if as_written {
        return Some(text.to_owned());
    }
    let lower = text.to_ascii_lowercase();
    let one_case = text == lower || text == text.to_ascii_uppercase();
    (is_bech32(text) || (one_case && is_cash(&lower))).then_some(lower)
}

/// Ethereum and what is built like it. Its checksum is the case of its letters (EIP-55); in one case it has none.
fn is_ethereum(text: &str) -> bool {
    let Some(hex) = text.strip_prefix("0x") else {
        return false;
    };
    if hex.len() != 40 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return false;
    }
    let lower = hex.to_ascii_lowercase();
    let one_case = hex == lower || hex == hex.to_ascii_uppercase();
    one_case || {
        let hash = Keccak256::digest(lower.as_bytes());
        let halves = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let raised = |(byte, half): (u8, u8)| {
            byte.is_ascii_digit() || byte.is_ascii_uppercase() == (half > 7)
        };
        hex.bytes().zip(halves).all(raised)
    }
}

/// Monero: a network byte, two keys, perhaps an id of a payment, and four bytes of their Keccak, in blocks.
fn is_monero(text: &str) -> bool {
    const NETWORKS: [u8; 3] = [18, 19, 42];
    if !matches!(text.len(), 95 | 106) || !text.is_ascii() {
        return false;
    }
    let blocks = text.as_bytes().chunks(11).map(block);
    let bytes: Option<Vec<Vec<u8>>> = blocks.collect();
    let bytes = bytes.unwrap_or_default().concat();
    let Some((payload, checksum)) = bytes.split_last_chunk::<4>() else {
        return false;
    };
    payload
        .first()
        .is_some_and(|network| NETWORKS.contains(network))
        && Keccak256::digest(payload).starts_with(checksum)
}

/// One block of Monero's base58: eleven digits are eight bytes, seven are five.
fn block(digits: &[u8]) -> Option<Vec<u8>> {
    let size = match digits.len() {
        11 => 8,
        7 => 5,
        _ => return None,
    };
    let bytes = bs58::decode(digits)
        .with_alphabet(Alphabet::MONERO)
        .into_vec()
        .ok()?;
    let value = &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..];
    let zeros = usize::checked_sub(size, value.len())?;
    Some([vec![0; zeros], value.to_vec()].concat())
}

fn is_base58check(text: &str) -> bool {
    (26..=36).contains(&text.len())
        && checked(text, Alphabet::BITCOIN).is_some_and(|payload| {
            VERSIONS
                .iter()
                .any(|version| payload.starts_with(version) && payload.len() == version.len() + 20)
        })
}

/// XRP: base58check with digits of its own.
fn is_ripple(text: &str) -> bool {
    text.starts_with('r')
        && (25..=35).contains(&text.len())
        && checked(text, Alphabet::RIPPLE)
            .is_some_and(|payload| payload.len() == 21 && payload[0] == 0)
}

/// The payload before a checksum of four bytes that fits.
fn checked(text: &str, alphabet: &Alphabet) -> Option<Vec<u8>> {
    let bytes = bs58::decode(text).with_alphabet(alphabet).into_vec().ok()?;
    let (payload, checksum) = bytes.split_last_chunk::<4>()?;
    let twice = Sha256::digest(Sha256::digest(payload));
    twice.starts_with(checksum).then(|| payload.to_vec())
}

/// Solana: 32 bytes without a checksum.
pub(super) fn is_solana(text: &str) -> bool {
    (32..=44).contains(&text.len())
        && bs58::decode(text)
            .into_vec()
            .is_ok_and(|bytes| bytes.len() == 32)
}

/// Where no word says that it is one, only what can hardly be anything else.
fn is_clearly_solana(text: &str) -> bool {
    let has = |what: fn(&u8) -> bool| text.as_bytes().iter().any(what);
    text.len() >= 43
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && is_solana(text)
}

/// TON: 36 bytes in base64, the last two a CRC-16.
fn is_ton(text: &str) -> bool {
    const CRC: Crc<u16> = Crc::<u16>::new(&CRC_16_XMODEM);
    let bytes = URL_SAFE.decode(text.replace('+', "-").replace('/', "_"));
    let Ok(bytes) = bytes else { return false };
    let Some((payload, checksum)) = bytes.split_last_chunk::<2>() else {
        return false;
    };
    text.len() == 48
        && matches!(payload.first(), Some(0x11 | 0x51 | 0x91 | 0xd1))
        && CRC.checksum(payload).to_be_bytes() == *checksum
}

/// Bech32 and bech32m addresses (BIP 173, BIP 350) of Bitcoin and Litecoin.
fn is_bech32(text: &str) -> bool {
    bech32::segwit::decode(text)
        .is_ok_and(|(prefix, _, _)| ["bc", "tb", "ltc"].contains(&prefix.to_lowercase().as_str()))
}

/// Bitcoin Cash: `bitcoincash:` and digits of bech32, with a checksum of forty bits.
fn is_cash(text: &str) -> bool {
    const DIGITS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const GENERATOR: [u64; 5] = [
        0x98_f2bc_8e61,
        0x79_b76d_99e2,
        0xf3_3e5f_b3c4,
        0xae_2eab_e2a8,
        0x1e_4f43_e470,
    ];
    let data = text.strip_prefix("bitcoincash:").unwrap_or(text);
    if data.len() != 42 || !data.starts_with(['q', 'p']) {
        return false;
    }
    let prefix = b"bitcoincash".iter().map(|byte| Some(u64::from(byte & 31)));
    let digits = data.bytes().map(|byte| {
        let at = DIGITS.iter().position(|&digit| digit == byte)?;
        u64::try_from(at).ok()
    });
    let sum = prefix
        .chain([Some(0)])
        .chain(digits)
        .try_fold(1_u64, |sum, value| {
            let top = sum >> 35;
            let shifted = ((sum & 0x07_ffff_ffff) << 5) ^ value?;
            let bits = (0..5).filter(|bit| (top >> bit) & 1 == 1);
            Some(bits.fold(shifted, |sum, bit| sum ^ GENERATOR[bit]))
        });
    sum == Some(1)
}
