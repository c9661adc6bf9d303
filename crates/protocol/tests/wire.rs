//! Frames survive the trip; anything else is a typed error and costs no more than its bytes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::io::{self, Read};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use protocol::{
    Cancel, Capability, Done, FrameReader, FrameWriter, Generate, Hello, Load, Loaded, Message,
    PREFIX_BYTES, Piece, Ping, Pong, RefusalCode, Refused, Stop, Transcribe, Transcript, VERSION,
    WireError, decode, encode,
};

fn messages() -> impl Strategy<Value = Message> {
    let text = ".{0,60}";
    prop_oneof![
        text.prop_map(|engine| Message::Hello(Hello {
            v: VERSION,
            engine,
            capabilities: vec![Capability::Generate, Capability::Transcribe],
        })),
        (text, option::of("[0-9a-f]{64}"))
            .prop_map(|(path, sha256)| Message::Load(Load { path, sha256 })),
        (text, any::<u64>(), any::<u32>())
            .prop_map(|(model, ms, context)| Message::Loaded(Loaded { model, ms, context })),
        (any::<u64>(), text, option::of(text), any::<u32>(), any::<u32>(), -2.0_f32..9.0).prop_map(
            |(id, prompt, grammar, max_tokens, seed, temperature)| {
                Message::Generate(Generate { id, prompt, grammar, max_tokens, seed, temperature })
            }
        ),
        (any::<u64>(), text).prop_map(|(id, text)| Message::Piece(Piece { id, text })),
        (any::<u64>(), any::<u32>()).prop_map(|(id, tokens)| Message::Done(Done {
            id,
            stop: Stop::Stuck,
            prompt_tokens: tokens,
            tokens,
            prompt_ms: id,
            generate_ms: id,
        })),
        any::<u64>().prop_map(|id| Message::Cancel(Cancel { id })),
        (any::<u64>(), "[a-z]{2}", option::of(text), vec(any::<f32>(), 0..500)).prop_map(
            |(id, language, initial_prompt, samples)| {
                Message::Transcribe(Transcribe { id, language, initial_prompt, samples })
            }
        ),
        (any::<u64>(), text, 0.0_f32..1.0).prop_map(|(id, text, confidence)| {
            Message::Transcript(Transcript { id, text, confidence, ms: id })
        }),
        any::<u64>().prop_map(|n| Message::Ping(Ping { n })),
        any::<u64>().prop_map(|n| Message::Pong(Pong { n })),
        (option::of(any::<u64>()), text).prop_map(|(id, why)| {
            Message::Refused(Refused { id, code: RefusalCode::Grammar, why })
        }),
    ]
}

/// Bit for bit, NaN included.
fn same(left: &Message, right: &Message) -> bool {
    match (left, right) {
        (Message::Transcribe(left), Message::Transcribe(right)) => {
            let bits = |samples: &[f32]| samples.iter().map(|s| s.to_bits()).collect::<Vec<_>>();
            left.id == right.id
                && left.language == right.language
                && left.initial_prompt == right.initial_prompt
                && bits(&left.samples) == bits(&right.samples)
        }
        _ => left == right,
    }
}

/// Hands out a few bytes at a time, and counts how many it was asked for at most.
struct Trickle<'a> {
    bytes: &'a [u8],
    step: usize,
    largest: usize,
}

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.largest = self.largest.max(buffer.len());
        let count = buffer.len().min(self.step).min(self.bytes.len());
        buffer[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes = &self.bytes[count..];
        Ok(count)
    }
}

proptest! {
    #[test]
    fn messages_survive(sent in vec(messages(), 1..5), step in 1_usize..40) {
        let mut wire = Vec::new();
        let mut writer = FrameWriter::new(&mut wire);
        for message in &sent {
            writer.write(message).unwrap();
        }
        let mut reader = FrameReader::new(Trickle { bytes: &wire, step, largest: 0 });
        for message in &sent {
            let read = reader.read().unwrap();
            prop_assert!(same(&read, message), "{read:?} is not {message:?}");
        }
        prop_assert!(matches!(reader.read(), Err(WireError::Closed)));
    }

    #[test]
    fn cut_frames_are_noticed(message in messages(), cut in any::<prop::sample::Index>()) {
        let frame = encode(&message).unwrap();
        let cut = cut.index(frame.len());
        let error = decode(&frame[..cut]).unwrap_err();
        if cut == 0 {
            prop_assert!(matches!(error, WireError::Closed));
        } else {
            prop_assert!(matches!(error, WireError::Truncated));
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic_nor_cost(bytes in vec(any::<u8>(), 0..200)) {
        let mut trickle = Trickle { bytes: &bytes, step: 7, largest: 0 };
        let _ = FrameReader::new(&mut trickle).read();
        prop_assert!(trickle.largest <= 1 << 20);
    }

    #[test]
    fn damaged_frames_never_panic(message in messages(), at in any::<prop::sample::Index>(), bits in 1_u8..) {
        let mut frame = encode(&message).unwrap();
        let at = at.index(frame.len());
        frame[at] ^= bits;
        let _ = decode(&frame);
    }
}

fn prefix(body: u32, kind: u8, header: u32) -> Vec<u8> {
    let mut frame = body.to_le_bytes().to_vec();
    frame.push(kind);
    frame.extend(header.to_le_bytes());
    frame
}

fn kind_of(message: &Message) -> u8 {
    encode(message).unwrap()[4]
}

#[test]
fn claims_above_the_cap_are_refused_before_reading() {
    let ping = kind_of(&Message::Ping(Ping { n: 1 }));
    for body in [257, 1 << 20, u32::MAX] {
        let mut trickle = Trickle { bytes: &prefix(body, ping, body), step: 9, largest: 0 };
        let error = FrameReader::new(&mut trickle).read().unwrap_err();
        assert!(matches!(error, WireError::Oversized { cap: 256, .. }), "{error}");
        assert!(trickle.largest <= PREFIX_BYTES);
    }
    let tail = decode(&prefix(100, ping, 10)).unwrap_err();
    assert!(matches!(tail, WireError::Oversized { cap: 0, .. }), "{tail}");
}

#[test]
fn a_claim_alone_costs_no_memory() {
    let samples = Transcribe {
        id: 1,
        language: "he".to_owned(),
        initial_prompt: None,
        samples: vec![0.5; 4],
    };
    let frame = encode(&Message::Transcribe(samples)).unwrap();
    let header = u32::from_le_bytes([frame[5], frame[6], frame[7], frame[8]]);
    let mut claim = prefix(header + (16 << 20), frame[4], header);
    claim.extend(&frame[PREFIX_BYTES..]);
    let mut trickle = Trickle { bytes: &claim, step: usize::MAX, largest: 0 };
    let error = FrameReader::new(&mut trickle).read().unwrap_err();
    assert!(matches!(error, WireError::Truncated), "{error}");
    assert!(trickle.largest <= 1 << 20);
}

#[test]
fn contradictions_are_malformed() {
    let ping = kind_of(&Message::Ping(Ping { n: 1 }));
    assert!(matches!(decode(&prefix(3, ping, 9)), Err(WireError::Malformed { .. })));
    let mut nonsense = prefix(2, ping, 2);
    nonsense.extend(b"[]");
    assert!(matches!(decode(&nonsense), Err(WireError::Malformed { .. })));
    assert!(matches!(decode(&prefix(0, 0xee, 0)), Err(WireError::UnknownKind(0xee))));

    let clip = Transcribe {
        id: 1,
        language: "he".to_owned(),
        initial_prompt: None,
        samples: vec![0.0; 2],
    };
    let mut odd = encode(&Message::Transcribe(clip)).unwrap();
    odd.pop();
    odd[0] -= 1;
    assert!(matches!(decode(&odd), Err(WireError::Malformed { .. })));
}

#[test]
fn another_version_is_refused() {
    let hello = Hello { v: VERSION + 1, engine: "x".to_owned(), capabilities: Vec::new() };
    let frame = encode(&Message::Hello(hello)).unwrap();
    let error = decode(&frame).unwrap_err();
    assert!(matches!(error, WireError::Version { theirs, .. } if theirs == VERSION + 1), "{error}");
}

#[test]
fn what_does_not_fit_is_not_written() {
    let piece = Piece { id: 1, text: "א".repeat(40_000) };
    let mut wire = Vec::new();
    let error = FrameWriter::new(&mut wire).write(&Message::Piece(piece)).unwrap_err();
    assert!(matches!(error, WireError::Oversized { .. }), "{error}");
    assert!(wire.is_empty());
    let clip = Transcribe {
        id: 1,
        language: "he".to_owned(),
        initial_prompt: None,
        samples: vec![0.0; (4 << 20) + 1],
    };
    assert!(matches!(encode(&Message::Transcribe(clip)), Err(WireError::Oversized { .. })));
}

#[test]
fn newer_words_are_read_as_other() {
    let mut frame = encode(&Message::Refused(Refused {
        id: None,
        code: RefusalCode::Busy,
        why: String::new(),
    }))
    .unwrap();
    let at = frame.windows(4).position(|word| word == b"busy").unwrap();
    frame[at..at + 4].copy_from_slice(b"lazy");
    let Message::Refused(refused) = decode(&frame).unwrap() else { panic!("another kind") };
    assert_eq!(refused.code, RefusalCode::Other);
}
