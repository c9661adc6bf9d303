/** How a drill stands, and what is asked of one; written by hand until the generated bindings hold them. */
import type { ChordCard, DrillKindView } from "./bindings";

export type PhaseView = "ready" | "countIn" | "playing" | "silent" | "rejoin" | "over";
export type CountView = { now: number; of: number };
/** A place in a song's sheet, each counted from 0. */
export type PlaceView = { section: number; line: number; part: number };
export type OutcomeView = { reached: string; next: string };
export type DrillView = {
  drill: DrillKindView;
  phase: PhaseView;
  beat: CountView | null;
  bar: CountView | null;
  bpm: number | null;
  chord: ChordCard | null;
  next: ChordCard | null;
  string: number | null;
  place: PlaceView | null;
  changes: number | null;
  secondsLeft: number | null;
  clean: number;
  tries: number;
  inARow: number;
  goal: null;
  outcome: OutcomeView | null;
};
export type DrillAsked = { kind: string; item: string; seconds: number | null; bpm: number | null; chord: string | null; whole: boolean; clicks: boolean };
