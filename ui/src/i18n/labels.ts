/**
 * Sentences put together from a chord and from what was heard: labels for screen readers and the opening
 * line of a chord. Words come from `he.ts`; numbers are words, chord names Hebrew.
 */
import type { ChordCard } from "../backend";
import { isFault, type ShownString } from "../picture/states";
import { he } from "./he";

export type Sentences = { diagnosis: string; tip: string };

/** «מיתר שלוש, פתוח: נחנק. ההסבר: למה» */
export function stringLabel(shown: ShownString, card: ChordCard): string {
  const index = 6 - shown.string;
  const asked = askedOf(card.frets[index] ?? null, card.fingers[index] ?? null);
  const name = he.strings.name(shown.string);
  if (asked === null) return `${name}: ${shown.state === "extra" ? he.strings.extra : he.strings.silent}`;
  const why = isFault(shown.state) ? `. ${he.strings.asWhy}` : "";
  return `${name}, ${asked}: ${heardAs(shown)}${why}`;
}

/** What was heard on one string, in words. */
export function heardAs({ state, heard, expected }: ShownString): string {
  if (state === "waiting") return he.strings.waiting;
  if (state === "asked") return he.strings.asked;
  if (state === "not_asked") return he.strings.silent;
  if (state === "extra") return he.strings.extra;
  if (state === "wrong_pitch" && heard !== null && expected !== null) return he.strings.instead(heard, expected);
  return he.stateWord(state, 1);
}

/** «שתי אצבעות בסריג השני. פורטים לאט את כל המיתרים.» */
export function openingOf({ frets }: ChordCard): Sentences {
  const pressed = frets.filter((fret): fret is number => fret !== null && fret > 0);
  const places = [...new Set(pressed)].sort((one, other) => one - other);
  return {
    diagnosis: pressed.length === 0 ? he.practice.startOpen : he.practice.start(pressed.length, places),
    tip: he.practice.strum(askedCount(frets)),
  };
}

export function askedCount(frets: (number | null)[]): number {
  return frets.filter((fret) => fret !== null).length;
}

/** A message of several sentences as the teacher says it: the first, then the rest. */
export function twoSentences(message: string): Sentences {
  const end = message.search(/[.?](\s|$)/);
  if (end < 0) return { diagnosis: message, tip: "" };
  return { diagnosis: message.slice(0, end + 1), tip: message.slice(end + 1).trim() };
}

function askedOf(fret: number | null, finger: number | null): string | null {
  if (fret === null) return null;
  if (fret === 0) return he.strings.open;
  return finger === null ? he.strings.fret(fret) : he.strings.finger(finger, fret);
}
