/**
 * A song as the sheet lays it out: lines of words, each chord above the first letter of its syllable. Pure;
 * where a chord needs more room than its syllable has, the syllable is called tight.
 */
import type { ChordCard, LineView, SongView } from "../backend";
import { creditsOf as credits } from "../songs/view";
import { song as words } from "../i18n/he/song";

/** A piece of a word: `part` is the place of its chord in the line, if one stands above it. */
export type Piece = { text: string; chord: string | null; part: number | null; tight: boolean };
export type Word = Piece[];
/** A place in the sheet, each counted from 0. */
export type Place = { section: number; line: number; part: number };

/** Widths in the size of the lyrics, as measured in the two typefaces. */
const LETTER = 0.38;
const CHORD_SIGN = 0.43;
const GAP = 0.45;

/** The words of a line. A part that begins within a word goes on with that word. */
export function wordsOf({ parts }: LineView): Word[] {
  const found: Word[] = [];
  let open = false;
  parts.forEach(({ chord, text }, part) => {
    if (chord !== null && text.trim() === "") {
      found.push([{ text: "", chord, part, tight: true }]);
      open = false;
      return;
    }
    const tight = chord !== null && isTight(chord, text);
    let above: string | null = chord;
    if (text.startsWith(" ")) open = false;
    for (const token of text.split(" ")) {
      if (token === "") {
        open = false;
        continue;
      }
      const piece: Piece = { text: token, chord: above, part: above === null ? null : part, tight: above !== null && tight };
      if (open) found.at(-1)?.push(piece);
      else found.push([piece]);
      above = null;
      open = false;
    }
    open = !/\s$/.test(text) && text !== "";
  });
  return found;
}

function isTight(chord: string, text: string): boolean {
  return chord.length * CHORD_SIGN + GAP > text.length * LETTER;
}

/** The box of a chord; none where it has no usual shape. */
export function boxAt(song: SongView, { section, line, part }: Place): ChordCard | null {
  const id = song.sections[section]?.lines[line]?.parts[part]?.id ?? null;
  return song.boxes.find(({ chord }) => chord === id) ?? null;
}

/** The first chord of a sheet and where it stands. */
export function firstPlace({ sections }: SongView): Place {
  for (const [section, { lines }] of sections.entries()) {
    for (const [line, { parts }] of lines.entries()) {
      const part = parts.findIndex(({ chord }) => chord !== null);
      if (part >= 0) return { section, line, part };
    }
  }
  return { section: 0, line: 0, part: 0 };
}

export function chordAt({ sections }: SongView, { section, line, part }: Place): string | null {
  return sections[section]?.lines[line]?.parts[part]?.chord ?? null;
}

/** The next chord that is another, as far as the end of the song. */
export function nextChord(song: SongView, from: Place): string | null {
  const now = chordAt(song, from);
  const all = song.sections.flatMap(({ lines }, section) =>
    lines.flatMap(({ parts }, line) => parts.map(({ chord }, part) => ({ chord, section, line, part }))),
  );
  const at = all.findIndex(({ section, line, part }) => section === from.section && line === from.line && part === from.part);
  return all.slice(at + 1).find(({ chord }) => chord !== null && chord !== now)?.chord ?? null;
}

/** How a line is shown: the one that is played, the one that is waited for, or any other. */
export function atOf(of: { section: number; line: number }, place: Place | null, lost: boolean): "far" | "current" | "coming" {
  if (place?.section !== of.section || place.line !== of.line) return "far";
  return lost ? "coming" : "current";
}

export function creditsOf({ card }: SongView): string {
  return credits(card);
}

/** A chord's Hebrew name for a screen reader, else as it is written. */
export function spokenIn({ boxes, sections }: SongView, written: string): string {
  const parts = sections.flatMap(({ lines }) => lines.flatMap((line) => line.parts));
  const id = parts.find(({ chord }) => chord === written)?.id;
  return boxes.find(({ chord }) => chord === id)?.hebrewSpoken ?? written;
}

/** «שבת אחים גם יחד. מי מינור, על המילה שבת. …»: what a screen reader says of a line. */
export function lineLabel(line: LineView, spokenOf: (chord: string) => string): string {
  const text = line.parts.map((part) => part.text).join("").trim();
  const chords = wordsOf(line).flatMap((word) => {
    const whole = bare(word.map((piece) => piece.text).join(""));
    return word.flatMap(({ chord }) => (chord === null ? [] : [words.over(spokenOf(chord), whole)]));
  });
  return words.lineLabel(text, chords.join(". "));
}

function bare(word: string): string {
  return word.replace(/[.,;:?!"״׳'()־-]+$/u, "").replace(/^["״'(]+/u, "");
}

export type Stroke = "down" | "up" | "rest";

export function strokesOf(pattern: string): Stroke[] {
  return [...pattern].map((sign) => (sign === "D" ? "down" : sign === "U" ? "up" : "rest"));
}

export function strumLabel(pattern: string): string {
  const names = strokesOf(pattern).filter((stroke) => stroke !== "rest");
  return words.strumLabel(names.map((stroke) => words[stroke]).join(", "));
}
