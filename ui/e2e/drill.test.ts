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
const STEPS = { changes: ["em-am", "em-am.changes"], pattern: ["ups", "ups.pattern0"] } as const;
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

describe("a drill", () => {
  it.each(["drill-ready", "drill-over"])("is left by «הבא» where it does not run: %s", async (state) => {
    const { page, close } = await drill("pattern", { size: "phone", state });
    await page.click('[data-testid="do-next"]');
    await page.waitForSelector('main[data-testid="path"]');
    await close();
  });
});
