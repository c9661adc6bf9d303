/** One tuning on the screen: opens it, folds its updates, moves the string between measurements. */
import type { Backend, TuningCard, TunerUpdate } from "../backend";
import { meterShare } from "../lesson/envelope";
import { Between } from "../lesson/between";
import { he } from "../i18n/he";
import { asAppError, Listening } from "../lesson/listening.svelte";
import { A4, beginning, fold, type Tuning } from "./state";

const STILL = "(prefers-reduced-motion: reduce)";
/** Swing of the line when motion is reduced, and the least of a sounding string. */
const DRAWN = 0.5;
/** Readings come fifteen times a second. */
const STEP_MS = 66;

export class TunerSession extends Listening {
  tuning: Tuning = $state(beginning());
  card: TuningCard | null = $state(null);
  cards: TuningCard[] = $state([]);
  a4 = $state(A4.usual);
  /** What the student must know of the choice of tuning: it could not be read, or not be kept. */
  note = $state("");
  device: string | null;
  /** As drawn now: cents off the target, and how far the string swings (0–1). */
  drawn = $state({ cents: 0, swing: 0 });

  readonly #line = new Between([0, 0], STEP_MS);
  #frame = 0;

  constructor(backend: Backend, device: string | null) {
    super(backend);
    this.device = $state(device);
  }

  async open(device: string | null = this.device): Promise<void> {
    this.device = device;
    this.tuning = beginning();
    await this.begin(
      true,
      async (live) => {
        if (this.card === null) return;
        await this.backend.openTuner(
          this.card.id,
          this.a4,
          device,
          live((update: TunerUpdate) => this.#take(update)),
        );
      },
      async () => {
        if (this.card === null) await this.#ownTuning();
      },
    );
  }

  /** Another tuning or another reference pitch: all strings begin anew, and the lessons judge by it. */
  async retune(tuning: string, a4: number = this.a4): Promise<void> {
    await this.attempt(() => this.#ownTuning());
    this.card = this.cards.find(({ id }) => id === tuning) ?? this.card;
    this.a4 = a4;
    this.note = "";
    try {
      await this.backend.keepTuning(tuning, a4);
    } catch (error) {
      this.note = `${he.tuner.notKept} ${asAppError(error).message}`;
    }
    await this.open();
  }

  // A tuning without a name stands beside those that have one.
  async #ownTuning(): Promise<void> {
    const [named, own] = await Promise.all([this.backend.tunings(), this.backend.ownTuning()]);
    this.cards = named.some(({ id }) => id === own.card.id) ? named : [...named, own.card];
    this.card = own.card;
    this.a4 = own.a4 ?? A4.usual;
    this.note = own.lost ? `${own.lost.diagnosis} ${own.lost.tip}` : "";
  }

  override async close(): Promise<void> {
    cancelAnimationFrame(this.#frame);
    await super.close();
  }

  /** Holds to one string; the same again lets go. */
  async aim(string: number): Promise<void> {
    const pinned = this.tuning.guide?.pinned === string ? null : string;
    await this.attempt(() => this.backend.aimTuner(pinned));
  }

  async say(): Promise<void> {
    await this.attempt(() => this.backend.sayTuner());
  }

  async hush(): Promise<void> {
    await this.attempt(() => this.backend.hushTuner());
  }

  #take(update: TunerUpdate): void {
    const before = this.tuning.pitch;
    this.tuning = fold(this.tuning, update);
    const { pitch, sounding, level } = this.tuning;
    if (pitch === null || (update.kind !== "pitch" && update.kind !== "quiet")) return;
    const still = window.matchMedia(STILL).matches;
    const swing = !sounding ? 0 : still ? DRAWN : Math.max(DRAWN, meterShare(level));
    // Another string is not this one on its way.
    if (before?.string !== pitch.string || still) this.#line.jump([pitch.cents, swing]);
    else this.#line.push([pitch.cents, swing], performance.now());
    cancelAnimationFrame(this.#frame);
    this.#draw();
  }

  // Frames are asked for only while the line is on its way to a new measurement.
  #draw = (): void => {
    const now = performance.now();
    const [cents = 0, swing = 0] = this.#line.at(now);
    this.drawn = { cents, swing };
    if (!this.#line.isAtRest(now)) this.#frame = requestAnimationFrame(this.#draw);
  };
}
