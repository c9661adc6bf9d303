/** Every screen by keyboard alone: what opens it, where the focus is then, every control in reading order, the way back. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, settle, visit, type Size, type Start, type Visit } from "./browser";
import { controls, prepare, walk } from "./walk";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

type Screen = {
  state: string;
  at?: Start;
  /** Pressed one after another, by `data-testid`, with Enter and Space in turn. */
  keys: string[];
  /** What has the focus at first: a `data-testid`, or the title. */
  first: string;
  /** What Escape leads to, and what has the focus there; nothing where Escape does nothing. */
  back?: [screen: string, focus: string];
  /** Only there where it has room. */
  sizes?: Size[];
};

const SETTINGS = ["nav-settings"];
const SCREENS: Record<string, Screen> = {
  "how to speak": { state: "first", at: "onboarding", keys: [], first: "BODY" },
  "which hand": { state: "first", at: "onboarding", keys: ["address-feminine", "go"], first: "H1", back: ["onboarding", "H1"] },
  "which guitar": { state: "first", at: "onboarding", keys: ["address-feminine", "go", "hand-right", "go"], first: "H1", back: ["onboarding", "H1"] },
  today: { state: "usual", keys: [], first: "BODY" },
  "a first day": { state: "today-new", keys: [], first: "BODY" },
  "a day that is done": { state: "today-done", keys: [], first: "BODY" },
  "a day that cannot be read": { state: "today-damaged", keys: [], first: "BODY" },
  "a page to read": { state: "today-new", keys: ["start"], first: "reading", back: ["today", "start"] },
  path: { state: "path", keys: ["nav-path"], first: "nav-path" },
  "path, stuck": { state: "path-bored", keys: ["nav-path"], first: "nav-path" },
  "another order": { state: "path", keys: ["nav-path", "other-order"], first: "order-sheet", back: ["path", "other-order"] },
  "a step": { state: "drill-ready", keys: ["nav-path", "go"], first: "practice", back: ["path", "go"] },
  songs: { state: "songs-mine", keys: ["nav-songs"], first: "nav-songs" },
  "a song to remove": { state: "songs-mine", keys: ["nav-songs", "remove-file-river"], first: "remove-song", back: ["songs", "remove-file-river"] },
  "a song to read": { state: "song", keys: ["nav-songs", "song-derech"], first: "song", back: ["songs", "song-derech"] },
  "a song, played": { state: "song", keys: ["nav-songs", "song-hine-ma-tov", "do-start"], first: "offers", back: ["songs", "song-hine-ma-tov"] },
  "a song, over": { state: "song-over", keys: ["nav-songs", "song-hine-ma-tov", "do-start"], first: "offers", back: ["songs", "song-hine-ma-tov"] },
  "choosing freely": { state: "finding", keys: ["open-choose"], first: "H1", back: ["today", "open-choose"] },
  practice: { state: "finding", keys: ["open-choose", "chord-A:min"], first: "practice", back: ["choose", "chord-A:min"] },
  "another chord": { state: "finding", keys: ["open-choose", "chord-A:min", "other-chord"], first: "chord-sheet", back: ["practice", "other-chord"] },
  why: { state: "finding", keys: ["open-choose", "chord-E:min", "do-why"], first: "why-sheet", back: ["practice", "do-why"] },
  "no microphone": { state: "no-mic", keys: ["open-choose", "chord-E:min"], first: "practice", back: ["choose", "chord-E:min"] },
  "which microphone": { state: "no-mic", keys: ["open-choose", "chord-E:min", "do-chooseMicrophone"], first: "offers", back: ["choose", "chord-E:min"] },
  tuner: { state: "tuner-low", keys: ["open-choose", "open-tuner"], first: "tuner", back: ["choose", "open-tuner"] },
  "the tuner over a lesson": { state: "tuner-low", keys: ["open-choose", "chord-E:min", "do-tune"], first: "tuner", back: ["practice", "do-tune"] },
  "other tunings": { state: "tuner-low", keys: ["open-choose", "open-tuner", "do-other"], first: "tuning-sheet", back: ["tuner", "do-other"], sizes: ["laptop", "landscape"] },
  "other tunings, on a phone": { state: "tuner-low", keys: ["open-choose", "open-tuner", "other-tuning"], first: "tuning-sheet", back: ["tuner", "other-tuning"], sizes: ["phone"] },
  "is it heard": { state: "check-room", keys: [...SETTINGS, "settings-check"], first: "check", back: ["settings", "settings-check"] },
  progress: { state: "progress", keys: ["nav-progress"], first: "nav-progress" },
  settings: { state: "settings-two", keys: SETTINGS, first: "nav-settings" },
  "somebody new": { state: "settings-two", keys: [...SETTINGS, "add-student"], first: "add", back: ["settings", "add-student"] },
  "the question for grown-ups": { state: "settings-two", keys: [...SETTINGS, "export"], first: "gate", back: ["settings", "export"] },
};

async function press(page: Page, keys: string[]): Promise<void> {
  for (const [at, key] of keys.entries()) {
    const control = page.locator(`[data-testid="${key}"]`);
    const input = control.locator("input");
    const radio = (await input.count()) > 0;
    await (radio ? input : control).focus();
    await page.keyboard.press(radio || at % 2 === 1 ? "Space" : "Enter");
    await settle(page);
  }
}

/** What has the focus, by its `data-testid`, its class or its kind. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (at?.classList.contains("offers")) return "offers";
    return at?.getAttribute("data-testid") ?? at?.tagName ?? "";
  });
}

async function open({ state, at = "today", keys }: Screen, size: Size): Promise<Visit> {
  const visited = await visit(browser, { size, state, at });
  await press(visited.page, keys);
  return visited;
}

describe.each(["laptop", "phone", "landscape"] as const)("by keyboard, %s", (size) => {
  const screens = Object.entries(SCREENS).filter(([, { sizes }]) => sizes?.includes(size) ?? true);

  it.each(screens)("%s", async (_, screen) => {
    const { page, complaints, close } = await open(screen, size);
    expect(await focused(page)).toBe(screen.first);

    await prepare(page);
    const all = await controls(page);
    const stops = await walk(page);
    expect(stops.filter(({ faults }) => faults.length > 0)).toEqual([]);
    expect(stops.map(({ name }) => name)).toEqual(all);
    await prepare(page);
    const backwards = await walk(page, "Shift+Tab");
    expect(backwards.map(({ name }) => name).reverse()).toEqual(all);

    await page.keyboard.press("Escape");
    await settle(page);
    if (screen.back) {
      const [place, focus] = screen.back;
      expect(await page.locator("dialog").count()).toBe(0);
      expect(await page.locator(`main[data-testid="${place}"]`).count()).toBe(1);
      expect(await focused(page)).toBe(focus);
    } else expect(await controls(page)).toEqual(all);
    expect(complaints).toEqual([]);
    await close();
  });
});
