import { describe, expect, it } from "vitest";
import { arrowBetween, HEAD, pegs, placeOf } from "./geometry";

describe("the place of a string", () => {
  it("is the target's at no cents, even near it, and never off the picture", () => {
    expect(placeOf(0)).toBe(0);
    expect(placeOf(-20)).toBeCloseTo(2 * placeOf(-10), 9);
    expect(placeOf(-18)).toBeCloseTo(-placeOf(18), 9);
    for (const cents of [60, 200, 1200, 12_000]) {
      expect(placeOf(cents)).toBeGreaterThan(placeOf(cents - 10));
      expect(placeOf(cents)).toBeLessThan(1);
    }
  });
});

describe("the arrow", () => {
  it("points from the string to the target and goes where there is no room", () => {
    const right = arrowBetween(100, 300, 27);
    expect(right && right.from > 100 && right.from < right.to && right.to < 300).toBe(true);
    const left = arrowBetween(500, 300, 27);
    expect(left && left.from < 500 && left.from > left.to && left.to > 300).toBe(true);
    expect(arrowBetween(280, 300, 27)).toBeNull();
  });
});

describe("the head", () => {
  it("has the thick strings on the left, the outer ones nearest to the nut", () => {
    const [six, five, four, three, two, one] = pegs(false);
    expect([six, five, four].every((peg) => peg && peg.x < HEAD.middle)).toBe(true);
    expect([three, two, one].every((peg) => peg && peg.x > HEAD.middle)).toBe(true);
    expect((six?.y ?? 0) > (five?.y ?? 0) && (five?.y ?? 0) > (four?.y ?? 0)).toBe(true);
    expect((one?.y ?? 0) > (two?.y ?? 0) && (two?.y ?? 0) > (three?.y ?? 0)).toBe(true);
    expect(pegs(false).map(({ nut }) => nut)).toEqual([...pegs(false).map(({ nut }) => nut)].sort((a, b) => a - b));
  });

  it("is the exact mirror for the left hand", () => {
    const right = pegs(false);
    pegs(true).forEach((peg, index) => {
      expect(peg.string).toBe(right[index]?.string);
      expect(peg.x - HEAD.middle).toBeCloseTo(HEAD.middle - (right[index]?.x ?? 0), 9);
      expect(peg.nut - HEAD.middle).toBeCloseTo(HEAD.middle - (right[index]?.nut ?? 0), 9);
      expect(peg.y).toBe(right[index]?.y);
    });
  });
});
