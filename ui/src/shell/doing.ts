/** What the student goes off to practise, and which far screen that is. */
import type { ChordCard, DrillAsked, TaskView } from "../backend";

/**
 * One thing to practise, as the course names it: `item` is `chord:E:min`, `pair:E:min>A:min`,
 * `pattern:…`, `song:ID/1` or `step:ID`; `kind` is the course's kind of drill; `lines` are read where
 * nothing is listened for; `card` is its first chord, or the one a pattern is played over, if that is known; `step` is its place in its chapter,
 * counted from 1, where it was chosen there.
 */
export type Doing = { kind: string; item: string; minutes?: number; title?: string; lines?: string[]; card?: ChordCard; step?: { now: number; of: number } };

export type Place =
  | { screen: "tuner" }
  | { screen: "song"; song: string }
  | { screen: "practice"; chord: string }
  | { screen: "reading"; title: string; lines: string[] }
  | { screen: "choose" };

/** Kinds that are drilled on the practice screen, by what they are about. */
const DRILLED: Record<string, string> = { place: "chord", strings: "chord", strum: "chord", changes: "pair", pattern: "pattern", silence: "pattern", rejoin: "pattern" };

/** The drill of what one does; null where a lesson on a chord is all there is. */
export function drillOf({ kind, item, card }: Doing, clicks: boolean): DrillAsked | null {
  const about = DRILLED[kind];
  if (about === undefined || split(item)[0] !== about) return null;
  return { kind, item, seconds: null, bpm: null, chord: about === "pattern" ? (card?.chord ?? null) : null, whole: false, clicks };
}

export function doingOf({ item, title, minutes, target, lines, chords: [card] }: TaskView): Doing {
  return { kind: target.kind, item, title, lines, ...(minutes === null ? {} : { minutes }), ...(card ? { card } : {}) };
}

/** Where one does it. What is no chord, no song, no tuning and no reading is practised by choosing freely. */
export function placeOf({ kind, item, title = "", lines = [], card }: Doing): Place {
  if (kind === "tune") return { screen: "tuner" };
  const [what, rest = ""] = split(item);
  if (what === "song") return { screen: "song", song: rest.replace(/\/\d+$/, "") };
  const chord = rest.split(/[>\s]/)[0] ?? "";
  if ((what === "chord" || what === "pair") && chord !== "") return { screen: "practice", chord };
  // The path says which chord a pattern is played over.
  if (what === "pattern" && card) return { screen: "practice", chord: card.chord };
  return lines.length > 0 ? { screen: "reading", title, lines } : { screen: "choose" };
}

function split(item: string): [string, string?] {
  const at = item.indexOf(":");
  return at < 0 ? [item] : [item.slice(0, at), item.slice(at + 1)];
}
