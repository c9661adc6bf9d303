/**
 * Walks a screen with the Tab key, as somebody without a mouse: collects every stop and what is wrong with
 * it. Knows no screen.
 */
import type { Page } from "playwright-core";

export type Stop = {
  /** `data-testid` of what has the focus or of what it labels; else its words. */
  name: string;
  /** What is wrong with it; empty where nothing is. */
  faults: string[];
};

/** More stops than any screen has. */
const LIMIT = 120;
const CONTROLS = "button, input, select, textarea, a[href], [tabindex]";

/** Names of all that can be pressed here and is a stop of its own: a group of radio buttons is one, six strings are one. */
export function controls(page: Page): Promise<string[]> {
  return page.evaluate((selector) => {
    const scope = document.querySelector('dialog') ?? document;
    const radios = new Set<string>();
    const names: string[] = [];
    for (const element of scope.querySelectorAll<HTMLElement>(selector)) {
      if (element.tabIndex < 0 || element.closest("[inert]") !== null || element.matches(":disabled")) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      if (element instanceof HTMLInputElement && element.type === "radio") {
        if (radios.has(element.name)) continue;
        radios.add(element.name);
        names.push(`radio ${element.name}`);
      } else names.push(window.walk.nameOf(element));
    }
    return names;
  }, CONTROLS);
}

/** Presses Tab until a stop comes back or the page is left, and says of each stop what is wrong with it. */
export async function walk(page: Page, key: "Tab" | "Shift+Tab" = "Tab"): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let step = 0; step < LIMIT; step += 1) {
    await page.keyboard.press(key);
    const stop = await page.evaluate((backwards) => window.walk.look(backwards), key !== "Tab");
    if (stop === null || stops.some(({ name }) => name === stop.name)) return stops;
    stops.push(stop);
  }
  throw new Error(`no end of stops: ${stops.map(({ name }) => name).join(", ")}`);
}

/** Takes the keyboard back to the beginning of what is on top, and puts into the page what a walk needs. */
export async function prepare(page: Page): Promise<void> {
  await page.evaluate(() => {
    const start = document.createElement("span");
    start.tabIndex = -1;
    (document.querySelector("dialog") ?? document.body).prepend(start);
    start.focus();
    start.remove();

    let before: HTMLElement | null = null;

    const labelled = (element: Element): Element => element.closest("label") ?? element;

    function nameOf(element: Element): string {
      if (element instanceof HTMLInputElement && element.type === "radio") return `radio ${element.name}`;
      const whole = labelled(element);
      return element.getAttribute("data-testid") ?? whole.getAttribute("data-testid") ?? element.getAttribute("aria-label") ?? (whole.textContent ?? "").trim();
    }

    // The ring may be drawn round the label of a hidden input.
    function hasRing(element: Element): boolean {
      return [element, labelled(element)].some((one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      });
    }

    function spotOf(element: Element): DOMRect {
      return labelled(element).getBoundingClientRect();
    }

    // Some of it can be seen: neither beyond the edge of the window nor wholly under something else.
    function isSeen(element: Element): boolean {
      const { left, top, width, height } = spotOf(element);
      const whole = labelled(element);
      return [0.1, 0.5, 0.9].some((x) =>
        [0.2, 0.5, 0.8].some((y) => {
          const above = document.elementFromPoint(left + width * x, top + height * y);
          return above !== null && (whole.contains(above) || above.contains(whole));
        }),
      );
    }

    // Among neighbours what comes next stands further on in the row, or below; what lies over them has no place.
    function follows(from: HTMLElement, to: HTMLElement): boolean {
      const parent = from.parentElement?.closest("ul, ol, nav, form, section, div, main");
      if (!parent?.contains(to) || getComputedStyle(from).position === "absolute") return true;
      const [a, b] = [spotOf(from), spotOf(to)];
      if (b.top >= a.top + 0.6 * Math.min(a.height, b.height)) return true;
      const onwards = getComputedStyle(parent).direction === "rtl" ? b.right <= a.left + 4 : b.left >= a.right - 4;
      return b.bottom > a.top + 4 && onwards;
    }

    window.walk = {
      nameOf,
      look(backwards) {
        const at = document.activeElement;
        if (!(at instanceof HTMLElement) || at === document.body) return null;
        const faults: string[] = [];
        if (!hasRing(at)) faults.push("no ring");
        if (!isSeen(at)) faults.push("not seen");
        if (!backwards && before !== null && before.isConnected && !follows(before, at)) faults.push(`stands before ${nameOf(before)}`);
        before = at;
        return { name: nameOf(at), faults };
      },
    };
  });
}

declare global {
  // Declaration merging needs an interface.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions
  interface Window {
    walk: { nameOf: (element: Element) => string; look: (backwards: boolean) => Stop | null };
  }
}
