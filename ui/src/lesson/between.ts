/**
 * Numbers on their way from one measurement to the next: straight lines, and rest when no new one comes.
 * Nothing is predicted and no decay is made up.
 */
export class Between {
  #from: number[];
  #to: number[];
  #since = 0;
  readonly #step: number;

  /** `step`: milliseconds between two measurements. */
  constructor(start: number[], step: number) {
    this.#step = step;
    this.#from = start;
    this.#to = start;
  }

  /** A new measurement at `now` (milliseconds); it replaces all numbers. */
  push(values: number[], now: number): void {
    this.#from = this.at(now);
    this.#to = values;
    this.#since = now;
  }

  /** Stands at `values` at once: nothing moves towards them. */
  jump(values: number[]): void {
    this.#from = values;
    this.#to = values;
  }

  at(now: number): number[] {
    const share = Math.min(1, Math.max(0, (now - this.#since) / this.#step));
    return this.#from.map((from, index) => from + ((this.#to[index] ?? 0) - from) * share);
  }

  isAtRest(now: number): boolean {
    return now - this.#since >= this.#step;
  }
}
