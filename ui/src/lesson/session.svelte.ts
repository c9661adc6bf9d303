/**
 * One lesson on the screen: opens it, folds its updates, moves the strings between measurements, and
 * passes the student's words on.
 */
import type { Backend, ChordCard, CommandName, DrillAsked, Source, Update } from "../backend";
import { Envelope } from "./envelope";
import { Listening } from "./listening.svelte";
import { beginning, fold, hearingOf, type Lesson } from "./state";

const STILL = "(prefers-reduced-motion: reduce)";

export class Session extends Listening {
  lesson: Lesson;
  source: Source;
  /** Loudness of each string as drawn now, 0–1, string 6 first. */
  swing: number[] = $state([0, 0, 0, 0, 0, 0]);
  /** Practising from the chart alone, without hearing. */
  chartOnly = $state(false);

  readonly #envelope = new Envelope();
  #frame = 0;

  /** What is drilled; null for a lesson on a chord. */
  readonly drill: DrillAsked | null;

  constructor(backend: Backend, card: ChordCard, source: Source, drill: DrillAsked | null = null) {
    super(backend);
    this.drill = drill;
    this.lesson = $state(beginning(card));
    this.source = $state(source);
  }

  async open(): Promise<void> {
    this.chartOnly = false;
    this.lesson = beginning(this.lesson.card);
    this.#still();
    await this.begin(this.source.kind === "microphone", (live) =>
      this.#begin(live((update: Update) => this.#take(update))),
    );
  }

  #begin(take: (update: Update) => void): Promise<void> {
    if (this.drill !== null) return this.backend.openDrill(this.drill, this.source, take);
    return this.backend.openLesson(this.lesson.card.chord, this.source, take);
  }

  /** Closes and opens again from the same place: another microphone, or the room measured anew. */
  async reopen(source: Source = this.source): Promise<void> {
    await super.close();
    this.source = source;
    await this.open();
  }

  /** Lets something else listen; {@link open} goes on with the same chord. */
  pause(): Promise<void> {
    return this.close();
  }

  override async close(): Promise<void> {
    cancelAnimationFrame(this.#frame);
    await super.close();
  }

  async say(command: CommandName): Promise<void> {
    await this.attempt(() => this.backend.command(command));
  }

  async practice(card: ChordCard): Promise<void> {
    await this.attempt(async () => {
      await this.backend.practice(card.chord);
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
}
