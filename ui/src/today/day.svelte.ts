/** Today as the screen knows it: the plan, its length, how far one has come, or why there is none. */
import type { AppError, Backend, TaskView, TodayView } from "../backend";
import { asAppError } from "../lesson/listening.svelte";
import { current, isOver, next, NOTHING, take, type Programme } from "./programme";

export class Day {
  view: TodayView | null = $state.raw(null);
  failure: AppError | null = $state(null);
  programme: Programme = $state.raw(NOTHING);
  /** «עוד קצת»: the plan is shown although enough was played. */
  more = $state(false);

  readonly #backend: Backend;
  #asking = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get task(): TaskView | null {
    return current(this.programme);
  }

  get isDone(): boolean {
    return !this.more && (this.view?.state === "done" || isOver(this.programme));
  }

  /** Asks for the plan, `minutes` long; a plan that is being played is not made anew. */
  async load(minutes: number): Promise<void> {
    const asking = ++this.#asking;
    this.failure = null;
    try {
      const view = await this.#backend.today(minutes);
      if (asking !== this.#asking) return;
      this.view = view;
      this.programme = take(this.programme, view.tasks);
    } catch (error) {
      if (asking !== this.#asking) return;
      this.view = null;
      this.failure = asAppError(error);
    }
  }

  /** Whether some of the plan is behind and some ahead. */
  get isUnderWay(): boolean {
    return this.programme.at > 0 && !isOver(this.programme);
  }

  next(): TaskView | null {
    this.programme = next(this.programme);
    return this.task;
  }

  /** Begins over, for somebody else or for more. */
  renew(): void {
    this.programme = NOTHING;
    this.more = false;
  }
}
