"""What music21 says of every chord, scale, key and interval that Prita knows, as tables.

`crates/theory/tests/music21.rs` compares each row with `crates/theory`. One file a subject, one fact a
row, tab-separated; flats are written with b. Usage: table.py FOLDER
"""

import sys
from pathlib import Path

import music21
from music21 import chord, harmony, interval, key, meter, pitch, roman, scale

LETTERS = "CDEFGAB"
ROOTS = [letter + sign for letter in LETTERS for sign in ("-", "", "#")]

# Our label: music21's kind, and what is added to it (degree, semitones against major).
QUALITIES = {
    "maj": ("major", []),
    "min": ("minor", []),
    "7": ("dominant-seventh", []),
    "maj7": ("major-seventh", []),
    "min7": ("minor-seventh", []),
    "sus2": ("suspended-second", []),
    "sus4": ("suspended-fourth", []),
    "dim": ("diminished", []),
    "aug": ("augmented", []),
    "5": ("power", []),
    "maj6": ("major-sixth", []),
    "min6": ("minor-sixth", []),
    "69": ("major-sixth", [(9, 0)]),
    "add9": ("major", [(9, 0)]),
    "minadd9": ("minor", [(9, 0)]),
    "add11": ("major", [(11, 0)]),
    "9": ("dominant-ninth", []),
    "maj9": ("major-ninth", []),
    "min9": ("minor-ninth", []),
    "dim7": ("diminished-seventh", []),
    "min7b5": ("half-diminished-seventh", []),
    "minmaj7": ("minor-major-seventh", []),
    "7sus4": ("suspended-fourth-seventh", []),
    "9sus4": ("suspended-fourth-seventh", [(9, 0)]),
    "7b5": ("seventh-flat-five", []),
    "7#5": ("augmented-seventh", []),
    "maj7#5": ("augmented-major-seventh", []),
    "7b9": ("dominant-seventh", [(9, -1)]),
    "7#9": ("dominant-seventh", [(9, 1)]),
    "11": ("dominant-11th", []),
    "min11": ("minor-11th", []),
    "13": ("dominant-13th", []),
    "maj13": ("major-13th", []),
    "min13": ("minor-13th", []),
}
LABELS = {kind: label for label, (kind, added) in QUALITIES.items() if not added}

SCALES = {
    "major": scale.MajorScale,
    "minor": scale.MinorScale,
    "harmonic minor": scale.HarmonicMinorScale,
    "melodic minor": scale.MelodicMinorScale,
    "dorian": scale.DorianScale,
    "phrygian": scale.PhrygianScale,
    "lydian": scale.LydianScale,
    "mixolydian": scale.MixolydianScale,
    "locrian": scale.LocrianScale,
    "whole tone": scale.WholeToneScale,
    "chromatic": scale.ChromaticScale,
    "octatonic": scale.OctatonicScale,
}
# Spelled anew by music21 on the way down.
SYMMETRIC = ("whole tone", "chromatic", "octatonic")
# No class of music21: its intervals spell them.
BY_INTERVALS = {
    "major pentatonic": ["P1", "M2", "M3", "P5", "M6"],
    "minor pentatonic": ["P1", "m3", "P4", "P5", "m7"],
    "blues": ["P1", "m3", "P4", "d5", "P5", "m7"],
    "major blues": ["P1", "M2", "m3", "M3", "P5", "M6"],
    "phrygian dominant": ["P1", "m2", "M3", "P4", "P5", "m6", "m7"],
}

INTERVALS = (
    "P1 m2 M2 A2 d3 m3 M3 A3 d4 P4 A4 d5 P5 A5 m6 M6 A6 d7 m7 M7 P8 m9 M9 A9 m10 M10 P11 A11 "
    "P12 m13 M13"
).split()

MAJOR_NUMERALS = (
    "I ii iii IV V vi viio I6 I64 ii6 ii64 iii6 IV6 IV64 V6 V64 vi6 viio6 V7 V65 V43 V42 ii7 ii65 "
    "ii43 ii42 vi7 iii7 viiø7 viiø65 viiø43 viiø42 Imaj7 IVmaj7 iv i bVII bVI bIII bII v #ivo viio7 "
    "V/ii V7/ii V/iii V7/iii V/IV V7/IV V/V V7/V V65/V V42/V V/vi V7/vi viio/ii viio7/ii viio/V "
    "viio7/V viiø7/V viio7/vi"
).split()
MINOR_NUMERALS = (
    "i iio III iv v VI VII i6 i64 iio6 III6 iv6 iv64 VI6 VII6 V V6 V64 V7 V65 V43 V42 viio viio6 "
    "viio7 viio65 viio43 viio42 iiø7 iiø65 iiø43 iiø42 iv7 i7 VII7 VImaj7 IIImaj7 IV ii I bII "
    "V/III V7/III V/iv V7/iv V/V V7/V V/VI V7/VI V/VII V7/VII viio/iv viio7/iv viio7/V viio/V"
).split()

METERS = "2/4 3/4 4/4 2/2 3/8 6/8 9/8 12/8 5/4 7/4 5/8 7/8 6/4".split()


def plain(name):
    return name.replace("-", "b")


def plains(pitches):
    return " ".join(plain(one.name) for one in pitches)


def symbol(root, label, bass=None):
    kind, added = QUALITIES[label]
    made = harmony.ChordSymbol(root=root, kind=kind, bass=bass)
    for degree, altered in added:
        made.addChordStepModification(harmony.ChordStepModification("add", degree, altered))
    return made


def chord_tones(root, label):
    """The tones root first, in the order of the thirds."""
    made = symbol(root, label)
    lowest = pitch.Pitch(root).step

    def height(one):
        # Ninths, elevenths and thirteenths above the seventh, whatever octave they were put in.
        return (one.ps - made.root().ps, LETTERS.index(one.step) - LETTERS.index(lowest))

    tones = {}
    for one in sorted(made.pitches, key=height):
        tones.setdefault(one.name, one)
    return list(tones.values())


def chords():
    for root in ROOTS:
        for label in QUALITIES:
            yield plain(root), label, plains(chord_tones(root, label))


def inversions():
    """A chord over each of its tones: bass, which inversion that is."""
    for root in ROOTS:
        for label in QUALITIES:
            for tone in chord_tones(root, label):
                made = symbol(root, label, tone.name)
                yield plain(root), label, plain(made.bass().name), made.inversion()


def stacked(names):
    """Pitches upwards from the first, each above the one before."""
    placed = [pitch.Pitch(names[0] + "3")]
    for name in names[1:]:
        one = pitch.Pitch(name)
        one.octave = placed[-1].octave
        while one.diatonicNoteNum <= placed[-1].diatonicNoteNum:
            one.octave += 1
        placed.append(one)
    return placed


def named():
    """The name of a chord from its notes in close position, whichever of them is lowest."""
    seen = set()
    for root in ROOTS:
        for label in QUALITIES:
            names = [one.name for one in chord_tones(root, label)]
            for turn in range(len(names)):
                turned = names[turn:] + names[:turn]
                made = chord.Chord(stacked(turned))
                figure, kind = harmony.chordSymbolFigureFromChord(made, True)
                # A figure with additions or omissions is a description, not a name.
                exact = kind in LABELS and not any(word in figure for word in ("add", "omit", "alter"))
                if exact and plains(made.pitches) not in seen:
                    seen.add(plains(made.pitches))
                    yield plains(made.pitches), plain(made.root().name), LABELS[kind], plain(made.bass().name)


def scales():
    for root in ROOTS:
        low, high = pitch.Pitch(root + "4"), pitch.Pitch(root + "5")
        for name, made in SCALES.items():
            one = made(root)
            up = one.getPitches(low, high, direction=scale.Direction.ASCENDING)
            if name in SYMMETRIC:
                yield plain(root), name, plains(up[:-1]), ""
                continue
            down = one.getPitches(low, high, direction=scale.Direction.DESCENDING)
            down = sorted(down, key=lambda p: -p.ps)
            yield plain(root), name, plains(up[:-1]), plains(down[:-1])
        for name, steps in BY_INTERVALS.items():
            up = [low.transpose(step) for step in steps]
            yield plain(root), name, plains(up), plains([low] + up[:0:-1])


def directed(one):
    """`-M2` for a major second downwards."""
    return ("-" if "-" in one.directedName else "") + one.name


def intervals():
    for first in ROOTS:
        for second in ROOTS:
            low, high = pitch.Pitch(first + "4"), pitch.Pitch(second + "4")
            if high.diatonicNoteNum < low.diatonicNoteNum:
                high.octave = 5
            one = interval.Interval(low, high)
            yield plain(first), plain(second), directed(one), one.semitones, one.complement.name


def transposed():
    for root in ROOTS:
        for name in INTERVALS:
            for sign in ("", "-") if name != "P1" else ("",):
                moved = pitch.Pitch(root + "4").transpose(interval.Interval(sign + name))
                yield plain(root), sign + name, plain(moved.name)


def usual_keys():
    for mode in ("major", "minor"):
        for sharps in range(-7, 8):
            yield key.KeySignature(sharps).asKey(mode)


def keys():
    for one in usual_keys():
        name = plain(one.tonic.name) + ("m" if one.mode == "minor" else "")
        yield name, one.sharps, plains(one.alteredPitches), plain(one.relative.tonic.name)


def key_chords():
    """Triads and sevenths on the degrees, of the natural scale in minor."""
    for one in usual_keys():
        name = plain(one.tonic.name) + ("m" if one.mode == "minor" else "")
        made = one.getScale(one.mode)
        tones = made.getPitches(one.tonic.name + "3", one.tonic.name + "6")
        for degree in range(7):
            triad = chord.Chord([tones[degree + step] for step in (0, 2, 4)])
            seventh = chord.Chord([tones[degree + step] for step in (0, 2, 4, 6)])
            kinds = [harmony.chordSymbolFigureFromChord(c, True)[1] for c in (triad, seventh)]
            yield name, degree + 1, plain(triad.root().name), LABELS[kinds[0]], LABELS[kinds[1]]


def numerals():
    """A Roman numeral's chord: its notes from the bass, its root."""
    for one in usual_keys():
        name = plain(one.tonic.name) + ("m" if one.mode == "minor" else "")
        for figure in MAJOR_NUMERALS if one.mode == "major" else MINOR_NUMERALS:
            made = roman.RomanNumeral(figure, one)
            yield name, figure, plain(made.root().name), plain(made.bass().name), plains(made.pitches)


def degrees():
    """Every degree with and without an accidental: the chord's notes from its root."""
    for one in usual_keys():
        name = plain(one.tonic.name) + ("m" if one.mode == "minor" else "")
        for large in ("I", "II", "III", "IV", "V", "VI", "VII"):
            kinds = [large, large + "+"] + [large.lower() + kind for kind in ("", "o", "o7", "ø7")]
            for figure in (sign + kind for sign in ("", "b", "#") for kind in kinds):
                yield name, figure, plains(roman.RomanNumeral(figure, one).pitches)


def places():
    """The place of every triad and seventh chord in a key: degree, accidental.

    Left out where music21 does not read its own numeral back: in A minor it writes bVII for G and
    reads bVII as G flat.
    """
    for one in usual_keys():
        name = plain(one.tonic.name) + ("m" if one.mode == "minor" else "")
        for root in ROOTS:
            for label in ("maj", "min", "dim", "aug", "7", "min7", "maj7", "min7b5", "dim7"):
                made = chord.Chord(stacked([p.name for p in chord_tones(root, label)]))
                found = roman.romanNumeralFromChord(made, one)
                again = roman.RomanNumeral(found.figure, one)
                if [p.name for p in again.pitches] == [p.name for p in made.pitches]:
                    sign = found.frontAlterationString
                    shift = sign.count("#") - sign.count("b")
                    yield name, plain(root), label, found.scaleDegree, shift


def meters():
    for name in METERS:
        one = meter.TimeSignature(name)
        beats = [str(part.duration.quarterLength) for part in one.beatSequence]
        kind = "compound" if one.beatCount > 1 and one.beatDivisionCount == 3 else "simple"
        yield name, one.beatCount, kind, " ".join(beats)


SUBJECTS = (chords, inversions, named, scales, intervals, transposed, keys, key_chords, numerals, degrees, places, meters)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for subject in SUBJECTS:
        rows = ["\t".join(map(str, row)) for row in subject()]
        head = f"# {subject.__name__}: {len(rows)} rows by music21 {music21.__version__}, scripts/music21/run\n"
        (folder / f"{subject.__name__}.tsv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
        print(f"{subject.__name__}: {len(rows)} rows")


if __name__ == "__main__":
    main()
