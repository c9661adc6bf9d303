import { describe, expect, it } from "vitest";
import { counted, inWords } from "./numbers";

describe("numbers in words", () => {
  it("follow the gender of what is counted", () => {
    expect([1, 2, 3, 8, 10].map((n) => inWords(n, "f"))).toEqual(["אחת", "שתיים", "שלוש", "שמונה", "עשר"]);
    expect([1, 2, 3, 8, 10].map((n) => inWords(n, "m"))).toEqual(["אחד", "שניים", "שלושה", "שמונה", "עשרה"]);
  });

  it("go on past ten and past a hundred", () => {
    expect([11, 12, 19].map((n) => inWords(n, "f"))).toEqual(["אחת עשרה", "שתים עשרה", "תשע עשרה"]);
    expect([11, 12, 19].map((n) => inWords(n, "m"))).toEqual(["אחד עשר", "שנים עשר", "תשעה עשר"]);
    expect(inWords(20, "m")).toBe("עשרים");
    expect(inWords(22, "m")).toBe("עשרים ושניים");
    expect(inWords(61, "f")).toBe("שישים ואחת");
    expect(inWords(100, "m")).toBe("מאה");
    expect(inWords(120, "f")).toBe("מאה ועשרים");
    expect(inWords(132, "f")).toBe("מאה שלושים ושתיים");
    expect(inWords(208, "m")).toBe("מאתיים ושמונה");
    expect(inWords(315, "f")).toBe("שלוש מאות וחמש עשרה");
    expect(inWords(1000, "f")).toBe("1000");
  });

  it("never leaves a gap", () => {
    for (let n = 0; n < 1000; n += 1) {
      for (const gender of ["m", "f"] as const) expect(inWords(n, gender), String(n)).toMatch(/^[א-ת]+( [א-ת]+)*$/);
    }
  });
});

describe("counted nouns", () => {
  it("put one after its noun and know the dual", () => {
    const day = { gender: "m", one: "יום", many: "ימים", two: "יומיים" } as const;
    expect([1, 2, 3, 12].map((n) => counted(n, day))).toEqual(["יום אחד", "יומיים", "שלושה ימים", "שנים עשר ימים"]);
    const strum = { gender: "f", one: "פריטה", many: "פריטות" } as const;
    expect([0, 1, 2, 4].map((n) => counted(n, strum))).toEqual(["אפס פריטות", "פריטה אחת", "שתי פריטות", "ארבע פריטות"]);
    expect(counted(60, strum, true)).toBe("60 פריטות");
  });
});
