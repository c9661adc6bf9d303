/** Where the focus was when something was laid over a screen, and how it comes back. */
export class FocusReturn {
  #last = "";

  /** Remembers what has the focus, by its `data-testid`. */
  remember(): void {
    this.aim(document.activeElement?.closest("[data-testid]")?.getAttribute("data-testid") ?? "");
  }

  /** It is to come back elsewhere: to a `data-testid`. */
  aim(place: string): void {
    this.#last = place;
  }

  /** Gives the focus back once the screen is there again; to its title where the place is gone. */
  restore(): void {
    setTimeout(() => {
      const place = this.#last === "" ? null : document.querySelector<HTMLElement>(`[data-testid="${CSS.escape(this.#last)}"]`);
      (place ?? document.querySelector<HTMLElement>("main h1"))?.focus();
    });
  }
}
