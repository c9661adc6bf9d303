/** Drills on the practice screen: each phase of changes and of a pattern, and what can be pressed in it. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, clipped, launch, settle, shoot, sideways, visit, type Look, type Visit } from "./browser";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

/** The chapter and the step that lead to a drill. */
const STEPS = { changes: ["em-am", "em-am.changes"], strings: ["em", "em.strings"], pattern: ["ups", "ups.pattern0"] } as const;
type Drill = keyof typeof STEPS;

/** Opens a drill from the path, the way a student goes. */
async function drill(kind: Drill, look: Look): Promise<Visit> {
  const visited = await visit(browser, { at: "today", ...look });
  const [chapter, step] = STEPS[kind];
  await visited.page.click('[data-testid="nav-path"]');
  await visited.page.waitForSelector('[data-testid="chapter-card"]');
  if ((await visited.page.locator(`[data-testid="step-${step}"]`).count()) === 0) await visited.page.click(`[data-testid="chapter-${chapter}"]`);
  await visited.page.click(`[data-testid="step-${step}"]`);
  await visited.page.waitForSelector('[data-testid="practice"] [data-testid="drill"]');
  await settle(visited.page);
  return visited;
}

const SHOWN: [Drill, string, string[]][] = [
  ["changes", "drill-ready", ["do-start", "do-next"]],
  ["changes", "drill-playing", ["do-again", "do-next"]],
  ["changes", "drill-over", ["do-next", "do-again"]],
  ["strings", "drill-ready", ["do-why", "do-again", "do-next"]],
  ["strings", "drill-playing", ["do-why", "do-again", "do-next"]],
  ["strings", "drill-over", ["do-next", "do-again"]],
  ["pattern", "drill-ready", ["do-start", "do-slower", "do-next"]],
  ["pattern", "drill-count-in", ["do-slower", "do-stop"]],
  ["pattern", "drill-playing", ["do-slower", "do-stop"]],
  ["pattern", "drill-silent", ["do-slower", "do-stop"]],
  ["pattern", "drill-over", ["do-next", "do-again"]],
];

describe.each<Look["size"]>(["phone", "laptop"])("a drill, %s", (size) => {
  it.each(SHOWN)("%s: %s", async (kind, state, offers) => {
    const { page, complaints, close } = await drill(kind, { size, state });
    await shoot(page, `${state}-${kind}-${size}`);
    expect(await page.locator(".offers button").evaluateAll((all) => all.map((one) => one.getAttribute("data-testid")))).toEqual(offers);
    // What a drill is on is not changed from here: the ears would go on judging the old chord.
    expect(await page.locator('[data-testid="other-chord"]').count()).toBe(0);
    expect(await page.locator("h1").innerText()).toContain("Em");
    expect(await page.locator('[data-testid="string-now"]').count()).toBe(kind === "strings" && state !== "drill-over" ? 1 : 0);
    const small = await page.locator("main button").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).filter(({ height }) => height < 64).length);
    expect(small).toBe(0);
    expect(await broken(page)).toEqual([]);
    expect(await clipped(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe.each<Look["size"]>(["phone", "landscape", "laptop"])("the pattern of a drill, %s", (size) => {
  it.each([
    ["drill-ready", 0],
    ["drill-count-in", 0],
    ["drill-playing", 2],
    ["drill-silent", 0],
  ] as const)("is drawn from left to right above the beats: %s", async (state, now) => {
    const { page, close } = await drill("pattern", { size, state });
    const strum = page.locator('[data-testid="drill"] [data-testid="strum"]');
    expect(await strum.locator("svg").evaluateAll((all) => all.map((one) => one.classList[0]))).toEqual(["down", "rest", "down", "up", "rest", "up", "down", "up"]);
    const places = await strum.locator("svg").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right, bottom }) => ({ left, middle: (left + right) / 2, bottom })));
    expect(places.map(({ left }) => left)).toEqual(places.map(({ left }) => left).sort((one, other) => one - other));
    expect(await strum.locator("svg.now").count()).toBe(now);
    expect(await page.locator('[data-testid="gates"]').innerText()).toContain("תיבות ברצף");
    if (state !== "drill-ready") {
      const beats = page.locator('[data-testid="drill"] [data-testid="beats"]');
      expect(await beats.getAttribute("aria-label")).toContain("פעימה");
      const dots = await beats.locator("span").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right, top }) => ({ middle: (left + right) / 2, top })));
      dots.forEach(({ middle, top }, beat) => {
        expect(Math.abs(middle - (places[2 * beat]?.middle ?? 0))).toBeLessThan(1.5);
        expect(top).toBeGreaterThan((places[2 * beat]?.bottom ?? 0) - 1);
      });
    }
    await shoot(page, `${state}-pattern-${size}`);
    expect(await sideways(page)).toBe(0);
    // The step of its chapter, at the head of the screen where there is room for a head.
    if (size !== "landscape") expect(await page.locator(".title").innerText()).toContain("שלב 1 מתוך 3");
    await close();
  });
});

describe("a drill", () => {
  it.each(["drill-ready", "drill-over"])("is left by «הבא» where it does not run: %s", async (state) => {
    const { page, close } = await drill("pattern", { size: "phone", state });
    await page.click('[data-testid="do-next"]');
    await page.waitForSelector('main[data-testid="path"]');
    await close();
  });
});
