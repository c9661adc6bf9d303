/** One check of the sound on the screen: opens it and folds its updates; errors become the teacher's text. */
import type { AppError, Backend, CheckUpdate } from "../backend";
import { asAppError } from "../lesson/session.svelte";
import { beginning, fold, type Check } from "./state";

export class CheckSession {
  check: Check = $state(beginning());
  device: string | null;
  failure: AppError | null = $state(null);
  denied = $state(false);

  readonly #backend: Backend;
  // Updates of an earlier opening are not of this one.
  #opening = 0;

  constructor(backend: Backend, device: string | null) {
    this.#backend = backend;
    this.device = $state(device);
  }

  async open(device: string | null = this.device): Promise<void> {
    const opening = ++this.#opening;
    this.device = device;
    this.failure = null;
    this.check = beginning();
    await this.#attempt(async () => {
      this.denied = (await this.#backend.microphoneAccess()) === "denied";
      if (this.denied || opening !== this.#opening) return;
      await this.#backend.openCheck(device, (update: CheckUpdate) => {
        if (opening === this.#opening) this.check = fold(this.check, update);
      });
    });
  }

  async close(): Promise<void> {
    this.#opening += 1;
    await this.#attempt(() => this.#backend.closeLesson());
  }

  async #attempt(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      this.failure = asAppError(error);
    }
  }
}
