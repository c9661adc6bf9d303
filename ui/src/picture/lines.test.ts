import { describe, expect, it } from "vitest";
import { bend, lens, straight, zigzag } from "./lines";

const span = { x: 100, from: 20, to: 220 };
const numbers = (path: string): number[] => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

describe("the lines of a string", () => {
  it("a lens is pointed at both ends and as wide as asked in the middle", () => {
    const [x = 0, from = 0, pull = 0] = numbers(lens(span, 12));
    expect([x, from]).toEqual([100, 20]);
    expect((pull - 100) * 0.75).toBeCloseTo(12, 6);
  });

  it("a zigzag starts and ends on the string and swings to both sides", () => {
    const xs = numbers(zigzag(span, 10)).filter((_, index) => index % 2 === 0);
    expect(xs[0]).toBe(100);
    expect(xs.at(-1)).toBe(100);
    expect(Math.min(...xs)).toBeLessThan(95);
    expect(Math.max(...xs)).toBeGreaterThan(105);
  });

  it("a bend leaves its place; a straight line does not", () => {
    expect(numbers(bend(span, 14))).toContain(114);
    expect(straight(span)).toBe("M100 20V220");
  });
});
