/**
 * One lesson on the screen: opens it, folds its updates, moves the strings between measurements, and
 * passes the student's words on. Errors become the teacher's text; nothing is thrown at the screen.
 */
import { BackendError, type AppError, type Backend, type ChordCard, type CommandName, type Source, type Update } from "../backend";
import { he } from "../i18n/he";
import { Envelope } from "./envelope";
import { beginning, fold, hearingOf, type Lesson } from "./state";

const STILL = "(prefers-reduced-motion: reduce)";

export class Session {
  lesson: Lesson;
  source: Source;
  /** Loudness of each string as drawn now, 0–1, string 6 first. */
  swing: number[] = $state([0, 0, 0, 0, 0, 0]);
  failure: AppError | null = $state(null);
  /** Practising from the chart alone, without hearing. */
  chartOnly = $state(false);
  /** The system does not let the app hear. */
  denied = $state(false);

  readonly #backend: Backend;
  readonly #envelope = new Envelope();
  #frame = 0;
  // Updates of an earlier opening are not of this lesson.
  #opening = 0;

  constructor(backend: Backend, card: ChordCard, source: Source) {
    this.#backend = backend;
    this.lesson = $state(beginning(card));
    this.source = $state(source);
  }

  async open(): Promise<void> {
    const opening = ++this.#opening;
    this.failure = null;
    this.chartOnly = false;
    this.lesson = beginning(this.lesson.card);
    this.#still();
    await this.#attempt(async () => {
      this.denied = this.source.kind === "microphone" && (await this.#backend.microphoneAccess()) === "denied";
      if (this.denied || opening !== this.#opening) return;
      await this.#backend.openLesson(this.lesson.card.chord, this.source, (update) => {
        if (opening === this.#opening) this.#take(update);
      });
    });
  }

  /** Closes and opens again from the same place: another microphone, or the room measured anew. */
  async reopen(source: Source = this.source): Promise<void> {
    this.#opening += 1;
    await this.#attempt(() => this.#backend.closeLesson());
    this.source = source;
    await this.open();
  }

  /** Lets something else listen; {@link open} goes on with the same chord. */
  pause(): Promise<void> {
    return this.close();
  }

  async close(): Promise<void> {
    this.#opening += 1;
    cancelAnimationFrame(this.#frame);
    await this.#attempt(() => this.#backend.closeLesson());
  }

  async say(command: CommandName): Promise<void> {
    await this.#attempt(() => this.#backend.command(command));
  }

  async practice(card: ChordCard): Promise<void> {
    await this.#attempt(async () => {
      await this.#backend.practice(card.chord);
      this.lesson = fold(this.lesson, { kind: "chord", card });
    });
  }

  #take(update: Update): void {
    this.lesson = fold(this.lesson, update);
    if (hearingOf(this.lesson.trouble) === "none") this.#still();
    if (update.kind !== "level" || window.matchMedia(STILL).matches) return;
    this.#envelope.push(update.strings, performance.now());
    cancelAnimationFrame(this.#frame);
    this.#draw();
  }

  // A string whose sound cannot arrive is not drawn as if it rang on.
  #still(): void {
    cancelAnimationFrame(this.#frame);
    this.#envelope.still();
    this.swing = this.#envelope.at(performance.now());
  }

  // Frames are asked for only while a string is on its way to a new measurement.
  #draw = (): void => {
    const now = performance.now();
    this.swing = this.#envelope.at(now);
    if (!this.#envelope.isAtRest(now)) this.#frame = requestAnimationFrame(this.#draw);
  };

  async #attempt(call: () => Promise<void>): Promise<void> {
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
