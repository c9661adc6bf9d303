import { describe, expect, it } from "vitest";
import { minutes, number, players, practices } from "./count";

describe("minutes in words", () => {
  it("have a form for one and for two, and words up to ten", () => {
    expect([1, 2, 3, 5, 7, 10].map(minutes)).toEqual(["דקה", "שתי דקות", "שלוש דקות", "חמש דקות", "שבע דקות", "עשר דקות"]);
  });

  it("are words again at whole tens, and digits between", () => {
    expect([12, 15, 20, 30].map(minutes)).toEqual(["12 דקות", "15 דקות", "עשרים דקות", "שלושים דקות"]);
  });

  it("know halves, and nothing finer", () => {
    expect([0.5, 1.5, 2.5, 3.25, 2.9].map(minutes)).toEqual(["חצי דקה", "דקה וחצי", "שתי דקות וחצי", "שלוש דקות וחצי", "שלוש דקות"]);
    expect(minutes(0)).toBe("חצי דקה");
  });
});

describe("other counts", () => {
  it("agree with a masculine noun", () => {
    expect([1, 2, 3, 8, 10, 20, 42].map(practices)).toEqual([
      "תרגול אחד",
      "שני תרגולים",
      "שלושה תרגולים",
      "שמונה תרגולים",
      "עשרה תרגולים",
      "עשרים תרגולים",
      "42 תרגולים",
    ]);
    expect(players(2)).toBe("שניים שמנגנים כאן");
    expect(players(3)).toBe("שלושה שמנגנים כאן");
  });

  it("stand alone in the feminine", () => {
    expect([0, 2, 6, 9, 20].map(number)).toEqual(["אפס", "שתיים", "שש", "תשע", "עשרים"]);
  });
});
