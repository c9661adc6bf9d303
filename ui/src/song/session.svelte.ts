/**
 * One song on the screen: its sheet, and while it is played the drill that follows the player. Opens no
 * microphone before it is asked to play.
 */
import type { Backend, CommandName, SongView, Update } from "../backend";
import { Listening } from "../lesson/listening.svelte";
import { BEGINNING, fold, type Live } from "./live";

export class SongSession extends Listening {
  song: SongView | null = $state.raw(null);
  live: Live | null = $state.raw(null);
  /** The section that is played over and over. */
  looped: number | null = $state(null);

  readonly #id: string;
  readonly #device: string | null;

  constructor(backend: Backend, id: string, device: string | null) {
    super(backend);
    this.#id = id;
    this.#device = device;
  }

  /** Fetches the sheet; `easy` with the capo that makes it easier. */
  async read(easy: boolean): Promise<void> {
    this.failure = null;
    await this.attempt(async () => {
      this.song = await this.backend.song(this.#id, easy);
    });
  }

  async play(): Promise<void> {
    this.live = BEGINNING;
    const section = this.looped;
    await this.begin(true, async (live) => {
      const { settings } = await this.backend.home();
      await this.backend.openDrill(
        {
          kind: "song",
          item: `song:${this.#id}/${(section ?? 0) + 1}`,
          seconds: null,
          bpm: null,
          chord: null,
          whole: section === null,
          clicks: settings.metronome,
        },
        { kind: "microphone", device: this.#device },
        live((update: Update) => this.#take(update)),
      );
    });
  }

  /** Back to the sheet alone. */
  async stop(): Promise<void> {
    this.looped = null;
    this.denied = false;
    this.failure = null;
    await this.close();
    this.live = null;
  }

  /** The section that is played now again and again; once more: on to the end of the song. */
  async loop(): Promise<void> {
    this.looped = this.looped === null ? (this.live?.drill?.place?.section ?? 0) : null;
    await this.close();
    await this.play();
  }

  async say(command: CommandName): Promise<void> {
    await this.attempt(() => this.backend.command(command));
  }

  #take(update: Update): void {
    if (this.live === null) return;
    const before = this.live.drill?.phase;
    this.live = fold(this.live, update);
    if (this.looped !== null && before !== "over" && this.live.drill?.phase === "over") void this.say("again");
  }
}
