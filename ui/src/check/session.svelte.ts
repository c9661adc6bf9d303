/** One check of the sound on the screen: opens it and folds its updates. */
import type { Backend, CheckUpdate } from "../backend";
import { Listening } from "../lesson/listening.svelte";
import { beginning, fold, type Check } from "./state";

export class CheckSession extends Listening {
  check: Check = $state(beginning());
  device: string | null;

  constructor(backend: Backend, device: string | null) {
    super(backend);
    this.device = $state(device);
  }

  async open(device: string | null = this.device): Promise<void> {
    this.device = device;
    this.check = beginning();
    await this.begin(true, (live) =>
      this.backend.openCheck(
        device,
        live((update: CheckUpdate) => (this.check = fold(this.check, update))),
      ),
    );
  }
}
