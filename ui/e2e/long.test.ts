/** The longest names and the most things a student may bring: nothing is cut off, spills over, or stands in another order. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, settle, shoot, sideways, visit, type AnySize, type Start } from "./browser";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

/** What is pressed to come there, by `data-testid`. */
const SCREENS: Record<string, { keys: string[]; at?: Start }> = {
  today: { keys: [] },
  path: { keys: ["nav-path"] },
  songs: { keys: ["nav-songs"] },
  "song-to-remove": { keys: ["nav-songs", "remove-file-long"] },
  "song-removed": { keys: ["nav-songs", "remove-file-word", "remove-song-sure", "remove-song-act"] },
  song: { keys: ["nav-songs", "song-long"] },
  "song-played": { keys: ["nav-songs", "song-long", "do-start"] },
  progress: { keys: ["nav-progress"] },
  settings: { keys: ["nav-settings"] },
  choose: { keys: ["open-choose"] },
  practice: { keys: ["open-choose", "chord-F#:min7b5"] },
  chords: { keys: ["open-choose", "chord-F#:min7b5", "other-chord"] },
  high: { keys: ["open-choose", "chord-G#:maj7"] },
};

/** What spills over its own box or over the edge of the window, and what is cut off by it. */
function spilt(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scope = document.querySelector("dialog") ?? document;
    return [...scope.querySelectorAll<HTMLElement>("p, h1, h2, h3, button, li, label, legend, bdi, dt, dd, select, .chart, .card")]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        if (width === 0 || element.closest(".only-heard, .idle, svg") !== null) return false;
        if (getComputedStyle(element).clipPath !== "none") return false;
        const box = getComputedStyle(element);
        const spills = box.display !== "inline" && element.tagName !== "SELECT" && element.scrollWidth > element.clientWidth + 2;
        return spills || left < -1 || right > window.innerWidth + 1;
      })
      .map((element) => `${element.tagName}.${element.className.toString().split(" ")[0] ?? ""} ${(element.textContent ?? "").trim().slice(0, 40)}`);
  });
}

/** How much of the teacher's words the buttons cover, in pixels. */
function covered(page: Page): Promise<number> {
  return page.evaluate(() => {
    const box = (selector: string): DOMRect | undefined => document.querySelector(selector)?.getBoundingClientRect();
    return (box('[data-testid="tip"]')?.bottom ?? Infinity) - (box(".offers")?.top ?? 0);
  });
}

describe.each(["tiny", "phone", "landscape", "laptop"] as AnySize[])("the longest, %s", (size) => {
  it.each(Object.entries(SCREENS))("%s", async (name, { keys, at = "today" }) => {
    const { page, complaints, close } = await visit(browser, { size, state: "long", at });
    for (const key of keys) {
      await page.click(`[data-testid="${key}"]`);
      await settle(page);
    }
    await shoot(page, `long-${name}-${size}`);
    expect(await spilt(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    // Under the letters of a line there is room that shows nothing.
    if (name === "practice") expect(await covered(page)).toBeLessThanOrEqual(6);
    expect(complaints).toEqual([]);
    await close();
  });
});
