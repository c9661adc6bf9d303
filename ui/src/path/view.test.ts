import { describe, expect, it } from "vitest";
import type { ChapterView, ChordCard, StepView } from "../backend";
import { buttonOf, doingOf, mayComeBack, namesOf, nextOf, rowOf, spokenTitle, wordsOf } from "./view";

const step = (more: Partial<StepView>): StepView => ({
  id: "em-am.place",
  kind: "place",
  title: "",
  state: "locked",
  measure: "clean",
  atLeast: 3,
  goal: null,
  reached: null,
  movedOn: false,
  byLevel: false,
  mayMoveOn: false,
  task: null,
  song: null,
  ...more,
});

describe("a chapter's title", () => {
  it("gives its names, the first first", () => {
    expect(namesOf("שני אקורדים: \u2066Em\u2069, \u2066Am\u2069")).toEqual(["Em", "Am"]);
    expect(namesOf("אקורדי בארה")).toEqual([]);
  });

  it("keeps the words that tell it apart", () => {
    expect(wordsOf("שני אקורדים: \u2066Em\u2069, \u2066Am\u2069")).toBe("שני אקורדים");
    expect(wordsOf("האקורד \u2066G\u2069")).toBe("");
    expect(wordsOf("פריטות למעלה")).toBe("פריטות למעלה");
  });

  it("is spoken in Hebrew", () => {
    const em = { chord: "E:min", name: "Em", hebrew: "", hebrewSpoken: "מי מינור", frets: [], fingers: [] } as unknown as ChordCard;
    expect(spokenTitle("שני אקורדים: \u2066Em\u2069, \u2066Am\u2069", [em])).toBe("שני אקורדים: מי מינור, Am");
  });
});

describe("a gate", () => {
  it("is ● when passed, ◐ when begun, ○ before", () => {
    expect(rowOf(step({ state: "done", reached: 3 }), false).mark).toBe("done");
    expect(rowOf(step({ state: "current", reached: 2 }), true).mark).toBe("begun");
    expect(rowOf(step({ state: "current", reached: 0 }), true).mark).toBe("waiting");
    expect(rowOf(step({}), false).mark).toBe("waiting");
  });

  it("says what was measured beside what passes", () => {
    expect(rowOf(step({ reached: 2 }), false).figure).toBe("2 מתוך 3");
    expect(rowOf(step({ measure: "in_a_row", atLeast: 5, reached: 4 }), false).figure).toBe("4 מתוך 5 ברצף");
    const changes = step({ kind: "changes", measure: "per_minute", atLeast: 30, reached: 22.7 });
    expect(rowOf(changes, true).word).toBe("30 מעברים בדקה");
    expect(rowOf(changes, true).figure).toBe("22 בדקה");
  });

  it("tells more than was asked for as what it is", () => {
    expect(rowOf(step({ state: "done", atLeast: 1, reached: 9 }), false).figure).toBe("9 נקיות");
    expect(rowOf(step({ state: "done", atLeast: 1, reached: 1 }), false).figure).toBe("1 מתוך 1");
  });

  it("left behind is not told as passed", () => {
    const row = rowOf(step({ state: "done", movedOn: true, reached: 2 }), false);
    expect([row.mark, row.figure]).toEqual(["begun", "ממשיכים בלי"]);
  });

  it("is come back to where the student left it, not where the level did", () => {
    expect(mayComeBack(step({ movedOn: true }))).toBe(true);
    expect(mayComeBack(step({ movedOn: true, byLevel: true }))).toBe(false);
    expect(mayComeBack(step({}))).toBe(false);
  });

  it("of a song is its name", () => {
    expect(rowOf(step({ kind: "song", song: "גשר קטן" }), false).figure).toBe("״\u2068גשר קטן\u2069״");
  });
});

describe("the button", () => {
  const chapter = (...steps: StepView[]): ChapterView => ({ id: "em-am", title: "", state: "current", chords: [], steps });

  it("leads to the current step, else to the first that is not done", () => {
    const [done, open, current] = [step({ id: "a", state: "done" }), step({ id: "b", state: "open" }), step({ id: "c", state: "current" })];
    expect(nextOf(chapter(done, open, current))?.id).toBe("c");
    expect(nextOf(chapter(done, open))?.id).toBe("b");
    expect(nextOf(chapter(done))?.id).toBe("a");
    expect(nextOf(chapter())).toBeNull();
  });

  it("hands over what the course practises there", () => {
    expect(doingOf(step({ id: "setup.hold", kind: "hold" }), [])).toEqual({ kind: "hold", item: "step:setup.hold" });
    const task = { item: "pair:E:min>A:min", title: "מעברים", minutes: 2, target: { kind: "changes" }, chords: [], lines: [] } as unknown as StepView["task"];
    const changes = step({ id: "em-am.changes", kind: "changes", task });
    const handed = { kind: "changes", item: "pair:E:min>A:min", title: "מעברים", minutes: 2, lines: [] };
    expect(doingOf(changes, [])).toEqual(handed);
    const chapters = [chapter(step({ id: "em.place" })), chapter(step({}), step({ id: "em-am.strings" }), changes)];
    expect(doingOf(changes, chapters)).toEqual({ ...handed, step: { now: 3, of: 3 } });
  });

  it("says whether one begins, goes on or plays again", () => {
    expect(buttonOf(step({ kind: "hold" }), false)).toBe("מתחילים: ישיבה");
    expect(buttonOf(step({ kind: "changes" }), true)).toBe("ממשיכים: מעברים");
    expect(buttonOf(step({ kind: "song", state: "done" }), true)).toBe("שוב: שיר");
  });
});
