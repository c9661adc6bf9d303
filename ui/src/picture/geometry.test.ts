import { describe, expect, it } from "vitest";
import { discY, fretLaw, fretMiddles, fretWindow, gauge, layOut, reach, soundingFrom, wireShare } from "./geometry";

const EM = [0, 2, 2, 0, 0, 0];
const laptop = { width: 608, height: 545, maxGap: 84, lefty: false };
const phone = { width: 358, height: 275, maxGap: 53, lefty: false };

describe("the fret law", () => {
  it("halves the string at the twelfth fret", () => {
    expect(fretLaw(12)).toBeCloseTo(0.5, 12);
    expect(fretLaw(0)).toBe(0);
  });

  it("makes each fret narrower than the one before by a semitone", () => {
    const first = wireShare(1, 1, 3);
    const second = wireShare(2, 1, 3) - first;
    const third = 1 - wireShare(2, 1, 3);
    expect(second / first).toBeCloseTo(2 ** (-1 / 12), 10);
    expect(third / second).toBeCloseTo(2 ** (-1 / 12), 10);
  });

  it("fills the box also when it starts higher on the neck", () => {
    expect(wireShare(9, 7, 3)).toBeCloseTo(1, 12);
    expect(wireShare(7, 7, 3)).toBeGreaterThan(1 / 3);
  });
});

describe("the frets a box shows", () => {
  it("shows three from the nut, grows to five, then leaves the nut", () => {
    expect(fretWindow(EM)).toEqual({ first: 1, count: 3 });
    expect(fretWindow([0, 0, 0, 0, 0, 0])).toEqual({ first: 1, count: 3 });
    expect(fretWindow([1, 3, 3, 2, 1, 1])).toEqual({ first: 1, count: 3 });
    expect(fretWindow([null, 3, 5, 5, 5, 3])).toEqual({ first: 1, count: 5 });
    expect(fretWindow([7, 9, 9, 8, 7, 7])).toEqual({ first: 7, count: 3 });
  });
});

describe("the strings", () => {
  it("run from thick to thin", () => {
    const widths = [0, 1, 2, 3, 4, 5].map((index) => gauge(index, 84));
    expect(widths[0]).toBeCloseTo(5.4, 6);
    expect(widths[5]).toBeCloseTo(2, 6);
    expect(widths).toEqual([...widths].sort((one, other) => other - one));
    expect(reach(0, 84)).toBeGreaterThan(reach(5, 84));
  });

  it("stand 84 apart on a laptop and 53 on a phone, thick one left", () => {
    expect(layOut(laptop, EM).gap).toBe(84);
    expect(layOut(phone, EM).gap).toBe(53);
    const { xs } = layOut(laptop, EM);
    expect(xs).toEqual([...xs].sort((one, other) => one - other));
  });

  it("are an exact mirror for the left hand", () => {
    const right = layOut(laptop, EM);
    const left = layOut({ ...laptop, lefty: true }, EM);
    right.xs.forEach((x, index) => {
      expect(left.xs[index]).toBeCloseTo(laptop.width - x, 9);
    });
    expect(left.fretNumberX).toBeCloseTo(laptop.width - right.fretNumberX, 9);
    expect(left.wires).toEqual(right.wires);
  });

  it("sound from the finger's wire to the bridge, open ones from the nut", () => {
    const layout = layOut(laptop, EM);
    expect(soundingFrom(layout, 0)).toBe(layout.board.y);
    expect(soundingFrom(layout, 2)).toBe(layout.wires[1]);
    expect(layout.saddleY).toBeGreaterThan(layout.board.y + layout.board.height);
  });
});

describe("the picture", () => {
  it("puts a disc just behind its wire and inside its fret", () => {
    for (const space of [laptop, phone]) {
      const layout = layOut(space, EM);
      const [before = 0, wire = 0] = layout.wires;
      expect(discY(layout, 2) + layout.discRadius).toBeLessThanOrEqual(wire);
      expect(discY(layout, 2) - layout.discRadius).toBeGreaterThan(before - 2);
    }
  });

  it("numbers the frets in their middles, from the box's first", () => {
    expect(fretMiddles(layOut(laptop, [7, 9, 9, 8, 7, 7])).map(({ fret }) => fret)).toEqual([7, 8, 9]);
  });

  it("stays inside its space at every size, and loses soundboard before frets", () => {
    for (const width of [300, 358, 480, 608, 900]) {
      for (const height of [150, 200, 275, 420, 545]) {
        const layout = layOut({ width, height, maxGap: width >= 500 ? 84 : 53, lefty: false }, EM);
        expect(layout.body.x).toBeGreaterThanOrEqual(0);
        expect(layout.body.x + layout.body.width).toBeLessThanOrEqual(width);
        expect(layout.body.y + layout.body.height).toBeLessThanOrEqual(height);
        expect(layout.bridge.y).toBeGreaterThan(layout.board.y);
      }
    }
    const tall = layOut(laptop, EM);
    const short = layOut({ ...laptop, height: 490 }, EM);
    expect(short.board.height).toBeCloseTo(tall.board.height, 6);
  });
});
