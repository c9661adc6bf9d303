import { describe, expect, it } from "vitest";
import { ask, isRight } from "./gate";

describe("the gate", () => {
  it("asks sums of six to nine", () => {
    for (const share of [0, 0.3, 0.6, 0.999]) {
      const { a, b } = ask(() => share);
      expect(Math.min(a, b)).toBeGreaterThanOrEqual(6);
      expect(Math.max(a, b)).toBeLessThanOrEqual(9);
    }
  });

  it("does not ask the same sum twice running", () => {
    const once = ask(() => 0.999);
    expect(ask(() => 0.999, once)).not.toEqual(once);
    const low = ask(() => 0);
    expect(ask(() => 0, low)).toEqual({ a: 6, b: 7 });
  });

  it("takes the product, and nothing else", () => {
    const sum = { a: 7, b: 8 };
    expect(isRight(" 56 ", sum)).toBe(true);
    for (const wrong of ["", "78", "5 6", "56.0", "0x38", "כן"]) expect(isRight(wrong, sum)).toBe(false);
  });
});
