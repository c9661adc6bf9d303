import { describe, expect, it } from "vitest";
import type { StripView } from "../backend";
import { inWords, why } from "../i18n/he/why";
import { bars, BARS, seconds } from "./strips";

const strip = (rang: number | null, still = false): StripView => ({ string: 3, levels: [], together: false, rang, still });

describe("a strip", () => {
  it("has a bar every hundredth of a second, as high as it was loud, and no more than a second", () => {
    expect(bars([100, 0])).toBe("M0.5 0.5V19.5M1.5 9.2V10.8");
    expect(bars([250])).toBe(bars([100]));
    expect(bars(Array(300).fill(5)).split("M").length - 1).toBe(BARS);
    expect(bars([])).toBe("");
  });

  it("tells how long it rang, at least so long, or nothing", () => {
    expect([strip(0.08), strip(0.999), strip(2.44), strip(2.1, true), strip(null)].map(seconds)).toEqual(["0.08", "1.00", "2.4", "2.1+", ""]);
  });

  it("says it in words", () => {
    expect([0.08, 0.02, 0.01, 0, 0.35, 0.7, 1, 1.4, 2.1, 2.2, 3].map(inWords)).toEqual([
      "שמונה מאיות שנייה",
      "שתי מאיות שנייה",
      "מאית שנייה",
      "פחות ממאית שנייה",
      "שלושים וחמש מאיות שנייה",
      "שבעים מאיות שנייה",
      "שנייה",
      "שנייה וארבע עשיריות",
      "שתי שניות ועשירית",
      "שתי שניות ושתי עשיריות",
      "שלוש שניות",
    ]);
    expect(why.rangSpoken(2, true)).toBe("צלצל יותר משתי שניות");
  });
});
