import { describe, expect, it } from "vitest";
import type { ChordCard, FeedbackView, StringView, Update } from "../backend";
import { he } from "../i18n/he";
import { beginning, fold, type Lesson } from "../lesson/state";
import { claimsOf, hitsOf, surenessOf } from "./claims";

const EM: ChordCard = {
  chord: "E:min",
  name: "Em",
  hebrew: "מי מינור",
  hebrewSpoken: "מי מינור",
  frets: [0, 2, 2, 0, 0, 0],
  fingers: [null, 2, 3, null, null, null],
};
type Heard = Extract<Update, { kind: "verdict" }>;

function lesson(verdict: Heard["verdict"], state: StringView["state"], confidence: number, cause: boolean): Lesson {
  const strings = [6, 5, 4, 3, 2, 1].map((string) => {
    const third = string === 3;
    return { string, asked: true, state: third ? state : "rings", heard: null, expected: null, confidence: third ? confidence : 0.97 };
  }) as Heard["strings"];
  const feedback: FeedbackView = { diagnosis: "א.", tip: "ב.", basis: "", tipId: "L05", string: 3, cause };
  const heard: Update = { kind: "verdict", verdict, askString: null, strings };
  return [heard, { kind: "feedback", feedback } as Update].reduce(fold, beginning(EM));
}

describe("how sure «why?» is", () => {
  it("has five words", () => {
    expect([0.97, 0.9, 0.75, 0.6, 0.3].map((confidence) => he.why.sureness[surenessOf(confidence)])).toEqual(["בטוח", "די בטוח", "סביר", "ניחוש", "לא יודעים"]);
  });

  it("follows the string that is spoken of, and names a cause only where the teacher did", () => {
    const sure = (told: Lesson): string[] => claimsOf(told, null).map((claim) => claim.sure);
    expect(sure(lesson("fault", "dead", 0.97, false))).toEqual(["sure"]);
    expect(sure(lesson("fault", "dead", 0.97, true))).toEqual(["sure", "likely"]);
    expect(sure(lesson("fault", "dead", 0.6, true))).toEqual(["guess", "guess"]);
    expect(sure(lesson("unsure", "unsure", 0.97, false))).toEqual(["unknown"]);
  });

  it("names the finger where the lesson knows it", () => {
    const claims = (finger: string | null): string[] => claimsOf(lesson("fault", "dead", 0.97, true), finger).map(({ claim }) => claim);
    expect(claims("הקמיצה")).toEqual(["המיתר השלישי נחנק", "זו הקמיצה"]);
    expect(claims(null)[1]).toBe("הסיבה");
  });

  it("is no surer of all strings than of the least sure one", () => {
    expect(claimsOf(lesson("right", "rings", 0.75, false), null)).toEqual([{ claim: he.why.allRang, sure: "likely" }]);
  });
});

describe("how often the verdicts were right", () => {
  it("is told once a dozen strings were played alone, as a count", () => {
    const after = (checked: number, right: number): Lesson => fold(beginning(EM), { kind: "checked", checked, right });
    expect(hitsOf(beginning(EM))).toBe("");
    expect(hitsOf(after(11, 11))).toBe("");
    expect(hitsOf(after(15, 14))).toContain("14 מתוך 15");
  });
});
