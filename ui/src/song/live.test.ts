import { describe, expect, it } from "vitest";
import type { DrillView, FeedbackView, Update } from "../backend";
import { BEGINNING, fold, lightOf, offersOf, primaryOf, sayingOf, standOf, type Live } from "./live";

const drill = (more: Partial<DrillView>): Update => ({
  kind: "drill",
  drill: {
    drill: "song",
    phase: "playing",
    beat: null,
    bar: null,
    bpm: 60,
    chord: null,
    next: null,
    string: null,
    other: null,
    place: { section: 0, line: 0, part: 0 },
    changes: null,
    secondsLeft: null,
    clean: 0,
    tries: 0,
    inARow: 0,
    goal: null,
    outcome: null,
    ...more,
  },
});
const said: FeedbackView = { diagnosis: "המעבר מאחר.", tip: "כדאי להתחיל אותו פעימה קודם.", basis: "", tipId: "R01", string: null, cause: false };
const after = (...updates: Update[]) => updates.reduce(fold, BEGINNING);

describe("a song that is played", () => {
  it("stands where its drill says", () => {
    expect(standOf(null)).toBe("reading");
    expect(standOf(BEGINNING)).toBe("connecting");
    expect(standOf(after(drill({ phase: "countIn" })))).toBe("countIn");
  });

  it("keeps the sentence after a line until the next line is over", () => {
    const told = after(drill({}), drill({ place: { section: 0, line: 1, part: 0 } }), { kind: "feedback", feedback: said });
    expect(sayingOf(told, null, false)?.diagnosis).toBe("המעבר מאחר.");
    const along = fold(told, drill({ place: { section: 0, line: 1, part: 2 } }));
    expect(sayingOf(along, null, false)?.tip).toBe("כדאי להתחיל אותו פעימה קודם.");
    expect(sayingOf(fold(along, drill({ place: { section: 0, line: 2, part: 0 } })), null, false)).toBeNull();
    expect(sayingOf(fold(along, drill({ place: { section: 1, line: 1, part: 0 } })), null, false)).toBeNull();
  });

  it("says what stands in the way before all else, and at the end what was reached", () => {
    const trouble = { code: "too_noisy", diagnosis: "רועש מדי.", tip: "כדאי לקרב." } as const;
    const over = after(drill({ phase: "over", outcome: { reached: "רוב השורות נקיות.", next: "אפשר שוב." } }));
    expect(sayingOf(over, null, false)?.diagnosis).toBe("רוב השורות נקיות.");
    expect(sayingOf(fold(over, { kind: "trouble", trouble }), null, false)?.diagnosis).toBe("רועש מדי.");
    expect(sayingOf(null, { code: "x", message: "לא נפתח. מנסים שוב." }, false)).toMatchObject({ diagnosis: "לא נפתח.", tip: "מנסים שוב." });
    expect(sayingOf(null, null, true)?.diagnosis).toContain("אין גישה");
    expect(sayingOf(null, null, false)).toBeNull();
  });

  it("offers the words of its place", () => {
    const of = (live: Live | null, denied = false) => offersOf(live, false, null, denied);
    expect(of(null)).toEqual(["start"]);
    expect(offersOf(null, true, null, false)).toEqual([]);
    expect(offersOf(null, false, null, false, true)).toEqual(["start", "next"]);
    expect(offersOf(null, true, null, false, true)).toEqual(["next"]);
    expect(of(after(drill({})))).toEqual(["slower", "stop", "loop"]);
    expect(of(after(drill({ phase: "rejoin" })))).toEqual(["slower", "stop", "loop"]);
    expect(of(after(drill({ phase: "over" })))).toEqual(["again", "slower", "stop"]);
    const offers = offersOf(after(drill({ phase: "over" })), false, null, false, true);
    expect([offers, primaryOf(offers)]).toEqual([["next", "again", "slower"], "next"]);
    expect(primaryOf(of(after(drill({}))))).toBeNull();
    expect(of(null, true)).toEqual(["retry", "settings", "stop"]);
    const missing = { code: "microphone_missing", diagnosis: "", tip: "" } as const;
    expect(of(after({ kind: "trouble", trouble: missing }))).toEqual(["retry", "stop"]);
  });

  it("shows what the microphone does", () => {
    const light = (...updates: Update[]) => lightOf(after(...updates), null, false);
    expect(light()).toBe("connecting");
    expect(light({ kind: "status", status: "listening", source: "" })).toBe("open");
    expect(light({ kind: "trouble", trouble: { code: "too_noisy", diagnosis: "", tip: "" } })).toBe("noisy");
    expect(lightOf(BEGINNING, null, true)).toBe("none");
  });
});
