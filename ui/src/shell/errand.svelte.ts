/** What one went off to practise, and whether today's programme goes on after it. Opens no screen. */
import type { TaskView } from "../backend";
import { doingOf, type Doing } from "./doing";

export class Errand {
  /** Null while what lies over the screen was opened for itself. */
  doing: Doing | null = $state.raw(null);
  /** Today's programme is being played: what is done is followed by the next. */
  running = $state(false);

  readonly #pass: (step: string) => Promise<unknown>;
  readonly #next: () => TaskView | null;

  /** `pass`: keeps that a step is behind; `next`: the programme's task after this one, null at its end. */
  constructor(pass: (step: string) => Promise<unknown>, next: () => TaskView | null) {
    this.#pass = pass;
    this.#next = next;
  }

  begin(doing: Doing): void {
    this.doing = doing;
  }

  /** Left before its end, or something else was opened: nothing is behind by it. */
  drop(): void {
    this.doing = null;
    this.running = false;
  }

  /** It was done. What comes next in the programme; null where nothing does. */
  async done(): Promise<Doing | null> {
    await this.pass();
    const task = this.running ? this.#next() : null;
    return task === null ? null : doingOf(task);
  }

  /** A step without a gate is behind once it was read or done. Where that cannot be kept it comes again. */
  async pass(): Promise<void> {
    const step = this.doing?.item.startsWith("step:") ? this.doing.item.slice(5) : null;
    this.doing = null;
    if (step !== null) await this.#pass(step).catch(() => undefined);
  }
}
