/** The choice of another microphone, in the place of a screen's buttons while it is being made. */
import type { Backend, InputDevice } from "../backend";

export class Microphones {
  /** What there is to choose from; null while nothing is being chosen. */
  devices: InputDevice[] | null = $state(null);

  readonly #backend: Backend;
  readonly #take: (device: string | null) => void;

  constructor(backend: Backend, take: (device: string | null) => void) {
    this.#backend = backend;
    this.#take = take;
  }

  /** Asks what there is; none where the system does not say. */
  async list(): Promise<void> {
    try {
      this.devices = await this.#backend.inputDevices();
    } catch {
      this.devices = [];
    }
  }

  choose(device: string | null): void {
    this.devices = null;
    this.#take(device);
  }
}
