/**
 * Who plays here, as the screens know it: the students, the one who plays now and what they chose. The
 * picture's side follows the hand; mirroring is a matter of the camera. What the backend refuses is kept as
 * a sentence until the next try.
 */
import type { AppError, Backend, HomeView, SettingsView } from "../backend";
import { asAppError } from "../lesson/listening.svelte";
import { settings } from "../shared/settings.svelte";

export class Household {
  view: HomeView | null = $state.raw(null);
  failure: AppError | null = $state(null);

  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Nobody plays here yet. */
  get isEmpty(): boolean {
    return this.view !== null && this.view.current === null;
  }

  load(): Promise<boolean> {
    return this.#take(() => this.#backend.home());
  }

  admit(name: string | null, chosen: SettingsView): Promise<boolean> {
    return this.#take(() => this.#backend.admit(name, chosen));
  }

  switch(id: number): Promise<boolean> {
    return this.#take(() => this.#backend.switchStudent(id));
  }

  /** Shown at once; taken back if it cannot be kept. */
  async choose(change: Partial<SettingsView>): Promise<boolean> {
    const before = this.view;
    if (before === null) return false;
    const chosen = { ...before.settings, ...change };
    this.#show({ ...before, settings: chosen });
    const kept = await this.#take(() => this.#backend.choose(chosen));
    if (!kept) this.#show(before);
    return kept;
  }

  import(): Promise<boolean> {
    return this.#take(() => this.#backend.importProgress());
  }

  forget(id: number): Promise<boolean> {
    return this.#take(() => this.#backend.forgetStudent(id));
  }

  async forgetAll(): Promise<boolean> {
    const forgotten = await this.#take(async () => {
      await this.#backend.forgetAll();
      return this.#backend.home();
    });
    if (forgotten) settings.forget();
    return forgotten;
  }

  async #take(call: () => Promise<HomeView>): Promise<boolean> {
    this.failure = null;
    try {
      this.#show(await call());
      return true;
    } catch (error) {
      this.failure = asAppError(error);
      return false;
    }
  }

  #show(view: HomeView): void {
    this.view = view;
    settings.known = view.current !== null;
    settings.lefty = view.settings.hand === "left";
  }
}
