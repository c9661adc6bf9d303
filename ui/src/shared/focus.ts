/**
 * Keeps the focus from getting lost, without which a keyboard begins at the top again and a screen reader
 * falls silent: a page that lies over another takes it, and what vanishes under it hands it on. Leaves alone
 * a focus that is somewhere.
 */

/** Gives the focus to a page that is read from its beginning, where nothing has it. */
export function receive(page: HTMLElement): void {
  if (isLost()) page.focus({ preventScroll: true });
}

/**
 * Where what has the focus is taken out of `page`, the nearest group round it that can hold the focus has it
 * next (its keys stay the page's own), else the title.
 */
export function handOn(page: HTMLElement): () => void {
  let last: HTMLElement | null = null;
  let group: HTMLElement | null = null;

  function remember({ target }: FocusEvent): void {
    last = target instanceof HTMLElement ? target : null;
    group = last?.parentElement?.closest<HTMLElement>('[tabindex="-1"]') ?? null;
  }

  const watch = new MutationObserver(() => {
    if (last === null || last.isConnected) return;
    last = null;
    if (!isLost()) return;
    const next = group !== null && page.contains(group) ? group : page.querySelector<HTMLElement>("h1");
    next?.focus({ preventScroll: true });
  });
  watch.observe(page, { childList: true, subtree: true });
  page.addEventListener("focusin", remember);
  return () => {
    watch.disconnect();
    page.removeEventListener("focusin", remember);
  };
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
