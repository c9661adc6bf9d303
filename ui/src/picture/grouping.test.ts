import { describe, expect, it } from "vitest";
import { he } from "../i18n/he";
import { caption, groupNeighbours, type Measures } from "./grouping";
import type { Shown, ShownString } from "./states";

const measures: Measures = { xs: [90, 174, 258, 342, 426, 510], gap: 84, width: 600, small: 21, large: 66 };

function strings(...states: Shown[]): ShownString[] {
  return states.map((state, index) => ({ string: 6 - index, state, heard: null, expected: null }));
}

describe("neighbours", () => {
  it("in the same state are one group", () => {
    const groups = groupNeighbours(strings("rings", "rings", "rings", "dead", "rings", "rings"), 3);
    expect(groups.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [3, 3],
      [4, 5],
    ]);
  });

  it("leave the spoken string by itself", () => {
    const groups = groupNeighbours(strings("dead", "dead", "dead", "rings", "rings", "rings"), 5);
    expect(groups.map(({ from, to }) => [from, to])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 5],
    ]);
  });
});

describe("words under the strings", () => {
  it("one rule and one word for six that ring", () => {
    const { rules, words, large } = caption(strings("rings", "rings", "rings", "rings", "rings", "rings"), null, measures);
    expect(rules).toHaveLength(1);
    expect(words).toEqual([{ text: he.stateWord("rings", 6), x: 300, row: 0 }]);
    expect(large).toBeNull();
  });

  it("the spoken fault takes the large word under its own string", () => {
    const { large, words } = caption(strings("rings", "rings", "rings", "dead", "rings", "rings"), 3, measures);
    expect(large).toMatchObject({ text: "נחנק", x: 342, row: 0 });
    expect(words.map(({ x }) => x)).toEqual([174, 468]);
  });

  it("a lone ringing string beside the large word drops its own", () => {
    const { large, words } = caption(strings("rings", "rings", "rings", "rings", "unsure", "rings"), 2, measures);
    expect(large?.text).toBe("לא בטוח");
    expect(words).toHaveLength(1);
  });

  it("a wide word in the way of others drops down", () => {
    const { large } = caption(strings("rings", "rings", "buzz", "unsure", "dead", "dead"), 3, measures);
    expect(large?.row).toBe(1);
  });

  it("small words that would touch take turns", () => {
    const narrow = { ...measures, xs: [40, 93, 146, 199, 252, 305], gap: 53, width: 345, small: 16, large: 36 };
    const { words } = caption(strings("not_played", "wrong_pitch", "not_played", "wrong_pitch", "rings", "rings"), null, narrow);
    expect(words.map(({ row }) => row)).toEqual([0, 1, 0, 1, 0]);
  });

  it("strings that are not asked say nothing, and no word leaves the picture", () => {
    const { words, large } = caption(strings("not_asked", "not_asked", "rings", "rings", "rings", "wrong_pitch"), 1, measures);
    expect(words).toHaveLength(1);
    expect((large?.x ?? 0) + (8 * 66 * 0.47) / 2).toBeLessThanOrEqual(measures.width);
  });

  it("mirrors with the strings", () => {
    const mirrored = { ...measures, xs: [...measures.xs].reverse() };
    const { words } = caption(strings("rings", "rings", "rings", "dead", "rings", "rings"), 3, mirrored);
    expect(words.map(({ x }) => x)).toEqual([132, 426]);
  });
});
