//! When hearing cannot be trusted: silence, a noisy room, clipping, a voice-profile microphone, and
//! what its trackers follow (a voice, a gate, a metronome, another instrument). It names a problem
//! where a strum suffers from it, and once until another or none does.

use crate::click::{self, ClickTracker};
use crate::gate::GateTracker;
use crate::history::History;
use crate::instrument::{InstrumentTracker, Points};
use crate::judge::Span;
use crate::onset::HOP;
use crate::spectrum::Spectrum;
use crate::voice::{self, VoiceTracker};
use crate::{Doubt, Heard, SensingProblem};

/// A strum must stand this far above the room.
const LEAST_SNR_DB: f32 = 12.0;
/// So many strums in a row that do not are a noisy room; one alone may be a faint strum, or one over
/// much that rings.
const FAINT_STRUMS: u32 = 3;
/// What stands out less than this is not a strum at all.
pub(crate) const NOTHING_DB: f32 = 4.0;
/// Where the sound itself is noise down to this (amplitude), no string can be judged.
const MOST_NOISE_DB: f32 = -4.0;
/// Noise between the partials is heard so far under the room's whole level at the most.
const BETWEEN_DB: f32 = 6.0;
/// Noise that began stands this far above the room; else a strum was damped, or is faint.
const ABOVE_ROOM_DB: f32 = 6.0;
/// Share of clipped samples that makes a strum unusable.
const MOST_CLIPPED: f32 = 1e-3;
/// A pick's attack above 4.2 kHz is no weaker than this against what lies below 3 kHz (amplitude).
const ATTACK_DB: f32 = -72.0;
/// At or below this rate a headset's voice profile is heard (8 or 16 kHz).
const NARROW_RATE: u32 = 16_000;
/// Where a telephone's band ends, the sound falls by this many dB from 2.4–3.3 to 4.2–5.5 kHz. A
/// string's own fall reaches 44 on the darkest guitar; two strums in a row decide.
const CLIFF_DB: f32 = 46.0;
const CLIFFS: u32 = 2;
/// A room this loud (root mean square, −46 dB full scale) is noise, not silence.
const NOISY_ROOM: f32 = 5e-3;
/// Envelopes (19 a second) of digital silence before it is named: 5 s, and 21 s once something
/// was heard, for then a pause is likelier than a dead microphone.
const SILENT_FOR: u32 = 95;
const SILENT_AFTER_SOUND: u32 = 400;
/// Peak under which there is digital silence.
const NOTHING: f32 = 2e-5;

/// Frames with a gliding pitch in 1.5 s from which someone speaks, and from which a string cannot be
/// judged for sure. Guitars alone, bends and slides included, reach 6 and single strums 2.
const SPEAKS: usize = 8;
const MAY_SPEAK: usize = 5;
/// Glides from a second before a strum that was told, until now and until its end, from which
/// someone spoke over it. Of 167 single strums out of quiet none reaches both.
const NEAR: usize = 4;
const UNDER: usize = 2;
const BEFORE: u64 = crate::resample::RATE as u64;

/// Keeps the trouble named last, so that each is said once.
#[derive(Debug)]
pub(crate) struct Senses {
    named: Option<SensingProblem>,
    silent: u32,
    heard_anything: bool,
    /// Strums in a row that hardly stood above the room.
    faint: u32,
    /// Strums in a row that broke off at the end of a telephone's band.
    cliffs: u32,
    voice: VoiceTracker,
    gate: GateTracker,
    clicks: ClickTracker,
    /// Onsets whose click is not over yet.
    rises: Vec<u64>,
    instrument: InstrumentTracker,
}

/// What was measured of one strum.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reception {
    pub(crate) snr_db: f32,
    /// Level between the partials over the whole level, in dB: near 0 for noise.
    pub(crate) noise_db: f32,
    pub(crate) clipped: f32,
    pub(crate) narrow: bool,
    /// Whether the sound breaks off where a telephone's band ends.
    pub(crate) cliff: bool,
    pub(crate) points: Points,
    /// Sample at which the window ends.
    pub(crate) end: u64,
}

impl Reception {
    /// Whether noise began, not strings.
    pub(crate) fn is_noise(&self) -> bool {
        self.noise_db > MOST_NOISE_DB && self.snr_db + self.noise_db > ABOVE_ROOM_DB
    }

    /// Whether what it hardly stands above lies between its partials too: the room, not strings that
    /// ring on.
    fn is_in_noise(&self) -> bool {
        self.snr_db + self.noise_db > -BETWEEN_DB
    }

    /// Whether nothing impairs it.
    pub(crate) fn is_clear(&self) -> bool {
        self.clipped <= MOST_CLIPPED && self.snr_db >= LEAST_SNR_DB && !self.is_noise()
    }
}

impl Senses {
    pub(crate) fn new() -> Self {
        Self {
            named: None,
            silent: 0,
            heard_anything: false,
            faint: 0,
            cliffs: 0,
            voice: VoiceTracker::new(),
            gate: GateTracker::default(),
            clicks: ClickTracker::new(),
            rises: Vec::new(),
            instrument: InstrumentTracker::default(),
        }
    }

    /// Another stretch of sound begins: what was followed is gone, what was named stays.
    pub(crate) fn restart(&mut self) {
        self.voice = VoiceTracker::new();
        self.gate = GateTracker::default();
        self.clicks = ClickTracker::new();
        self.rises.clear();
    }

    /// Follows the sound up to sample `end`, at every hop.
    pub(crate) fn hop(&mut self, end: u64, history: &History) {
        // Speech also stops short.
        let quiet = self.voice.evidence() < MAY_SPEAK;
        self.gate.step(&history.window(end as i64 - HOP as i64, HOP), quiet);
        if end.is_multiple_of(voice::HOP) {
            let from = end as i64 - voice::WINDOW as i64;
            self.voice.step(&history.window(from, voice::WINDOW));
        }
        let over = click::SPAN - click::BEFORE;
        while let Some(at) = self.rises.first().copied().filter(|at| at + over as u64 <= end) {
            self.rises.remove(0);
            let from = at as i64 - click::BEFORE as i64;
            self.clicks.rise(at, &history.window(from, click::SPAN));
        }
    }

    /// Whether what is heard up to sample `end` may be no string at all.
    pub(crate) fn are_foreign(&self, end: u64) -> bool {
        self.voice.evidence() >= MAY_SPEAK
            || self.gate.is_cutting()
            || self.clicks.is_ticking(end)
            || self.instrument.other().is_some()
    }

    /// What is known by sample `now` to lie under a strum, and its name if it is sure enough to be
    /// told.
    pub(crate) fn found_under(
        &self,
        strum: Span,
        now: u64,
    ) -> Option<(Option<SensingProblem>, Doubt)> {
        let from = strum.first.saturating_sub(BEFORE);
        let glides = |to: u64| self.voice.evidence_between(from, to, now);
        if glides(now) >= NEAR && glides(strum.end) >= UNDER {
            let sure = self.voice.evidence() >= SPEAKS;
            Some((sure.then_some(SensingProblem::SpeechOver), Doubt::Speech))
        } else if self.gate.is_cutting() {
            Some((Some(SensingProblem::NoiseSuppression), Doubt::Suppressed))
        } else if self.clicks.is_ticking(now) {
            Some((Some(SensingProblem::LoudspeakerLeak), Doubt::Leak))
        } else {
            let instrument = self.instrument.other()?;
            Some((Some(SensingProblem::WrongInstrument { instrument }), Doubt::Instrument))
        }
    }

    /// Names what was found after a strum, if it is sure.
    pub(crate) fn name_found(&mut self, problem: Option<SensingProblem>, out: &mut Vec<Heard>) {
        if problem.is_some() {
            self.name(problem, out);
        }
    }

    /// Sound began at sample `at`.
    pub(crate) fn rise(&mut self, at: u64) {
        self.rises.push(at);
    }

    /// Names what impairs a strum; what limits its strings, if anything.
    pub(crate) fn strum(&mut self, reception: Reception, out: &mut Vec<Heard>) -> Option<Doubt> {
        self.heard_anything = true;
        self.instrument.heard(reception.points);
        let faint = reception.snr_db < LEAST_SNR_DB;
        self.faint = if faint { self.faint.saturating_add(1) } else { 0 };
        self.cliffs = if reception.cliff { self.cliffs.saturating_add(1) } else { 0 };
        let (problem, limit) = self.impairs(reception);
        self.name(problem, out);
        limit
    }

    fn impairs(&self, reception: Reception) -> (Option<SensingProblem>, Option<Doubt>) {
        let glides = self.voice.evidence();
        let both = |problem, doubt| (Some(problem), Some(doubt));
        if reception.clipped > MOST_CLIPPED {
            both(SensingProblem::Clipping, Doubt::Clipping)
        } else if glides >= SPEAKS {
            both(SensingProblem::SpeechOver, Doubt::Speech)
        } else if self.gate.is_cutting() {
            both(SensingProblem::NoiseSuppression, Doubt::Suppressed)
        } else if self.clicks.is_ticking(reception.end) {
            both(SensingProblem::LoudspeakerLeak, Doubt::Leak)
        } else if self.faint >= FAINT_STRUMS && reception.is_in_noise() || reception.is_noise() {
            let snr_db = reception.snr_db.min(-reception.noise_db).max(0.0);
            both(SensingProblem::LowSnr { snr_db }, Doubt::Noise)
        } else if self.faint > 0 {
            // What was named last may stand or be over: this strum does not tell.
            (self.named, Some(Doubt::Noise))
        } else if let Some(instrument) = self.instrument.other() {
            both(SensingProblem::WrongInstrument { instrument }, Doubt::Instrument)
        } else {
            let narrow = reception.narrow || self.cliffs >= CLIFFS;
            (
                narrow.then_some(SensingProblem::NarrowBand),
                (glides >= MAY_SPEAK).then_some(Doubt::Speech),
            )
        }
    }

    /// Follows the peak of each envelope.
    pub(crate) fn level(&mut self, peak: f32, out: &mut Vec<Heard>) {
        if peak > NOTHING {
            self.silent = 0;
            if self.named == Some(SensingProblem::Silence) {
                self.name(None, out);
            }
            return;
        }
        self.silent = self.silent.saturating_add(1);
        let patience = if self.heard_anything { SILENT_AFTER_SOUND } else { SILENT_FOR };
        if self.silent == patience {
            self.name(Some(SensingProblem::Silence), out);
        }
    }

    /// The input ends; `room` is its level, root mean square, where it was long enough to have one.
    pub(crate) fn finish(&mut self, room: Option<f32>, out: &mut Vec<Heard>) {
        if !self.heard_anything && self.named.is_none() {
            let noisy = room.is_some_and(|room| room > NOISY_ROOM);
            let problem = SensingProblem::LowSnr { snr_db: 0.0 };
            self.name(Some(if noisy { problem } else { SensingProblem::Silence }), out);
        }
    }

    fn name(&mut self, problem: Option<SensingProblem>, out: &mut Vec<Heard>) {
        let same = match (self.named, problem) {
            (Some(a), Some(b)) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
            (None, None) => true,
            _ => false,
        };
        if !same {
            out.push(Heard::Sensing(problem.unwrap_or(SensingProblem::Cleared)));
        }
        self.named = problem;
    }
}

/// Whether nothing above 4.2 kHz came with an attack, at an input rate that could carry it.
pub(crate) fn narrow(attack: &Spectrum, input_rate: u32) -> bool {
    if input_rate <= NARROW_RATE {
        return true;
    }
    let top = (input_rate as f32 * 0.45).min(9000.0);
    let ratio = power(attack, 4200.0, top.max(4400.0)) / power(attack, 80.0, 3000.0).max(1e-12);
    10.0 * ratio.max(1e-12).log10() < ATTACK_DB
}

/// Whether an attack breaks off between 3.3 and 4.2 kHz.
pub(crate) fn cliff(attack: &Spectrum) -> bool {
    let (under, over) =
        (power(attack, 2400.0, 3300.0) / 900.0, power(attack, 4200.0, 5500.0) / 1300.0);
    10.0 * (under / over.max(1e-20)).max(1e-12).log10() > CLIFF_DB
}

fn power(spectrum: &Spectrum, low: f32, high: f32) -> f32 {
    let (from, to) = (spectrum.place(low) as usize, spectrum.place(high) as usize);
    spectrum.bins[from..to.min(spectrum.bins.len())].iter().map(|m| m * m).sum()
}
