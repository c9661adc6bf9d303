/** The frame of the near screens: rail, tab bar, where one is, and how far screens give the focus back. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, launch, settle, shoot, sideways, SIZES, visit, type Size } from "./browser";

const STOPS = ["today", "path", "songs", "progress", "settings"];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

const focused = (page: Page): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute("data-testid") ?? document.activeElement?.tagName ?? null);

describe.each(Object.keys(SIZES) as Size[])("the frame at %s size", (size) => {
  it("leads everywhere, and says where one is", async () => {
    for (const look of [{}, { dark: true }, { textScale: 2 }]) {
      const { page, complaints, close } = await visit(browser, { size, state: "usual", at: "today", ...look });
      for (const stop of STOPS) {
        await page.click(`[data-testid="nav-${stop}"]`);
        await page.waitForSelector(`main[data-testid="${stop}"]`);
        await settle(page);
        expect(await page.locator('nav [aria-current="page"]').getAttribute("data-testid")).toBe(`nav-${stop}`);
        expect(await sideways(page)).toBe(0);
        expect(await labels(page)).toEqual([]);
        expect(await page.locator("h1").count()).toBe(1);
        if (!("textScale" in look)) expect(await broken(page)).toEqual([]);
        await shoot(page, `near-${stop}-${size}${Object.keys(look).join()}`);
      }
      expect(complaints).toEqual([]);
      await close();
    }
  });

  it("has targets of 48 px, and on a phone no place for the tuner", async () => {
    const { page, close } = await visit(browser, { size, state: "usual", at: "today" });
    const boxes = await page.locator("nav button:visible").evaluateAll((stops) => stops.map((stop) => stop.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)));
    expect(Math.min(...boxes)).toBeGreaterThanOrEqual(48);
    expect(await page.isVisible('[data-testid="nav-tuner"]')).toBe(SIZES[size].width >= 600);
    await close();
  });
});

/** Words of the rail that do not fit into their place. */
function labels(page: Page): Promise<string[]> {
  return page.locator("nav button:visible").evaluateAll((stops) =>
    stops
      .filter((stop) => {
        const box = stop.getBoundingClientRect();
        return stop.scrollWidth > stop.clientWidth + 1 || box.left < 0 || box.right > window.innerWidth;
      })
      .map((stop) => stop.textContent ?? ""),
  );
}

describe("by keyboard", () => {
  it("the rail can be skipped, and comes in the order it is drawn", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "usual", at: "today" });
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("skip");
    expect((await page.locator('[data-testid="skip"]').boundingBox())?.width).toBeGreaterThan(60);
    const order: (string | null)[] = [];
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press("Tab");
      order.push(await focused(page));
    }
    expect(order).toEqual(["nav-today", "nav-path", "nav-songs", "nav-progress", "nav-tuner", "nav-settings"]);
    await page.focus('[data-testid="skip"]');
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("H1");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("minutes-5");
    await close();
  });

  it("the tuner lies over the screen and gives the focus back", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "tuner-low", at: "today" });
    await page.click('[data-testid="nav-songs"]');
    await page.focus('[data-testid="nav-tuner"]');
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-testid="tuner"]');
    expect(await page.locator("nav").count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.waitForSelector('[data-testid="songs"]');
    await settle(page);
    expect(await focused(page)).toBe("nav-tuner");
    await close();
  });

  it("the free choice of a chord leads back to where one came from", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "usual" });
    expect(await page.locator('nav [aria-current="page"]').getAttribute("data-testid")).toBe("nav-today");
    await page.click('[data-testid="back"]');
    await page.waitForSelector('[data-testid="today"]');
    await close();
  });
});
