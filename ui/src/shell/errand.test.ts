import { describe, expect, it } from "vitest";
import type { TaskView } from "../backend";
import { Errand } from "./errand.svelte";

const HOLD = { kind: "hold", item: "step:setup.hold" };
const task = (item: string): TaskView => ({ id: "2", item, title: "", why: "", minutes: 1, target: { kind: "strum" }, chords: [], song: null, lines: [] }) as unknown as TaskView;

function errand(tasks: TaskView[] = []): { errand: Errand; log: string[] } {
  const log: string[] = [];
  const pass = async (step: string): Promise<void> => {
    await Promise.resolve();
    log.push(step);
  };
  const next = (): TaskView | null => {
    log.push("next");
    return tasks.shift() ?? null;
  };
  return { errand: new Errand(pass, next), log };
}

describe("what one went off to do", () => {
  it("passes its step once it is done, and only once", async () => {
    const { errand: hold, log } = errand();
    hold.begin(HOLD);
    expect(await hold.done()).toBeNull();
    expect(await hold.done()).toBeNull();
    expect(log).toEqual(["setup.hold"]);
  });

  it("passes nothing when it was left, whatever is done after it", async () => {
    const { errand: left, log } = errand();
    left.begin(HOLD);
    left.drop();
    await left.done();
    left.begin({ kind: "strum", item: "chord:E:min" });
    await left.done();
    expect(log).toEqual([]);
  });

  it("keeps the step before it asks what comes next in the programme", async () => {
    const { errand: first, log } = errand([task("chord:E:min")]);
    first.running = true;
    first.begin(HOLD);
    expect((await first.done())?.item).toBe("chord:E:min");
    expect(log).toEqual(["setup.hold", "next"]);
  });

  it("ends the programme with what was left, and at its last task", async () => {
    const { errand: last, log } = errand([task("chord:E:min")]);
    last.running = true;
    last.begin(HOLD);
    last.drop();
    expect(await last.done()).toBeNull();
    expect(log).toEqual([]);
    last.running = true;
    last.begin({ kind: "strum", item: "chord:E:min" });
    await last.done();
    expect(await last.done()).toBeNull();
  });

  it("goes on where the step cannot be kept", async () => {
    const lost = new Errand(() => Promise.reject(new Error("busy")), () => task("chord:A:min"));
    lost.running = true;
    lost.begin(HOLD);
    expect((await lost.done())?.item).toBe("chord:A:min");
  });
});
