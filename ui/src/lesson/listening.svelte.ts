/**
 * What a lesson, the tuner and the check of the sound have in common as the screen knows them: they are
 * opened on a microphone that may be denied, take updates until they are closed or opened anew, and turn
 * errors into the teacher's text.
 */
import { BackendError, type AppError, type Backend } from "../backend";
import { he } from "../i18n/he";

export class Listening {
  failure: AppError | null = $state(null);
  /** The system does not let the app hear. */
  denied = $state(false);

  protected readonly backend: Backend;
  // Updates of an earlier opening are not of this one.
  #opening = 0;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /**
   * Opens anew: `before` is awaited first, then the microphone if `hears`, then `open` unless all this has
   * been overtaken. `open` hands what it takes to `live`, which is deaf to updates that come too late.
   */
  protected async begin(
    hears: boolean,
    open: (live: <T>(take: (update: T) => void) => (update: T) => void) => Promise<void>,
    before: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const opening = ++this.#opening;
    this.failure = null;
    await this.attempt(async () => {
      await before();
      this.denied = hears && (await this.backend.microphoneAccess()) === "denied";
      if (this.denied || opening !== this.#opening) return;
      await open((take) => (update) => {
        if (opening === this.#opening) take(update);
      });
    });
  }

  async close(): Promise<void> {
    this.#opening += 1;
    await this.attempt(() => this.backend.closeLesson());
  }

  protected async attempt(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      this.failure = asAppError(error);
    }
  }
}

export function asAppError(error: unknown): AppError {
  if (error instanceof BackendError) return { code: error.code, message: error.message };
  return { code: "unexpected", message: he.error.unexpected };
}
