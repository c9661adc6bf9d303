import { describe, expect, it } from "vitest";
import type { ChordCard, DrillView, StringView, TroubleView, Update } from "../backend";
import { groupWordOf, lightOf, offersOf, sayingOf, type Scene } from "../practice/view";
import { he } from "../i18n/he";
import { beginning, drawnStrings, fold, shownStrings, spokenString, type Lesson } from "./state";

const EM: ChordCard = {
  chord: "E:min",
  name: "Em",
  hebrew: "מי מינור",
  hebrewSpoken: "מי מינור",
  frets: [0, 2, 2, 0, 0, 0],
  fingers: [null, 2, 3, null, null, null],
};
const AM: ChordCard = { ...EM, chord: "A:min", name: "Am", frets: [null, 0, 2, 2, 1, 0] };
const FEEDBACK = { diagnosis: "המיתר השלישי נחנק.", tip: "כדאי לעגל.", basis: "לפי הצליל", tipId: "L05", string: 3, cause: true };

type Six = Extract<Update, { kind: "verdict" }>["strings"];

function views(states: Partial<Record<number, StringView["state"]>>, asked = true): Six {
  return [6, 5, 4, 3, 2, 1].map((string) => ({ string, asked, state: states[string] ?? "rings", heard: null, expected: null, confidence: 0.9 })) as Six;
}

function after(...updates: Update[]): Lesson {
  return updates.reduce(fold, beginning(EM));
}

function scene(lesson: Lesson, more: Partial<Scene> = {}): Scene {
  return { lesson, failure: null, chartOnly: false, source: { kind: "microphone", device: null }, ...more };
}

const listening: Update = { kind: "status", status: "listening", source: "" };
const dead: Update = { kind: "verdict", verdict: "fault", askString: null, strings: views({ 3: "dead" }) };
const trouble = (code: TroubleView["code"]): Update => ({ kind: "trouble", trouble: { code, diagnosis: "א.", tip: "ב." } });

describe("a lesson on the screen", () => {
  it("waits hollow until a verdict, and a new strum takes the old verdict away", () => {
    expect(shownStrings(after(listening)).map(({ state }) => state)).toEqual(Array(6).fill("waiting"));
    const again = after(listening, dead, { kind: "feedback", feedback: FEEDBACK }, { kind: "onset", at: 2 });
    expect(shownStrings(again).every(({ state }) => state === "waiting")).toBe(true);
    expect(sayingOf(scene(again)).diagnosis).toBe(FEEDBACK.diagnosis);
  });

  it("singles out the one string the teacher speaks of, and no other", () => {
    expect(spokenString(after(dead))).toBeNull();
    expect(spokenString(after(dead, { kind: "feedback", feedback: FEEDBACK }))).toBe(3);
    const unsure: Update = { kind: "verdict", verdict: "unsure", askString: 2, strings: views({ 2: "unsure" }) };
    expect(spokenString(after(unsure))).toBe(2);
  });

  it("never singles out a string that rings as asked", () => {
    const clean: Update = { kind: "verdict", verdict: "right", askString: null, strings: views({}) };
    expect(spokenString(after(clean, { kind: "feedback", feedback: FEEDBACK }))).toBeNull();
  });

  it("shows a string that rings unasked as heard too", () => {
    const extra: Update = { kind: "verdict", verdict: "fault", askString: null, strings: views({}, false) };
    expect(shownStrings(after(extra)).map(({ state }) => state)).toEqual(Array(6).fill("extra"));
  });

  it("shows no verdict on top of bad hearing", () => {
    expect(shownStrings(after(dead, trouble("too_noisy"))).every(({ state }) => state === "unsure")).toBe(true);
    expect(shownStrings(after(dead, trouble("microphone_lost"))).every(({ state }) => state === "waiting")).toBe(true);
    expect(shownStrings(after(dead, trouble("engine_down")))[3]?.state).toBe("dead");
  });

  it("keeps the sentence through a trouble that passes", () => {
    const through = after(dead, { kind: "feedback", feedback: FEEDBACK }, trouble("too_noisy"), { kind: "trouble", trouble: null });
    expect(sayingOf(scene(through)).diagnosis).toBe(FEEDBACK.diagnosis);
  });

  it("says beside the sentence, and once, that an engine is down", () => {
    const down = after(listening, trouble("engine_down"));
    expect(sayingOf(scene(down)).note).toBe("א. ב.");
    expect(sayingOf(scene(down)).diagnosis).not.toBe("א.");
    const said: Update = { kind: "feedback", feedback: FEEDBACK };
    expect(sayingOf(scene(fold(down, said)))).toMatchObject({ diagnosis: FEEDBACK.diagnosis, note: "" });
    const standing = after(listening, dead, said, trouble("engine_down"));
    expect(sayingOf(scene(standing))).toMatchObject({ diagnosis: FEEDBACK.diagnosis, tip: FEEDBACK.tip, note: "א. ב." });
    expect(offersOf(scene(standing)).offers).toEqual(["why", "again", "next"]);
    expect(after(listening, trouble("too_noisy"), trouble("engine_down")).trouble?.code).toBe("too_noisy");
    const noisy = after(listening, trouble("too_noisy"), { kind: "feedback", feedback: FEEDBACK });
    expect(sayingOf(scene(noisy)).diagnosis).toBe("א.");
  });

  it("says once that the microphone hears low notes only, then shows the verdicts that follow", () => {
    const told = after(listening, trouble("narrow_band"));
    expect(sayingOf(scene(told)).diagnosis).toBe("א.");
    expect(lightOf(scene(told))).toBe("weak");
    expect(shownStrings(told).every(({ state }) => state === "waiting")).toBe(true);
    const judged = fold(told, dead);
    expect(judged.trouble).toBeNull();
    expect(shownStrings(judged)[3]?.state).toBe("dead");
    const spoken = fold(told, { kind: "feedback", feedback: FEEDBACK });
    expect(sayingOf(scene(spoken)).diagnosis).toBe(FEEDBACK.diagnosis);
    expect(after(listening, trouble("too_noisy"), dead).trouble?.code).toBe("too_noisy");
  });

  it("starts another chord clean", () => {
    const other = after(dead, { kind: "feedback", feedback: FEEDBACK }, { kind: "chord", card: AM });
    expect(other.verdict).toBeNull();
    expect(other.feedback).toBeNull();
    expect(shownStrings(other)[0]?.state).toBe("not_asked");
  });
});

describe("what the practice screen says and offers", () => {
  it("names each wait", () => {
    expect(groupWordOf(scene(beginning(EM)))).toBe(he.practice.connecting);
    expect(groupWordOf(scene(after(listening)))).toBe(he.practice.listening);
    expect(groupWordOf(scene(after(trouble("microphone_missing"))))).toBe(he.practice.notHearing);
    expect(groupWordOf(scene(after(trouble("too_noisy"))))).toBe(he.stateWord("unsure", 6));
    expect(groupWordOf(scene(after(listening, dead)))).toBe("");
  });

  it("offers the way out first and the way on second", () => {
    expect(offersOf(scene(after(listening))).offers).toEqual(["why", "again", "next"]);
    expect(offersOf(scene(after(trouble("microphone_missing"))))).toEqual({ offers: ["chooseMicrophone", "chartOnly"], solving: true });
    expect(offersOf(scene(after(trouble("too_noisy")))).offers[0]).toBe("check");
    expect(offersOf(scene(beginning(EM), { failure: { code: "x", message: "א. ב." } })).offers[0]).toBe("retry");
  });

  it("shrinks to one word while the teacher speaks, and trouble still comes first", () => {
    expect(offersOf(scene(after(listening, { kind: "speaking", speaking: true }))).offers).toEqual(["stop"]);
    expect(offersOf(scene(after({ kind: "speaking", speaking: true }, trouble("too_noisy")))).offers[0]).toBe("check");
  });

  it("says an error in the teacher's place", () => {
    const saying = sayingOf(scene(beginning(EM), { failure: { code: "x", message: "חסר קובץ. כדאי להתקין שוב." } }));
    expect(saying).toMatchObject({ diagnosis: "חסר קובץ.", tip: "כדאי להתקין שוב." });
  });

  it("never says the microphone is open when it is not", () => {
    expect(lightOf(scene(after(listening)))).toBe("open");
    expect(lightOf(scene(after(listening), { source: { kind: "demo" } }))).toBe("off");
    expect(lightOf(scene(after(trouble("microphone_lost"))))).toBe("none");
    expect(lightOf(scene(beginning(EM)))).toBe("connecting");
    expect(lightOf(scene(beginning(EM), { failure: { code: "x", message: "א." } }))).toBe("off");
  });
});

describe("strings one by one", () => {
  const drill = (string: number | null, more: Partial<DrillView> = {}): Update => ({
    kind: "drill",
    drill: { drill: "strings", phase: "playing", beat: null, bar: null, bpm: null, chord: EM, next: null, string, other: null, place: null, changes: null, secondsLeft: null, clean: 0, tries: 0, inARow: 0, goal: null, outcome: null, ...more },
  });
  const awaited = (states: Partial<Record<number, StringView["state"]>>): Six => views({ 6: "awaited", 5: "awaited", 4: "awaited", 3: "awaited", 2: "awaited", 1: "awaited", ...states });
  const told = (states: Partial<Record<number, StringView["state"]>>, verdict: "fault" | "unsure" = "unsure"): Update => ({ kind: "verdict", verdict, askString: null, strings: awaited(states) });
  const states = (lesson: Lesson): string[] => drawnStrings(lesson).map(({ state }) => state);

  it("marks the string to play, and asks in words where no teacher speaks", () => {
    const ready = after(listening, drill(6, { phase: "ready" }));
    expect(states(ready)).toEqual(["asked", "waiting", "waiting", "waiting", "waiting", "waiting"]);
    expect(groupWordOf(scene(ready))).toBe("");
    expect(sayingOf(scene(ready)).tip).toBe("פורטים כל מיתר לבד, מהעבה לדק.");
    expect(sayingOf(scene(after(listening, drill(5)))).diagnosis).toBe("");
  });

  it("keeps what rang while the next is played, and a string that did not", () => {
    const onset: Update = { kind: "onset", at: 1 };
    const rung = after(listening, drill(6), told({ 6: "rings" }), drill(5), onset);
    expect(states(rung)).toEqual(["rings", "asked", "waiting", "waiting", "waiting", "waiting"]);
    const dead = after(listening, drill(6), told({ 6: "rings" }), drill(5), told({ 5: "dead" }, "fault"), { kind: "feedback", feedback: { ...FEEDBACK, string: 5 } });
    expect(states(dead)).toEqual(["rings", "dead", "waiting", "waiting", "waiting", "waiting"]);
    expect(spokenString(dead)).toBe(5);
    const mended = [told({ 5: "rings" }), drill(4)].reduce(fold, dead);
    expect(states(mended)).toEqual(["rings", "rings", "asked", "waiting", "waiting", "waiting"]);
    expect(mended.feedback).toBeNull();
  });

  it("begins a round anew with its first string", () => {
    const whole = after(listening, drill(1), told({ 6: "rings", 5: "rings", 4: "rings", 3: "rings", 2: "rings", 1: "rings" }), drill(6));
    expect(states(whole)).toEqual(Array(6).fill("rings"));
    expect(states([told({ 6: "rings" }), drill(5)].reduce(fold, whole))).toEqual(["rings", "asked", "waiting", "waiting", "waiting", "waiting"]);
  });
});
