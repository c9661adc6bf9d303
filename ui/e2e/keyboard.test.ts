/** The practice loop by keyboard alone, and the sheets that must keep and return the focus. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, launch, practise, settle, shoot, visit } from "./browser";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at?.getAttribute("data-testid") ?? at?.querySelector("[data-testid]")?.getAttribute("data-testid") ?? at?.tagName ?? null;
  });

describe("keyboard only", () => {
  it("goes from a chord to practice and back, in the order of the design", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "finding" });
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("chord-E:min");
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-testid="practice"]');
    await settle(page);
    const order: (string | null)[] = [];
    for (let step = 0; step < 7; step += 1) {
      await page.keyboard.press("Tab");
      order.push(await focused(page));
    }
    expect(order).toEqual(["leave", "do-tune", "other-chord", "string-6", "do-why", "do-again", "do-next"]);
    await page.keyboard.press("Escape");
    await page.waitForSelector('[data-testid="choose"]');
    await settle(page);
    expect(await focused(page)).toBe("chord-E:min");
    await close();
  });

  it("six strings are one stop with arrows, and each says what it is", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "finding" });
    await practise(page);
    expect(await page.locator('[data-testid^="string-"][tabindex="0"]').count()).toBe(1);
    expect(await page.getAttribute(".tokens", "aria-label")).toBe("שישה מיתרים, אקורד מי מינור");
    await page.focus('[data-testid="string-6"]');
    const labels: (string | null)[] = [];
    for (let step = 0; step < 6; step += 1) {
      labels.push(await page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? null));
      await page.keyboard.press("ArrowRight");
    }
    expect(labels[0]).toBe("מיתר שש, פתוח: מצלצל");
    expect(labels[1]).toBe("מיתר חמש, אצבע שתיים בסריג שתיים: מצלצל");
    expect(labels[3]).toBe("מיתר שלוש, פתוח: נחנק. ההסבר: למה");
    expect(await focused(page)).toBe("string-1");
    await close();
  });

  it("acts by physical keys: next, again, why", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "finding" });
    await practise(page);
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction(() => document.querySelector('[data-testid="chord-name"]')?.textContent === "E");
    await page.keyboard.press("Space");
    expect(await page.locator('[data-testid="practice"]').count()).toBe(1);
    await page.keyboard.press("Slash");
    await page.waitForSelector('[data-testid="why-sheet"]');
    await close();
  });

  it("has one live region, the teacher's", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "finding" });
    await practise(page);
    const live = await page.locator('[aria-live], [role="status"], [role="alert"]').evaluateAll((regions) => regions.map((region) => region.getAttribute("data-testid")));
    expect(live).toEqual(["teacher"]);
    await close();
  });
});

describe.each(["phone", "laptop"] as const)("the sheet «why», %s", (size) => {
  it.each([false, true])("keeps the focus, closes on Esc, gives the focus back (dark: %s)", async (dark) => {
    const { page, complaints, close } = await visit(browser, { size, state: "finding", dark });
    await practise(page);
    await page.focus('[data-testid="do-why"]');
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-testid="why-sheet"]');
    await settle(page);
    await shoot(page, `why-${size}${dark ? "-dark" : ""}`);
    expect(await broken(page)).toEqual([]);
    for (let step = 0; step < 7; step += 1) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
    }
    expect(await page.locator('[data-testid="why-sheet"] li').count()).toBe(6);
    expect(await page.textContent('[data-testid="why-sheet"] h2')).toContain("נחנק");
    await page.keyboard.press("Escape");
    await page.waitForSelector('[data-testid="why-sheet"]', { state: "detached" });
    await settle(page);
    expect(await focused(page)).toBe("do-why");
    expect(complaints).toEqual([]);
    await close();
  });

  it("has something to say also before the first strum, and in the other states", async () => {
    for (const state of ["listening", "unsure", "clean", "many"]) {
      const { page, close } = await visit(browser, { size, state });
      await practise(page);
      await page.click('[data-testid="do-why"]');
      await settle(page);
      await shoot(page, `why-${state}-${size}`);
      expect(await broken(page)).toEqual([]);
      await close();
    }
  });
});

describe("another chord from within practice", () => {
  it("is chosen in a sheet and practised at once", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "listening" });
    await practise(page);
    await page.click('[data-testid="other-chord"]');
    await page.waitForSelector('[data-testid="chord-sheet"]');
    await settle(page);
    await shoot(page, "chords-phone");
    expect(await broken(page)).toEqual([]);
    await page.click('[data-testid="chord-sheet"] [data-testid="chord-A:min"]');
    await page.waitForFunction(() => document.querySelector('[data-testid="chord-name"]')?.textContent === "Am");
    await close();
  });
});

describe("trouble", () => {
  it("offers a microphone and a way on, and loses nothing", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "no-mic" });
    await practise(page);
    await page.click('[data-testid="do-chooseMicrophone"]');
    await page.waitForSelector('[data-testid="microphone"]');
    await settle(page);
    await shoot(page, "microphones-phone");
    expect(await page.locator('[data-testid="microphone"] option').count()).toBe(3);
    expect(await broken(page)).toEqual([]);
    await page.selectOption('[data-testid="microphone"]', "usb");
    await page.click('[data-testid="do-chartOnly"]');
    await settle(page);
    expect(await page.textContent('[data-testid="diagnosis"]')).toContain("שתי אצבעות");
    await shoot(page, "chart-only-phone");
    await close();
  });
});

describe("sources", () => {
  it("the example lesson says what it is and that no microphone is open", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "finding" });
    await page.click('[data-testid="source-demo"]');
    await page.waitForSelector('[data-testid="practice"]');
    await settle(page);
    await shoot(page, "demo-phone");
    expect(await page.textContent(".title")).toContain("שיעור לדוגמה");
    expect(await page.getAttribute('[data-testid="microphone-light"]', "data-state")).toBe("off");
    await close();
  });

  it("a recording waits for its chord", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "finding" });
    await page.click('[data-testid="source-recording"]');
    expect(await page.getAttribute('[data-testid="source-recording"]', "aria-pressed")).toBe("true");
    expect(await broken(page)).toEqual([]);
    await practise(page, "A:min");
    expect(await page.textContent('[data-testid="chord-name"]')).toBe("Am");
    await close();
  });

  it("a file dialog closed without a choice leads back without a word", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "no-file" });
    await page.click('[data-testid="source-recording"]');
    await page.click('[data-testid="chord-A:min"]');
    await page.waitForSelector('[data-testid="practice"]', { state: "detached" });
    expect(await page.locator('[data-testid="choose"]').count()).toBe(1);
    expect(await page.locator('[data-testid="diagnosis"]').count()).toBe(0);
    await close();
  });
});
