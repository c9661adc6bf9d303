import { describe, expect, it } from "vitest";
import type { ChordCard } from "../backend";
import { he } from "./he";
import type { heardAs} from "./labels";
import { openingOf, stringLabel, twoSentences } from "./labels";

const EM: ChordCard = {
  chord: "E:min",
  name: "Em",
  hebrew: "מי מינור",
  hebrewSpoken: "מי מינור",
  frets: [0, 2, 2, 0, 0, 0],
  fingers: [null, 2, 3, null, null, null],
};
const DM: ChordCard = { ...EM, chord: "D:min", name: "Dm", frets: [null, null, 0, 2, 3, 1], fingers: [null, null, null, 2, 3, 1] };

function shown(string: number, state: Parameters<typeof heardAs>[0]["state"], heard: string | null = null, expected: string | null = null) {
  return { string, state, heard, expected };
}

describe("labels of the strings", () => {
  it("say number, place and state in words", () => {
    expect(stringLabel(shown(6, "rings"), EM)).toBe("מיתר שש, פתוח: מצלצל");
    expect(stringLabel(shown(5, "rings"), EM)).toBe("מיתר חמש, אצבע שתיים בסריג שתיים: מצלצל");
    expect(stringLabel(shown(3, "dead"), EM)).toBe("מיתר שלוש, פתוח: נחנק. ההסבר: למה");
  });

  it("name the note that was heard instead", () => {
    expect(stringLabel(shown(4, "wrong_pitch", "סול", "לה"), EM)).toContain("צליל אחר: סול במקום לה");
  });

  it("tell a string that is not asked from one that sounded all the same", () => {
    expect(stringLabel(shown(6, "not_asked"), DM)).toBe("מיתר שש: לא פורטים אותו");
    expect(stringLabel(shown(6, "extra"), DM)).toBe("מיתר שש: נשמע גם, לא פורטים אותו");
  });

  it("never hold a digit or a Latin letter", () => {
    for (const card of [EM, DM]) {
      for (const state of ["rings", "dead", "buzz", "wrong_pitch", "unsure", "not_played", "extra", "not_asked", "waiting"] as const) {
        for (let string = 1; string <= 6; string += 1) {
          expect(stringLabel(shown(string, state), card)).not.toMatch(/[0-9A-Za-z]/);
        }
      }
    }
  });
});

describe("the opening line of a chord", () => {
  it("counts fingers, places and strings", () => {
    expect(openingOf(EM)).toEqual({ diagnosis: "שתי אצבעות בסריג השני.", tip: "פורטים לאט את כל המיתרים." });
    expect(openingOf(DM)).toEqual({
      diagnosis: "שלוש אצבעות בסריגים הראשון, השני והשלישי.",
      tip: "פורטים לאט את ארבעת המיתרים המסומנים.",
    });
  });

  it("fits the four lines of the practice screen", () => {
    for (const card of [EM, DM]) {
      const { diagnosis, tip } = openingOf(card);
      expect(`${diagnosis} ${tip}`.length).toBeLessThanOrEqual(84);
    }
  });
});

describe("a message in two sentences", () => {
  it("keeps the first apart from what to do", () => {
    expect(twoSentences("חסר קובץ. כדאי להתקין שוב. זה קצר.")).toEqual({ diagnosis: "חסר קובץ.", tip: "כדאי להתקין שוב. זה קצר." });
    expect(twoSentences("חסר קובץ 2.5 של השמיעה")).toEqual({ diagnosis: "חסר קובץ 2.5 של השמיעה", tip: "" });
  });
});

describe("the app's own words", () => {
  const all = JSON.stringify(he, (_, value: unknown) => (typeof value === "function" ? undefined : value));

  it("never blame, shout or point by the student's side", () => {
    expect(all).not.toMatch(/[!]|אנא|טעות|שגוי|נכשל|מושלם/);
    expect(all).not.toMatch(/ימינה|שמאלה|למעלה|למטה/);
  });

  it("agree in number", () => {
    expect(he.stateWord("rings", 1)).toBe("מצלצל");
    expect(he.stateWord("rings", 3)).toBe("מצלצלים");
    expect(he.stateWord("not_played", 2)).toBe("לא נפרטו");
    expect(he.stateWord("unsure", 2)).toBe("לא בטוח");
  });
});
