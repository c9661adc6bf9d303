import { describe, expect, it } from "vitest";
import type { DrillView } from "../backend";
import { comingOf, countsOf, gatesOf, isUnderWay, nextOf, offersOf, otherOf, patternOf, perBeatOf, reachedOf, stringOf, strokesNow, wordOf } from "./view";

const card = (chord: string, name: string): DrillView["chord"] => ({ chord, name, hebrew: "", hebrewSpoken: "", frets: [0, 2, 2, 0, 0, 0], fingers: [null, 2, 3, null, null, null] });

function drill(more: Partial<DrillView>): DrillView {
  return {
    drill: "pattern",
    phase: "playing",
    beat: null,
    bar: null,
    bpm: 70,
    chord: card("E:min", "Em"),
    next: null,
    string: null,
    other: null,
    place: null,
    changes: null,
    secondsLeft: null,
    clean: 0,
    tries: 0,
    inARow: 0,
    goal: { measure: "row", wanted: 4, reached: 0, passed: false },
    outcome: null,
    ...more,
  };
}
const changes = (more: Partial<DrillView>): DrillView =>
  drill({ drill: "changes", bpm: null, next: card("A:min", "Am"), changes: 3, secondsLeft: 31, goal: { measure: "rate", wanted: 30, reached: 0, passed: false }, ...more });

describe("a drill on the screen", () => {
  it("says in a word what is to be done, and nothing while it is played", () => {
    expect(wordOf(drill({ phase: "ready" }))).toBe("");
    expect(wordOf(drill({ phase: "countIn" }))).toBe("סופרים יחד");
    expect(wordOf(drill({ phase: "silent" }))).toBe("סופרים בשקט");
    expect(wordOf(drill({ phase: "rejoin" }))).toBe("נכנסים על הפעימה הראשונה");
    expect(wordOf(changes({}))).toBe("");
  });

  it("draws gates that can be counted at a glance", () => {
    const goal = { measure: "row", wanted: 4, reached: 3, passed: false } as const;
    expect(gatesOf(drill({ goal, inARow: 2 }))).toEqual([true, true, false, false]);
    expect(reachedOf(drill({ goal, inARow: 0 }))).toBe(0);
    expect(reachedOf(drill({ goal, inARow: 0, phase: "over" }))).toBe(3);
    expect(gatesOf(drill({ goal: { ...goal, measure: "clean" } }))).toEqual([true, true, true, false]);
    expect(gatesOf(changes({}))).toEqual([]);
  });

  it("names what the gates count", () => {
    expect(countsOf(drill({}))).toBe("תיבות ברצף");
    expect(countsOf(drill({ drill: "strum" }))).toBe("פריטות ברצף");
    expect(countsOf(drill({ drill: "strings", goal: { measure: "clean", wanted: 3, reached: 0, passed: false } }))).toBe("סיבובים נקיים");
    expect(countsOf(drill({ drill: "place", goal: { measure: "clean", wanted: 1, reached: 0, passed: false } }))).toBe("נקיות");
    expect(countsOf(drill({ drill: "rejoin", goal: { measure: "beat", wanted: 3, reached: 0, passed: false } }))).toBe("כניסות בזמן");
  });

  it("names the string to play now, until it is over", () => {
    expect(stringOf(drill({ drill: "strings", string: 5 }))).toBe("המיתר החמישי");
    expect(stringOf(drill({ drill: "strings", string: 5, phase: "over" }))).toBe("");
    expect(otherOf(drill({ drill: "strings", string: 5 }))).toBe("");
    expect(otherOf(drill({ drill: "strings", string: 5, other: 4 }))).toBe("נשמע המיתר הרביעי");
    expect(stringOf(drill({}))).toBe("");
  });

  it("has the pattern that was asked for, whatever is drilled on it", () => {
    const asked = { kind: "pattern", item: "pattern:D-DU-UDU", seconds: null, bpm: null, chord: null, whole: false, clicks: true };
    for (const kind of ["pattern", "silence", "rejoin"]) expect(patternOf({ ...asked, kind })).toBe("D-DU-UDU");
    expect(patternOf({ ...asked, kind: "changes", item: "pair:E:min>A:min" })).toBeNull();
    expect(patternOf(null)).toBeNull();
  });

  it("marks the strokes of the beat that is played, in bars of four, three and two beats", () => {
    const at = (now: number, of: number): DrillView => drill({ beat: { now, of } });
    expect(strokesNow("D-DU-UDU", at(1, 4))).toEqual({ from: 0, to: 2 });
    expect(strokesNow("D-DU-UDU", at(4, 4))).toEqual({ from: 6, to: 8 });
    expect(strokesNow("D-DUDU", at(3, 3))).toEqual({ from: 4, to: 6 });
    expect(strokesNow("D--D--", at(2, 2))).toEqual({ from: 3, to: 6 });
  });

  it("marks no stroke where none is to be struck or it is not known which", () => {
    const beat = { now: 2, of: 4 };
    for (const phase of ["ready", "countIn", "silent", "rejoin", "over"] as const) expect(strokesNow("D-DU-UDU", drill({ phase, beat }))).toBeNull();
    expect(strokesNow("D-DU-UDU", drill({}))).toBeNull();
    expect(perBeatOf("D-DU-UDUD-DU-UDU", drill({ beat }))).toBeNull();
    expect(perBeatOf("D-D-D-", drill({ beat }))).toBeNull();
  });

  it("offers the words of its place", () => {
    expect(offersOf(drill({ phase: "ready" }))).toEqual(["start", "slower", "next"]);
    expect(offersOf(changes({ phase: "ready" }))).toEqual(["start", "next"]);
    expect(offersOf(drill({}))).toEqual(["slower", "stop"]);
    expect(offersOf(changes({ phase: "over" }))).toEqual(["next", "again"]);
  });

  it("is left by «הבא» before it began and at its end, and ends first where it runs", () => {
    for (const goesOn of [true, false]) {
      expect(nextOf(drill({ phase: "ready" }), goesOn)).toBe("leave");
      expect(nextOf(changes({ phase: "ready" }), goesOn)).toBe("leave");
      expect(nextOf(drill({ phase: "over" }), goesOn)).toBe("leave");
      expect(nextOf(drill({ phase: "countIn" }), goesOn)).toBe("end");
      expect(nextOf(changes({}), goesOn)).toBe("end");
    }
    // A lesson on a chord, with gates or without: on to what follows, else to the next chord.
    expect(nextOf(drill({ bpm: null }), true)).toBe("leave");
    expect(nextOf(drill({ bpm: null }), false)).toBe("end");
    expect(nextOf(null, true)).toBe("leave");
    expect(nextOf(null, false)).toBe("end");
  });

  it("is under way from the count-in to its end", () => {
    expect((["ready", "countIn", "playing", "silent", "rejoin", "over"] as const).map((phase) => isUnderWay(drill({ phase })))).toEqual([false, true, true, true, true, false]);
    expect(isUnderWay(changes({}))).toBe(true);
    expect(isUnderWay(drill({ bpm: null }))).toBe(false);
  });

  it("shows the chord that comes while there is one", () => {
    expect(comingOf(changes({}))?.name).toBe("Am");
    expect(comingOf(changes({ phase: "over" }))).toBeNull();
    expect(comingOf(drill({ next: card("E:min", "Em") }))).toBeNull();
  });
});
