import { describe, expect, it } from "vitest";
import type { ChordCard, DrillView, TroubleView, Update } from "../backend";
import { he } from "../i18n/he";
import { beginning, fold, type Lesson } from "../lesson/state";
import { groupWordOf, lightOf, offersOf, sayingOf, type Scene } from "./view";

const EM: ChordCard = {
  chord: "E:min",
  name: "Em",
  hebrew: "מי מינור",
  hebrewSpoken: "מי מינור",
  frets: [0, 2, 2, 0, 0, 0],
  fingers: [null, 2, 3, null, null, null],
};

function after(...updates: Update[]): Scene {
  const lesson: Lesson = updates.reduce(fold, beginning(EM));
  return { lesson, failure: null, chartOnly: false, source: { kind: "microphone", device: null } };
}

const listening: Update = { kind: "status", status: "listening", source: "" };
const trouble = (code: TroubleView["code"]): Update => ({ kind: "trouble", trouble: { code, diagnosis: "ג.", tip: "ד." } });
const started: Update = { kind: "feedback", feedback: { diagnosis: "א.", tip: "ב.", basis: "", tipId: "A09", string: null, cause: false } };

describe("a guitar in another tuning", () => {
  const scene = after(listening, trouble("other_tuning"));

  it("is told in the teacher's place, and first leads to the usual tuning", () => {
    expect(sayingOf(scene)).toEqual({ diagnosis: "ג.", tip: "ד.", basis: "", note: "" });
    expect(offersOf(scene)).toEqual({ offers: ["tuneUsual", "next"], solving: true });
    expect(groupWordOf(scene)).toBe(he.practice.notJudging);
    expect(lightOf(scene)).toBe("open");
  });

  it("stands until a chord begins that can be taught", () => {
    const played = after(listening, trouble("other_tuning"), { kind: "onset", at: 1 });
    expect(sayingOf(played).diagnosis).toBe("ג.");
    const next = after(listening, trouble("other_tuning"), started);
    expect(sayingOf(next).diagnosis).toBe("א.");
    expect(offersOf(next).offers).toEqual(["why", "again", "next"]);
  });
});

describe("a choice of tuning that cannot be read", () => {
  it("is told once and stops nothing", () => {
    const scene = after(listening, trouble("tuning_unknown"));
    expect(sayingOf(scene).diagnosis).toBe("ג.");
    expect(groupWordOf(scene)).toBe(he.practice.listening);
    expect(sayingOf(after(listening, trouble("tuning_unknown"), started)).diagnosis).toBe("א.");
  });
});

describe("a drill to a count", () => {
  const drill = (more: Partial<DrillView>): Update => ({
    kind: "drill",
    drill: { drill: "changes", phase: "ready", beat: null, bar: null, bpm: null, chord: EM, next: null, string: null, other: null, place: null, changes: 0, secondsLeft: 60, clean: 0, tries: 0, inARow: 0, goal: null, outcome: null, ...more },
  });
  const am: ChordCard = { ...EM, chord: "A:min", name: "Am" };

  it("says before it begins what is played, and not to strum one chord slowly", () => {
    expect(sayingOf(after(listening, drill({ next: am })))).toMatchObject({ diagnosis: "מ־\u2066Em\u2069 ל־\u2066Am\u2069, וחזרה.", tip: "פורטים פעם אחת, ומתחילים." });
    expect(sayingOf(after(listening, drill({ drill: "pattern", bpm: 70, changes: null, secondsLeft: null })))).toMatchObject({ diagnosis: "שתי אצבעות בסריג השני.", tip: "פורטים פעם אחת, ומתחילים." });
    expect(sayingOf(after(listening, drill({ phase: "playing", next: am }))).tip).toBe("");
  });
});
