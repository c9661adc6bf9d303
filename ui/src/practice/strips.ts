/**
 * A second of one string as a line of bars, and how long it rang as a number. Pure: draws what was measured
 * and makes up nothing where nothing was.
 */
import type { StripView } from "../backend";

/** Bars of a whole second, and the height of a strip in the same units. */
export const BARS = 100;
export const HEIGHT = 20;
/** A bar is never lower than this, so that the line of time goes on. */
const LEAST = 0.8;

/** The bars of a strip as one path, a bar every hundredth of a second. */
export function bars(levels: number[]): string {
  return levels
    .slice(0, BARS)
    .map((level, place) => {
      const half = Math.max(LEAST, (Math.min(100, Math.max(0, level)) / 100) * (HEIGHT / 2 - 0.5));
      return `M${place + 0.5} ${round(HEIGHT / 2 - half)}V${round(HEIGHT / 2 + half)}`;
    })
    .join("");
}

/** «0.08», «2.4», «2.1+»; nothing where it cannot be told. */
export function seconds({ rang, still }: StripView): string {
  if (rang === null) return "";
  const number = rang < 1 ? rang.toFixed(2) : rang.toFixed(1);
  return still ? `${number}+` : number;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
