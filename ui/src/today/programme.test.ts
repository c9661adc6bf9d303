import { describe, expect, it } from "vitest";
import type { TaskView } from "../backend";
import { current, isOver, next, NOTHING, take } from "./programme";

const task = (id: string, item: string): TaskView => ({
  id,
  item,
  title: "",
  why: "",
  minutes: 1,
  target: { kind: "strum", seconds: 60, bars: null, tempo: null, countIn: null, clean: null, inARow: null, perMinute: null, goal: null, onBeatOne: null },
  chords: [],
  song: null,
  lines: [],
});
const PLAN = [task("1-tune", "step:setup.tune"), task("2-strum", "chord:E:min")];

describe("a day's programme", () => {
  it("goes from task to task to its end", () => {
    let programme = take(NOTHING, PLAN);
    expect(current(programme)?.id).toBe("1-tune");
    programme = next(programme);
    expect(current(programme)?.id).toBe("2-strum");
    expect(isOver(programme)).toBe(false);
    programme = next(next(programme));
    expect(current(programme)).toBeNull();
    expect(isOver(programme)).toBe(true);
  });

  it("keeps its place in the same plan and begins anew in another", () => {
    const begun = next(take(NOTHING, PLAN));
    expect(take(begun, [...PLAN]).at).toBe(1);
    expect(take(begun, [PLAN[0] as TaskView, task("2-strum", "chord:A:min")]).at).toBe(0);
    expect(take(begun, PLAN.slice(0, 1)).at).toBe(0);
  });

  it("of nothing is not over", () => {
    expect(isOver(NOTHING)).toBe(false);
  });
});
