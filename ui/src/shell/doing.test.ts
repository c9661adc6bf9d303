import { describe, expect, it } from "vitest";
import { placeOf } from "./doing";

describe("where a task is done", () => {
  it("goes by its item, and by its kind where the item is a step", () => {
    expect(placeOf({ kind: "tune", item: "step:setup.tune" })).toEqual({ screen: "tuner" });
    expect(placeOf({ kind: "strum", item: "chord:E:min" })).toEqual({ screen: "practice", chord: "E:min" });
    expect(placeOf({ kind: "changes", item: "pair:E:min>A:min" })).toEqual({ screen: "practice", chord: "E:min" });
    expect(placeOf({ kind: "song", item: "song:boker-ehad/1" })).toEqual({ screen: "song", song: "boker-ehad" });
  });

  it("is read where nothing is listened for", () => {
    const lines = ["יושבים זקוף."];
    expect(placeOf({ kind: "hold", item: "step:setup.hold", title: "מחזיקים", lines })).toEqual({ screen: "reading", title: "מחזיקים", lines });
  });

  it("leaves to a free choice what has no screen of its own", () => {
    expect(placeOf({ kind: "pattern", item: "pattern:D-D-D-D-" })).toEqual({ screen: "choose" });
    expect(placeOf({ kind: "strum", item: "chord:" })).toEqual({ screen: "choose" });
  });
});
