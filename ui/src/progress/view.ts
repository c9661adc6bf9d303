/** What the progress screen makes of what was measured: the shares of the strings, the next thing, the line over the days. */
import type { ChangesView, ProgressView, RateOfDay, StringsView } from "../backend";
import { progress as words } from "../i18n/he/progress";
import type { Doing } from "../shell/doing";

/** A string of the chord; `now` and `before` are tries out of ten, null where too few were told. */
export type Share = { string: number; now: number | null; before: number | null };

export function shares({ strings }: StringsView): Share[] {
  return strings.map((of, index) => ({ string: 6 - index, now: of?.now ?? null, before: of?.before ?? null }));
}

/** The next thing, where something went worse. */
export function nextThing({ worse, strings, changes }: ProgressView): { word: string; doing: Doing } | null {
  if (!worse) return null;
  if (strings && strings.string !== null) return { word: words.toStrings, doing: { kind: "strings", item: `chord:${strings.card.chord}` } };
  if (changes) return { word: words.toChanges, doing: { kind: "changes", item: `pair:${changes.from.chord}>${changes.to.chord}` } };
  return null;
}

export type Point = { x: number; y: number; rate: number };
export type Plot = { points: Point[]; yOf: (rate: number) => number };

/** The days on an axis of time from left to right: as far apart as they lie in the calendar. */
export function plot(days: RateOfDay[], width: number, height: number, top: number): Plot {
  const first = Math.max(...days.map(({ ago }) => ago));
  const span = first - Math.min(...days.map(({ ago }) => ago));
  const yOf = (rate: number): number => height - (Math.min(rate, top) / top) * height;
  const points = days.map(({ ago, perMinute }) => {
    const rate = perMinute ?? 0;
    return { x: span === 0 ? width : ((first - ago) / span) * width, y: yOf(rate), rate };
  });
  return { points, yOf };
}

/** The axis ends a little above the goal, and above whoever is faster. */
export function topOf({ days, goal }: ChangesView): number {
  const fastest = Math.max(goal ?? 0, ...days.map(({ perMinute }) => perMinute ?? 0));
  return Math.ceil((fastest + 6) / 6) * 6;
}
