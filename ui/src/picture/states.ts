/**
 * What the picture says of each string: the state that was heard, or what takes its place before the first
 * verdict and while hearing is bad. No words and no drawing here.
 */
import type { StringView } from "../backend";

export type Shown = Exclude<StringView["state"], "awaited"> | "extra" | "not_asked" | "waiting" | "asked";
export type ShownString = { string: number; state: Shown; heard: string | null; expected: string | null };

/** Strings before a verdict: hollow where asked, nothing where not. */
export function waiting(frets: (number | null)[]): ShownString[] {
  return frets.map((fret, index) => blank(6 - index, fret === null ? "not_asked" : "waiting"));
}

/** Strings while the room drowns them: nothing is claimed about any. */
export function unknown(frets: (number | null)[]): ShownString[] {
  return frets.map((fret, index) => blank(6 - index, fret === null ? "not_asked" : "unsure"));
}

export function heard(strings: StringView[]): ShownString[] {
  return strings.map(({ string, asked, state, heard: note, expected }) => ({
    string,
    state: !asked ? unasked(state) : state === "awaited" ? "waiting" : state,
    heard: note,
    expected,
  }));
}

/** The same with the one string that is to be played now. */
export function asking(strings: ShownString[], asked: number): ShownString[] {
  return strings.map((shown) => (shown.string === asked && shown.state === "waiting" ? { ...shown, state: "asked" } : shown));
}

/** States the teacher may single out with the large word. */
export function isFault(state: Shown): boolean {
  return state === "dead" || state === "buzz" || state === "wrong_pitch" || state === "not_played" || state === "extra";
}

/** States drawn as a swinging lens once the verdict is in. */
export function swings(state: Shown): boolean {
  return state === "rings" || state === "extra";
}

function unasked(state: StringView["state"]): Shown {
  return state === "rings" || state === "buzz" || state === "wrong_pitch" ? "extra" : "not_asked";
}

function blank(string: number, state: Shown): ShownString {
  return { string, state, heard: null, expected: null };
}
