/**
 * What lies over the near screens: a lesson, the tuner, the check of the sound, a song. One of them listens
 * at a time; tuning and checking stand over a lesson, which goes on where it was.
 */
import type { Backend, ChordCard, DrillAsked, Source } from "../backend";
import { CheckSession } from "../check/session.svelte";
import { Session } from "../lesson/session.svelte";
import { settings } from "../shared/settings.svelte";
import { TunerSession } from "../tuner/session.svelte";

export class Far {
  session = $state.raw<Session | null>(null);
  tuner = $state.raw<TunerSession | null>(null);
  check = $state.raw<CheckSession | null>(null);
  song = $state<string | null>(null);
  reading = $state.raw<{ title: string; lines: string[] } | null>(null);
  /** The microphone that was chosen; the system's choice if null. */
  device = $state<string | null>(null);

  readonly #backend: Backend;
  readonly #onEmpty: () => void;
  /** After the check of the sound comes the tuner. */
  #tuneNext = false;

  /** `onEmpty`: nothing lies over the near screen any more. */
  constructor(backend: Backend, onEmpty: () => void) {
    this.#backend = backend;
    this.#onEmpty = onEmpty;
  }

  practise(card: ChordCard, source: Source = { kind: "microphone", device: this.device }, drill: DrillAsked | null = null): void {
    this.session = new Session(this.#backend, card, source, drill);
    window.scrollTo(0, 0);
    if (source.kind === "microphone" && !settings.checked) void this.openCheck();
    else void this.session.open();
  }

  openSong(id: string): void {
    this.song = id;
    window.scrollTo(0, 0);
  }

  read(title: string, lines: string[]): void {
    this.reading = { title, lines };
    window.scrollTo(0, 0);
  }

  /** Before the very first lesson: is the guitar heard, and is it in tune. */
  prepare(): void {
    this.#tuneNext = true;
    void this.openCheck();
  }

  async openCheck(): Promise<void> {
    await this.session?.pause();
    this.check = new CheckSession(this.#backend, this.#microphone());
    window.scrollTo(0, 0);
    void this.check.open();
  }

  /** `tuning`: the one to tune to from now on, if not the one that was chosen last. */
  async openTuner(tuning?: string): Promise<void> {
    await this.session?.pause();
    this.tuner = new TunerSession(this.#backend, this.#microphone());
    window.scrollTo(0, 0);
    void (tuning === undefined ? this.tuner.open() : this.tuner.retune(tuning));
  }

  /** Back to the lesson if there is one; `heard` is the microphone that was found good on the way. */
  async back(heard: string | null): Promise<void> {
    await this.tuner?.close();
    await this.check?.close();
    this.tuner = null;
    this.check = null;
    if (this.#tuneNext) {
      this.#tuneNext = false;
      this.device = heard;
      return this.openTuner();
    }
    if (!this.session) {
      this.#onEmpty();
      return;
    }
    window.scrollTo(0, 0);
    if (this.session.source.kind === "microphone") this.session.source = { kind: "microphone", device: heard };
    await this.session.open();
  }

  /** Leaves whatever there is. */
  async leave(): Promise<void> {
    await this.clear();
    this.#onEmpty();
  }

  /** Leaves whatever there is for something else that is opened at once. */
  async clear(): Promise<void> {
    await this.session?.close();
    await this.tuner?.close();
    await this.check?.close();
    this.session = null;
    this.tuner = null;
    this.check = null;
    this.song = null;
    this.reading = null;
    this.#tuneNext = false;
  }

  #microphone(): string | null {
    return this.session?.source.kind === "microphone" ? this.session.source.device : this.device;
  }
}
