import { describe, expect, it } from "vitest";
import type { ChordCard, ProgressView, RateOfDay, StringOfTen, StringsView } from "../backend";
import { progress as words } from "../i18n/he/progress";
import { nextThing, plot, shares, topOf } from "./view";

const card = (chord: string, name: string): ChordCard => ({
  chord,
  name,
  hebrew: "",
  hebrewSpoken: "",
  frets: [0, 2, 2, 0, 0, 0],
  fingers: [null, 2, 3, null, null, null],
});
const EM = card("E:min", "Em");
const strings = (...each: ([number, number] | null)[]): StringsView => ({
  card: EM,
  string: null,
  strings: each.map((of): StringOfTen | null => (of === null ? null : { now: of[0], before: of[1] })) as StringsView["strings"],
});
const day = (ago: number, perMinute: number): RateOfDay => ({ date: "", ago, perMinute });
const changes = (...days: RateOfDay[]) => ({ from: EM, to: card("A:min", "Am"), days, pass: 30, goal: 60 });

describe("the strings", () => {
  it("are counted from the thick one, and one that is not asked is empty", () => {
    expect(shares(strings(null, [9, 8], [9, 7], [6, 2], [8, 8], [9, 8]))[0]).toEqual({ string: 6, now: null, before: null });
    expect(shares(strings(null, [9, 8], [9, 7], [6, 2], [8, 8], [9, 8]))[3]).toEqual({ string: 3, now: 6, before: 2 });
  });
});

describe("where something went worse", () => {
  const view = (more: Partial<ProgressView>): ProgressView => ({ headline: "", worse: true, strings: null, changes: null, week: "", ...more });

  it("is one thing to do next", () => {
    const fell = { ...strings([10, 9], [9, 8], [9, 8], [2, 6], [8, 8], [9, 8]), string: 3 };
    expect(nextThing(view({ strings: fell, changes: changes() }))?.doing).toEqual({ kind: "strings", item: "chord:E:min" });
    expect(nextThing(view({ changes: changes() }))?.doing).toEqual({ kind: "changes", item: "pair:E:min>A:min" });
    // The sentence is not about a string of this chord.
    expect(nextThing(view({ strings: { ...fell, string: null }, changes: changes() }))?.doing.kind).toBe("changes");
    expect(nextThing(view({ strings: fell, worse: false }))).toBeNull();
  });
});

describe("the line over the days", () => {
  it("runs from left to right in the calendar's own distances", () => {
    const { points, yOf } = plot([day(10, 8), day(9, 9), day(0, 20)], 100, 60, 60);
    expect(points.map(({ x }) => Math.round(x))).toEqual([0, 10, 100]);
    expect(points[0]?.y).toBe(52);
    expect([yOf(0), yOf(60), yOf(90)]).toEqual([60, 0, 0]);
  });

  it("of one day stands at the right", () => {
    expect(plot([day(3, 8)], 100, 60, 60).points[0]?.x).toBe(100);
  });

  it("leaves room above the goal and above the fastest", () => {
    expect(topOf(changes(day(0, 22)))).toBe(66);
    expect(topOf(changes(day(0, 74)))).toBe(84);
  });
});

describe("labels", () => {
  it("say numbers as words", () => {
    expect(words.stringLabel(3, 6, 2)).toBe("מיתר שלוש: השבוע שש מעשר, לפני שבוע שתיים");
    expect(words.stringLabel(6, 10, null)).toBe("מיתר שש: השבוע עשר מעשר");
    expect(words.stringLabel(1, null, null)).toBe("מיתר אחת: עוד לא נמדד");
    expect(words.changesLabel(12, 8, 22)).toBe("שנים עשר ימי נגינה: משמונה לעשרים ושניים מעברים בדקה.");
    expect(words.changesLabel(2, 1, 2)).toBe("שני ימי נגינה: מאחד לשני מעברים בדקה.");
    expect(words.changesLabel(1, 1, 1)).toBe("יום אחד: מעבר אחד בדקה.");
    expect(words.lines(30, 60)).toBe("ממשיכים בשלושים, היעד שישים.");
  });
});
