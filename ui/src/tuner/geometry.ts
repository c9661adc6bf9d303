/**
 * Where the tuner's lines and the head of the guitar stand. Pure arithmetic in the units of the drawings;
 * runs from low to high, whatever the language runs.
 */

/** Cents at which the string stands at the edge of its even scale. */
const EVEN = 50;
/** Share of the half-width that the even scale takes; the rest is for strings that are far off. */
const EVEN_SHARE = 0.96;
/** Nearer than this, an arrow between the lines has no room; in widths of the target's band. */
const ARROW_ROOM = 2.2;

/** Place of a string `cents` off its target, −1 (low edge) … 1 (high edge). */
export function placeOf(cents: number): number {
  const size = Math.abs(cents);
  const even = (Math.min(size, EVEN) / EVEN) * EVEN_SHARE;
  const beyond = size > EVEN ? (1 - EVEN_SHARE) * (1 - EVEN / size) : 0;
  return Math.sign(cents) * (even + beyond);
}

export type Arrow = { from: number; to: number };

/** The arrow from the string to the target, if there is room for one; all in pixels. */
export function arrowBetween(string: number, target: number, band: number): Arrow | null {
  if (Math.abs(target - string) < ARROW_ROOM * band) return null;
  const towards = Math.sign(target - string);
  return { from: string + towards * band, to: target - towards * 0.8 * band };
}

export type Peg = { string: number; x: number; y: number; post: number; nut: number };

export const HEAD = { width: 300, height: 202, middle: 150 };

/** Pegs of a head with three on each side, seen from the front: the outer strings nearest to the nut. */
export function pegs(lefty: boolean): Peg[] {
  const heights = [126, 83, 40];
  return [6, 5, 4, 3, 2, 1].map((string, index) => {
    const thick = index < 3;
    const fromNut = thick ? index : 5 - index;
    const side = thick === lefty ? 1 : -1;
    const along = lefty ? 5 - index : index;
    return {
      string,
      x: HEAD.middle + side * 129,
      y: heights[fromNut] ?? 0,
      post: HEAD.middle + side * 56,
      nut: HEAD.middle + (along - 2.5) * 19,
    };
  });
}
