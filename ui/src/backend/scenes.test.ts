import { describe, expect, it } from "vitest";
import table from "../../../crates/tutor/data/wordings.csv?raw";
import { SAID } from "./fake/song";
import { scene, SCENE_NAMES } from "./scenes";
import { checkScene, pinnedTo, TUNER_SCENES, tunerScene } from "./tuning";
import type { ChordCard } from "./types";

const EM: ChordCard = {
  chord: "E:min",
  name: "Em",
  hebrew: "מי מינור",
  hebrewSpoken: "מי מינור",
  frets: [0, 2, 2, 0, 0, 0],
  fingers: [null, 2, 3, null, null, null],
};

/** Each pair of the teacher's table in the neutral address, its slots open. */
const PAIRS = table
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(";").slice(1).map(skeleton).join(" "))
  .map((pattern) => new RegExp(`^${pattern}$`));

function skeleton(template: string): string {
  const neutral = template.replace(/\[([^|\]]*)\|[^\]]*\]/g, "$1");
  return neutral.replace(/[.?]/g, "\\$&").replace(/\{\w+\}/g, "\\S+( \\S+)?");
}

describe("the scripted lessons", () => {
  it("say only what the teacher can say", () => {
    expect(PAIRS.length).toBeGreaterThan(60);
    let said = 0;
    for (const name of SCENE_NAMES) {
      for (const { update } of scene(name, EM)) {
        const words = update.kind === "feedback" ? update.feedback : update.kind === "trouble" ? update.trouble : null;
        if (words === null) continue;
        said += 1;
        const pair = `${words.diagnosis} ${words.tip}`;
        expect(PAIRS.some((pattern) => pattern.test(pair)), `${name}: ${pair}`).toBe(true);
      }
    }
    expect(said).toBeGreaterThan(12);
  });

  it("of the tuner and of the check of the sound as well", () => {
    const tuner = TUNER_SCENES.flatMap((name) => tunerScene(name).map(({ update }) => update));
    const check = ["check", "check-noisy", "check-faint", "check-no-mic"].flatMap((name) => checkScene(name).map(({ update }) => update));
    const said = [...tuner, pinnedTo(null), pinnedTo(4), ...check].flatMap((update): { diagnosis: string; tip: string }[] => {
      if (update.kind === "guide") return [update.guide];
      if (update.kind === "stage") return [update];
      return update.kind === "trouble" && update.trouble ? [update.trouble] : [];
    });
    expect(said.length).toBeGreaterThan(20);
    for (const { diagnosis, tip } of said) {
      expect(PAIRS.some((pattern) => pattern.test(`${diagnosis} ${tip}`)), `${diagnosis} ${tip}`).toBe(true);
    }
  });

  it("of a song as well", () => {
    const pair = `${SAID.diagnosis} ${SAID.tip}`;
    expect(PAIRS.some((pattern) => pattern.test(pair)), pair).toBe(true);
  });
});
