/**
 * The measured loudness of the six strings, between the measurements: straight lines from one to the next,
 * and rest when no new one comes. Nothing is predicted and no decay is made up.
 */
const STEP_MS = 50;

export class Envelope {
  #from: number[] = [0, 0, 0, 0, 0, 0];
  #to: number[] = [0, 0, 0, 0, 0, 0];
  #since = 0;

  /** A new measurement, 0–1 for each string, string 6 first; `now` in milliseconds. */
  push(levels: (number | null)[], now: number): void {
    this.#from = this.at(now);
    this.#to = this.#to.map((_, index) => Math.min(1, Math.max(0, levels[index] ?? 0)));
    this.#since = now;
  }

  at(now: number): number[] {
    const share = Math.min(1, Math.max(0, (now - this.#since) / STEP_MS));
    return this.#from.map((from, index) => from + ((this.#to[index] ?? 0) - from) * share);
  }

  isAtRest(now: number): boolean {
    return now - this.#since >= STEP_MS;
  }
}

/** Position of a linear level (0–1, root mean square) on a meter that spans −60…0 dB. */
export function meterShare(level: number): number {
  if (level <= 0) return 0;
  return Math.min(1, Math.max(0, 1 + (20 * Math.log10(level)) / 60));
}
