/** The measured loudness of the six strings, between the measurements; and levels on a meter. */
import { Between } from "./between";

/** Envelopes come nineteen times a second. */
const STEP_MS = 50;
const SILENT = [0, 0, 0, 0, 0, 0];

export class Envelope extends Between {
  constructor() {
    super(SILENT, STEP_MS);
  }

  /** A new measurement, 0–1 for each string, string 6 first; `now` in milliseconds. */
  override push(levels: (number | null)[], now: number): void {
    super.push(
      SILENT.map((_, index) => Math.min(1, Math.max(0, levels[index] ?? 0))),
      now,
    );
  }

  /** No sound comes any more: the strings stand still. */
  still(): void {
    this.jump(SILENT);
  }
}

/** Position of a linear level (0–1, root mean square) on a meter that spans −60…0 dB. */
export function meterShare(level: number): number {
  if (level <= 0) return 0;
  return Math.min(1, Math.max(0, 1 + (20 * Math.log10(level)) / 60));
}
