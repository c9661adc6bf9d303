import { describe, expect, it } from "vitest";
import type { ChordCard } from "../backend";
import { drillOf, placeOf } from "./doing";

const AM: ChordCard = { chord: "A:min", name: "Am", hebrew: "לה מינור", hebrewSpoken: "לה מינור", frets: [null, 0, 2, 2, 1, 0], fingers: [null, null, 2, 3, 1, null] };

describe("where a task is done", () => {
  it("goes by its item, and by its kind where the item is a step", () => {
    expect(placeOf({ kind: "tune", item: "step:setup.tune" })).toEqual({ screen: "tuner" });
    expect(placeOf({ kind: "strum", item: "chord:E:min" })).toEqual({ screen: "practice", chord: "E:min" });
    expect(placeOf({ kind: "changes", item: "pair:E:min>A:min" })).toEqual({ screen: "practice", chord: "E:min" });
    expect(placeOf({ kind: "song", item: "song:boker-ehad/1" })).toEqual({ screen: "song", song: "boker-ehad" });
    expect(placeOf({ kind: "pattern", item: "pattern:D-D-D-D-", card: AM })).toEqual({ screen: "practice", chord: "A:min" });
  });

  it("is a drill where its kind and its item belong together", () => {
    const rest = { seconds: null, bpm: null, chord: null, whole: false, clicks: true };
    expect(drillOf({ kind: "changes", item: "pair:E:min>A:min" }, true)).toEqual({ kind: "changes", item: "pair:E:min>A:min", ...rest });
    expect(drillOf({ kind: "silence", item: "pattern:D-D-D-D-" }, false)).toEqual({ kind: "silence", item: "pattern:D-D-D-D-", ...rest, clicks: false });
    expect(drillOf({ kind: "pattern", item: "pattern:D-D-D-D-", card: AM }, true)).toEqual({ kind: "pattern", item: "pattern:D-D-D-D-", ...rest, chord: "A:min" });
    expect(drillOf({ kind: "changes", item: "pair:A:min>E:min", card: AM }, true)?.chord).toBeNull();
    expect(drillOf({ kind: "changes", item: "chord:E:min" }, true)).toBeNull();
    expect(drillOf({ kind: "song", item: "song:gesher/1" }, true)).toBeNull();
    expect(drillOf({ kind: "tune", item: "step:setup.tune" }, true)).toBeNull();
  });

  it("is read where nothing is listened for", () => {
    const lines = ["יושבים זקוף."];
    expect(placeOf({ kind: "hold", item: "step:setup.hold", title: "מחזיקים", lines })).toEqual({ screen: "reading", title: "מחזיקים", lines });
  });

  it("leaves to a free choice what has no screen of its own", () => {
    expect(placeOf({ kind: "strum", item: "chord:" })).toEqual({ screen: "choose" });
  });
});
