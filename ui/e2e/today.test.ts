/** Today in all its states, and the programme from its first task to its last. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, clipped, launch, settle, shoot, sideways, SIZES, visit, type Size } from "./browser";

type Expected = { stands: string; title: string; lines: number; button: string; says?: RegExp };

const SCENES: Record<string, Expected> = {
  usual: { stands: "usual", title: "היום: שבע דקות", lines: 4, button: "start" },
  "today-new": { stands: "new", title: "היום: שבע דקות", lines: 1, button: "start", says: /Em, האקורד הראשון/ },
  "today-loading": { stands: "loading", title: "היום: שבע דקות", lines: 0, button: "start" },
  "today-done": { stands: "done", title: "להיום מספיק.", lines: 0, button: "more", says: /המיתר השלישי מצלצל/ },
  "today-away": { stands: "away", title: "היום: שבע דקות", lines: 2, button: "start", says: /מתחילים ממה שקל/ },
  "today-damaged": { stands: "error", title: "היום", lines: 0, button: "retry", says: /קובץ ההתקדמות לא שלם/ },
  "today-locked": { stands: "usual", title: "היום: שבע דקות", lines: 4, button: "start", says: /כאן אפשר רק לראות/ },
  "today-recovered": { stands: "usual", title: "היום: שבע דקות", lines: 4, button: "start", says: /חזר העותק הטוב/ },
  "home-newer": { stands: "error", title: "היום", lines: 0, button: "retry", says: /תוכנה חדשה יותר/ },
};

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

describe.each(Object.entries(SCENES))("today, %s", (state, expected) => {
  it.each(["phone", "laptop"] as const)("is a finished screen (%s)", async (size) => {
    for (const dark of [false, true]) {
      const { page, complaints, close } = await visit(browser, { size, state, dark, at: "today" });
      await page.waitForSelector(`[data-testid="today-state"][data-state="${expected.stands}"]`);
      await settle(page);
      await shoot(page, `today-${state}-${size}${dark ? "-dark" : ""}`);
      expect(await page.textContent("h1")).toBe(expected.title);
      expect(await page.locator('[data-testid^="line-"]').count()).toBe(expected.lines);
      expect(await page.locator(".foot .button").getAttribute("data-testid")).toBe(expected.button);
      if (expected.says) expect(await page.textContent('[data-testid="today"]')).toMatch(expected.says);
      expect(await page.locator('[data-testid="open-choose"]').count()).toBe(1);
      expect(await broken(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      expect(complaints).toEqual([]);
      await close();
    }
  });
});

describe.each(Object.keys(SIZES) as Size[])("today at %s size", (size) => {
  it("clips nothing with text at 200 %, and Latin names run their own way", async () => {
    for (const look of [{}, { textScale: 2 }, { still: true }]) {
      const { page, close } = await visit(browser, { size, state: "usual", at: "today", ...look });
      await page.waitForSelector('[data-testid="line-3"]');
      await settle(page);
      await shoot(page, `today-${size}-${Object.keys(look).join()}`);
      expect(await sideways(page)).toBe(0);
      expect(await clipped(page)).toEqual([]);
      const names = await page.locator('[data-testid="line-3"] .title bdi[dir="ltr"]').evaluateAll((found) => found.map((name) => [name.textContent, name.getBoundingClientRect().x] as const));
      expect(names.map(([name]) => name)).toEqual(["Em", "Am"]);
      if (!("textScale" in look)) expect(names[0]?.[1]).toBeGreaterThan(names[1]?.[1] ?? Infinity);
      await close();
    }
  });
});

describe("the length of today", () => {
  it("changes the list in place and the title in words", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "usual", at: "today" });
    await page.waitForSelector('[data-testid="line-4"]');
    const place = await page.locator('[data-testid="line-1"]').boundingBox();
    await page.click('[data-testid="minutes-5"]');
    await page.waitForSelector('[data-testid="line-4"]', { state: "detached" });
    expect(await page.textContent("h1")).toBe("היום: חמש דקות");
    expect(await page.getAttribute('[data-testid="minutes-5"]', "aria-pressed")).toBe("true");
    await page.click('[data-testid="minutes-20"]');
    await page.waitForSelector('[data-testid="line-6"]');
    await settle(page);
    await shoot(page, "today-twenty-laptop");
    expect(await page.textContent("h1")).toBe("היום: עשרים דקות");
    const after = await page.locator('[data-testid="line-1"]').boundingBox();
    expect(after?.y).toBe(place?.y);
    expect(after?.width).toBe(place?.width);
    await close();
  });

  it("nothing jumps when the plan arrives", async () => {
    const places = async (state: string): Promise<(number | undefined)[]> => {
      const { page, close } = await visit(browser, { size: "phone", state, at: "today" });
      await settle(page);
      const boxes = await Promise.all(["h1", '[data-testid="minutes-7"]', ".lines", ".lines > li"].map((place) => page.locator(place).first().boundingBox()));
      await close();
      return boxes.map((box) => box?.y);
    };
    expect(await places("today-loading")).toEqual(await places("usual"));
  });
});

describe("the programme", () => {
  it("goes from task to task, keeps its place, and ends with enough", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "finding", at: "today" });
    await page.waitForSelector('[data-testid="line-4"]');
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-testid="tuner"]');
    await page.click('[data-testid="do-next"]');
    await page.waitForSelector('[data-testid="practice"]');
    expect(await page.textContent('[data-testid="chord-name"]')).toBe("Em");
    await page.click('[data-testid="leave"]');
    await page.waitForSelector('[data-testid="today"]');
    await settle(page);
    await shoot(page, "today-under-way-laptop");
    expect(await page.textContent('[data-testid="start"]')).toContain("ממשיכים");
    expect(await page.locator('[data-testid="line-2"]').getAttribute("aria-current")).toBe("step");
    await page.click('[data-testid="start"]');
    await page.waitForSelector('[data-testid="practice"]');
    await page.click('[data-testid="do-next"]');
    await page.waitForSelector('[data-testid="practice"]');
    await page.click('[data-testid="do-next"]');
    await page.waitForSelector('[data-testid="song"] [data-testid="line"]');
    await settle(page);
    await shoot(page, "today-song-laptop");
    await page.click('[data-testid="do-next"]');
    await page.waitForSelector('[data-testid="today-state"][data-state="done"]');
    expect(await page.textContent("h1")).toBe("להיום מספיק.");
    await page.click('[data-testid="more"]');
    await page.waitForSelector('[data-testid="line-4"]');
    expect(await page.textContent('[data-testid="start"]')).toContain("מתחילים");
    await close();
  });

  it.each(["phone", "laptop"] as const)("stands where it stood after ✕ on the tuner and on the song (%s)", async (size) => {
    const { page, complaints, close } = await visit(browser, { size, state: "tuner-low", at: "today" });
    await page.click('[data-testid="start"]');
    await page.waitForSelector('[data-testid="tuner"]');
    await settle(page);
    await shoot(page, `today-tuner-${size}`);
    expect(await broken(page)).toEqual([]);
    await page.click('[data-testid="leave"]');
    await page.waitForSelector('[data-testid="line-1"]');
    expect(await page.textContent('[data-testid="start"]')).toContain("מתחילים");
    await page.click('[data-testid="start"]');
    for (const screen of ["tuner", "practice", "practice"]) {
      await page.waitForSelector(`[data-testid="${screen}"]`);
      await settle(page);
      await page.click('[data-testid="do-next"]');
    }
    await page.waitForSelector('[data-testid="song"] [data-testid="line"]');
    await page.click('[data-testid="leave"]');
    await page.waitForSelector('[data-testid="line-4"][aria-current="step"]');
    expect(await page.textContent('[data-testid="start"]')).toContain("ממשיכים");
    expect(complaints).toEqual([]);
    await close();
  });

  it("on the first day reads before it plays, one sentence at a time", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "today-new", at: "today" });
    await page.click('[data-testid="start"]');
    await page.waitForSelector('[data-testid="reading"]');
    await settle(page);
    await shoot(page, "reading-phone");
    expect(await broken(page)).toEqual([]);
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector('[data-testid="do-before"]');
    await page.click('[data-testid="do-next"]');
    await page.waitForSelector('[data-testid="tuner"]');
    await close();
  });
});
