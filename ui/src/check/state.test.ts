import { describe, expect, it } from "vitest";
import type { CheckUpdate, TroubleView } from "../backend";
import { he } from "../i18n/he";
import { beginning, fold, groupWordOf, lightOf, offersOf, sayingOf, type Check, type Scene } from "./state";

const listening: CheckUpdate = { kind: "status", status: "listening" };
const stage = (name: "room" | "play" | "done"): CheckUpdate => ({ kind: "stage", stage: name, diagnosis: `${name}.`, tip: "ב." });
const level = (value: number): CheckUpdate => ({ kind: "level", level: value, peak: value, floor: 0.001 });
const trouble = (code: TroubleView["code"]): CheckUpdate => ({ kind: "trouble", trouble: { code, diagnosis: "ג.", tip: "ד." } });

function scene(check: Check, more: Partial<Scene> = {}): Scene {
  return { check, failure: null, denied: false, ...more };
}

function after(...updates: CheckUpdate[]): Check {
  return updates.reduce(fold, beginning());
}

describe("the check of the sound", () => {
  it("goes from the room to the strings to good, and can be passed over until then", () => {
    const room = after(listening, stage("room"));
    expect(groupWordOf(scene(room))).toBe(he.check.quiet);
    expect(offersOf(scene(room)).offers).toEqual(["skip"]);
    const play = fold(room, stage("play"));
    expect(sayingOf(scene(play)).diagnosis).toBe("play.");
    const done = fold(play, stage("done"));
    expect(offersOf(scene(done))).toEqual({ offers: ["go"], solving: true });
  });

  it("keeps what the guitar reached, and nothing of the room", () => {
    const check = after(listening, stage("room"), level(0.5), stage("play"), level(0.2), level(0.05));
    expect(check.reached).toBe(0.2);
  });

  it("names each trouble with the way out first and the way on second", () => {
    for (const code of ["too_noisy", "clipping", "too_quiet", "silence", "narrow_band", "noise_suppression", "speech_over"] as const) {
      const wrong = after(listening, stage("room"), stage("play"), trouble(code));
      expect(sayingOf(scene(wrong))).toMatchObject({ diagnosis: "ג.", tip: "ד." });
      expect(offersOf(scene(wrong)).solving).toBe(true);
      expect(offersOf(scene(wrong)).offers[1]).toBe("skip");
    }
    expect(offersOf(scene(after(listening, trouble("narrow_band")))).offers[0]).toBe("chooseMicrophone");
  });

  it("clears itself when the cause is gone", () => {
    const over = after(listening, stage("play"), trouble("clipping"), { kind: "trouble", trouble: null }, stage("done"));
    expect(sayingOf(scene(over)).diagnosis).toBe("done.");
  });

  it("says what to do where the system refuses the microphone, and never that it is open", () => {
    const refused = scene(beginning(), { denied: true });
    expect(sayingOf(refused).diagnosis).toBe(he.trouble.denied.diagnosis);
    expect(offersOf(refused).offers).toEqual(["settings", "skip"]);
    expect(lightOf(refused)).toBe("none");
    expect(lightOf(scene(after(trouble("microphone_missing"))))).toBe("none");
    expect(lightOf(scene(after(listening, trouble("too_noisy"))))).toBe("noisy");
    expect(lightOf(scene(after(listening)))).toBe("open");
  });
});
