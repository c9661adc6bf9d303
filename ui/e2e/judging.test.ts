/** The measurable half of the design direction's list for judging an implementation. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { broken, clipped, launch, practise, settle, shoot, sideways, SIZES, toChords, visit, watch, type Size } from "./browser";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

/** Height of the ink of `sample` in the font an element is set in, CSS pixels. */
function inkHeight(page: Page, selector: string, sample: string): Promise<number> {
  return page.locator(selector).evaluate((element, text) => {
    const style = getComputedStyle(element);
    const pen = document.createElement("canvas").getContext("2d");
    if (!pen) throw new Error("no canvas");
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return pen.measureText(text).actualBoundingBoxAscent;
  }, sample);
}

describe("far reading on a laptop", () => {
  it("has letters of 38 px and chord capitals of 85 px", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "finding" });
    await practise(page);
    expect(await inkHeight(page, '[data-testid="tip"]', "ה")).toBeGreaterThanOrEqual(38);
    expect(await inkHeight(page, '[data-testid="diagnosis"]', "ה")).toBeGreaterThanOrEqual(38);
    expect(await inkHeight(page, '[data-testid="fault-word"]', "ה")).toBeGreaterThanOrEqual(38);
    expect(await inkHeight(page, ".hebrew", "מ")).toBeGreaterThanOrEqual(38);
    expect(await inkHeight(page, '[data-testid="chord-name"]', "E")).toBeGreaterThanOrEqual(85);
    await close();
  });
});

describe.each(Object.keys(SIZES) as Size[])("at %s size", (size) => {
  it("every far target is 64 px and every near one 48", async () => {
    const { page, close } = await visit(browser, { size, state: "finding" });
    expect(await smallest(page)).toBeGreaterThanOrEqual(48);
    await practise(page);
    expect(await smallest(page)).toBeGreaterThanOrEqual(64);
    await page.click('[data-testid="do-why"]');
    await settle(page);
    expect(await smallest(page, 'dialog')).toBeGreaterThanOrEqual(48);
    await close();
  });

  it("fits the window, and words under the strings do not touch", async () => {
    for (const state of ["finding", "unsure", "clean", "many", "noisy"]) {
      const { page, close } = await visit(browser, { size, state });
      await practise(page);
      await shoot(page, `${state}-${size}`);
      expect(await sideways(page)).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBeLessThanOrEqual(0);
      expect(await collisions(page)).toEqual([]);
      await close();
    }
  });

  it("sentences never clip with text at 200 %, dark, or for the left hand", async () => {
    for (const look of [{ textScale: 2 }, { dark: true }, { lefty: true }, { still: true }]) {
      const { page, complaints, close } = await visit(browser, { size, state: "finding", ...look });
      await shoot(page, `choose-${size}-${Object.keys(look).join()}`);
      expect(await sideways(page)).toBe(0);
      await practise(page);
      await shoot(page, `finding-${size}-${Object.keys(look).join()}`);
      expect(await sideways(page)).toBe(0);
      expect(await clipped(page)).toEqual([]);
      if (size !== "short") expect(await room(page)).toBeGreaterThanOrEqual(0);
      expect(await broken(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    }
  });
});

/** Smaller side of the smallest thing one presses or chooses. */
function smallest(page: Page, within = "body"): Promise<number> {
  return page.locator(within).evaluate((root) => {
    const seen = [...root.querySelectorAll("button, select, label:has(input)")].filter((target) => target.checkVisibility());
    const targets = seen.map((target) => target.getBoundingClientRect());
    if (targets.length === 0) throw new Error("nothing to press");
    return Math.min(...targets.flatMap(({ width, height }) => [width, height]));
  });
}

/** Pairs of words under the strings whose boxes share ink. */
function collisions(page: Page): Promise<string[]> {
  return page.locator(".words .small:not(.probe), .words .large:not(.probe)").evaluateAll((words) => {
    const boxes = words.map((word) => ({ text: word.textContent?.trim() ?? "", box: word.getBoundingClientRect(), size: parseFloat(getComputedStyle(word).fontSize) }));
    const found: string[] = [];
    boxes.forEach((one, index) => {
      for (const other of boxes.slice(index + 1)) {
        const beside = one.box.right <= other.box.left || other.box.right <= one.box.left;
        // A line box is taller than its letters: their ink begins a fifth below its top.
        const below = other.box.top + other.size * 0.2 >= one.box.bottom - one.size * 0.2;
        const above = one.box.top + one.size * 0.2 >= other.box.bottom - other.size * 0.2;
        if (!beside && !below && !above) found.push(`${one.text} × ${other.text}`);
      }
    });
    return found;
  });
}

/** From the end of the tip to the buttons, which stay in the window; less than 0 where they cover it. */
async function room(page: Page): Promise<number> {
  const tip = await page.locator('[data-testid="tip"]').boundingBox();
  const button = await page.locator('[data-testid="do-why"]').boundingBox();
  if (!tip || !button) throw new Error("no tip or no button");
  expect(button.y + button.height).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0);
  return button.y - tip.y - tip.height;
}

describe("the left hand", () => {
  it("mirrors the picture exactly and moves no words", async () => {
    const places = async (lefty: boolean): Promise<{ xs: number[]; button: number; width: number; left: number }> => {
      const { page, close } = await visit(browser, { size: "phone", state: "finding", lefty });
      await practise(page);
      const xs = await page.locator('[data-testid^="string-"]').evaluateAll((tokens) => tokens.map((token) => token.getBoundingClientRect().x + token.getBoundingClientRect().width / 2));
      const picture = await page.locator('[data-testid="picture"]').boundingBox();
      const button = await page.locator('[data-testid="do-why"]').boundingBox();
      await close();
      return { xs, button: button?.x ?? 0, width: picture?.width ?? 0, left: picture?.x ?? 0 };
    };
    const right = await places(false);
    const left = await places(true);
    right.xs.forEach((x, index) => {
      expect((left.xs[index] ?? 0) - left.left).toBeCloseTo(right.width - (x - right.left), 0);
    });
    expect(left.button).toBe(right.button);
  });
});

describe("rest", () => {
  it.each([false, true])("nothing moves while nothing sounds (reduced motion: %s)", async (still) => {
    const { page, close } = await visit(browser, { size: "phone", state: "finding", still });
    await page.evaluate(() => {
      const real = window.requestAnimationFrame.bind(window);
      const counted = window as unknown as { frames: number };
      counted.frames = 0;
      window.requestAnimationFrame = (callback) => {
        counted.frames += 1;
        return real(callback);
      };
    });
    await practise(page);
    const frames = (): Promise<number> => page.evaluate(() => (window as unknown as { frames: number }).frames);
    const before = await frames();
    const first = await page.screenshot();
    await page.evaluate(() => new Promise((done) => setTimeout(done, 700)));
    expect(await frames()).toBe(before);
    expect((await page.screenshot()).equals(first)).toBe(true);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await close();
  });

  it("strings swing between measurements, tokens stay hollow until the verdict", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "playing" });
    const seen = await watch(page, 'body:has(.wood.waiting .lens) [data-testid="string-6"]', "data-state");
    await practise(page);
    await page.waitForSelector('[data-testid="string-3"][data-state="dead"]');
    expect(await seen()).toEqual(["waiting"]);
    await shoot(page, "playing-phone");
    await close();
  });
});

describe("the window's policy", () => {
  it("is strict, and the interface runs under it", async () => {
    const context = await browser.newContext({ viewport: SIZES.laptop });
    const page = await context.newPage();
    const refused: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") refused.push(message.text());
    });
    // The window freezes the object prototype as well.
    await page.addInitScript(() => {
      localStorage.setItem("prita.checked", "yes");
      Object.freeze(Object.prototype);
    });
    const answer = await page.goto(`${inject("origin")}?state=finding`);
    expect(answer?.headers()["content-security-policy"]).toContain("default-src 'self'");
    await toChords(page);
    await practise(page);
    expect(await page.textContent('[data-testid="diagnosis"]')).toContain("נחנק");
    const token = await page.locator('[data-testid="string-1"]').boundingBox();
    expect(token?.width).toBeGreaterThan(40);
    expect(await page.evaluate(() => document.fonts.check("700 64px 'Frank Ruhl Libre'", "ה"))).toBe(true);
    expect(await page.evaluate(() => [...document.fonts].filter(({ status }) => status === "error").length)).toBe(0);
    expect(refused).toEqual([]);
    await context.close();
  });
});
