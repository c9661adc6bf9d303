import { describe, expect, it } from "vitest";
import type { GuideView, TroubleView, TunerUpdate, TuningCard } from "../backend";
import { he } from "../i18n/he";
import { beginning, fold, lineOf, type Tuning } from "./state";
import { centsText, labelOf, lightOf, offersOf, sayingOf, stringOf, turnOf, type Scene } from "./view";

const NAMES = ["E", "A", "D", "G", "B", "E"];
const STANDARD: TuningCard = { id: "standard", notes: NAMES.map((name) => ({ name, hebrew: name === "A" ? "לה" : "מי" })) as TuningCard["notes"] };

function guide(state: GuideView["state"], string: number | null = 5, more: Partial<GuideView> = {}): TunerUpdate {
  return { kind: "guide", guide: { string, state, tuned: [], pinned: null, diagnosis: "א.", tip: "ב.", ...more } };
}

function after(...updates: TunerUpdate[]): Tuning {
  return updates.reduce(fold, beginning());
}

function scene(tuning: Tuning, more: Partial<Scene> = {}): Scene {
  return { tuning, failure: null, card: STANDARD, denied: false, ...more };
}

const listening: TunerUpdate = { kind: "status", status: "listening" };
const low: TunerUpdate = { kind: "pitch", string: 5, cents: -18, sure: true };
const trouble = (code: TroubleView["code"]): TunerUpdate => ({ kind: "trouble", trouble: { code, diagnosis: "ג.", tip: "ד." } });

describe("tuning on the screen", () => {
  it("shows the target alone until a string is read and the guide speaks of it", () => {
    expect(lineOf(after(listening, guide("waiting", null)))).toBe("none");
    expect(lineOf(after(listening, low))).toBe("none");
    expect(lineOf(after(listening, guide("low"), low))).toBe("away");
    expect(lineOf(after(listening, low, guide("low")))).toBe("away");
  });

  it("makes one line of two only when the guide says so, not from the cents", () => {
    const near: TunerUpdate = { kind: "pitch", string: 5, cents: 0, sure: true };
    expect(lineOf(after(listening, guide("low"), near))).toBe("away");
    expect(lineOf(after(listening, near, guide("in_tune")))).toBe("together");
  });

  it("dots what is not sure, and draws no line for another string or a done guitar", () => {
    expect(lineOf(after(low, guide("unsure")))).toBe("doubt");
    expect(lineOf(after(guide("low"), { kind: "pitch", string: 5, cents: -18, sure: false }))).toBe("doubt");
    expect(lineOf(after(low, guide("other_string")))).toBe("none");
    expect(lineOf(after(low, guide("done", null)))).toBe("none");
    expect(lineOf(after(low, guide("low", 4)))).toBe("none");
  });

  it("keeps the last measurement, still, when the string has rung out", () => {
    const quiet = after(listening, low, guide("low"), { kind: "quiet" });
    expect(quiet.sounding).toBe(false);
    expect(quiet.pitch?.cents).toBe(-18);
    expect(lineOf(quiet)).toBe("away");
  });

  it("measures nothing on top of a trouble, and goes on after it", () => {
    const gone = after(listening, low, guide("low"), trouble("microphone_lost"));
    expect(lineOf(gone)).toBe("none");
    expect(sayingOf(scene(gone))).toMatchObject({ diagnosis: "ג.", tip: "ד.", note: he.tuner.nothingLost });
    const back = fold(gone, { kind: "trouble", trouble: null });
    expect(sayingOf(scene(back)).diagnosis).toBe("א.");
  });
});

describe("what the tuner says and offers", () => {
  it("names the turn of the peg", () => {
    const turn = (state: GuideView["state"]): string => turnOf(after(guide(state)).guide);
    expect([turn("low"), turn("octave_low")]).toEqual(["להדק", "להדק"]);
    expect([turn("high"), turn("octave_high")]).toEqual(["לשחרר", "לשחרר"]);
    expect([turn("in_tune"), turn("waiting"), turn("unsure"), turn("other_string")]).toEqual(["", "", "", ""]);
  });

  it("names the string under the hand from the tuning", () => {
    expect(stringOf(scene(after(guide("low", 5))))).toEqual({ string: 5, note: STANDARD.notes[1] });
    expect(stringOf(scene(after(guide("waiting", null))))).toBeNull();
  });

  it("labels each string in words", () => {
    const note = { name: "A", hebrew: "לה" };
    const at = after(guide("low", 5, { tuned: [6], pinned: 5 })).guide;
    expect(labelOf(5, note, at)).toBe("מיתר חמש, לה: נמוך. מכוונים רק אותו");
    expect(labelOf(6, note, at)).toBe("מיתר שש, לה: במקום");
    expect(labelOf(1, note, at)).toBe("מיתר אחת, לה: עוד לא כוון");
  });

  it("offers the way out first", () => {
    expect(offersOf(scene(after(listening, guide("low"))))).toEqual({ offers: ["again", "other"], solving: false });
    expect(offersOf(scene(after(listening, { kind: "speaking", speaking: true }))).offers).toEqual(["stop"]);
    expect(offersOf(scene(after(guide("done", null)))).offers[0]).toBe("leave");
    expect(offersOf(scene(after(guide("done", null)), { goesOn: true })).offers[0]).toBe("next");
    expect(offersOf(scene(after(listening, guide("low")), { goesOn: true })).offers).toEqual(["again", "other", "next"]);
    expect(offersOf(scene(after(trouble("microphone_missing")))).offers[0]).toBe("chooseMicrophone");
    expect(offersOf(scene(beginning(), { denied: true })).offers[0]).toBe("settings");
    expect(offersOf(scene(beginning(), { failure: { code: "x", message: "א. ב." } })).offers[0]).toBe("retry");
  });

  it("never says the microphone is open when it is not", () => {
    expect(lightOf(scene(after(listening)))).toBe("open");
    expect(lightOf(scene(beginning()))).toBe("connecting");
    expect(lightOf(scene(after(listening, trouble("microphone_lost"))))).toBe("none");
    expect(lightOf(scene(after(listening), { denied: true }))).toBe("none");
    expect(lightOf(scene(beginning(), { failure: { code: "x", message: "א." } }))).toBe("off");
  });

  it("writes cents with a true minus", () => {
    expect([centsText(-17.6), centsText(3.2), centsText(-0.3)]).toEqual(["−18", "+3", "0"]);
  });
});
