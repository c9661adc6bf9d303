/** The tuner in every state, at phone and laptop size; and the way there and back, from a lesson too. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, clipped, launch, practise, settle, shoot, sideways, SIZES, visit, watch, type Size } from "./browser";

type Expected = { line: string; says: RegExp; tuned: number[]; now?: number; turn?: string; light?: string };

const SCENES: Record<string, Expected> = {
  "tuner-connecting": { line: "none", says: /מתחברים/, tuned: [], light: "connecting" },
  "tuner-waiting": { line: "none", says: /פורטים מיתר אחד, לאט/, tuned: [], light: "open" },
  "tuner-low": { line: "away", says: /מיתר חמש נמוך קצת/, tuned: [6], now: 5, turn: "להדק" },
  "tuner-high": { line: "away", says: /מיתר שתיים גבוה/, tuned: [6, 5, 4, 3], now: 2, turn: "לשחרר" },
  "tuner-far": { line: "away", says: /מיתר אחת נמוך בהרבה/, tuned: [], now: 1, turn: "להדק" },
  "tuner-in-tune": { line: "together", says: /מיתר חמש במקום/, tuned: [6, 5], now: 5 },
  "tuner-unsure": { line: "doubt", says: /קשה לדעת/, tuned: [6], now: 4 },
  "tuner-octave": { line: "away", says: /באוקטבה/, tuned: [], now: 3, turn: "להדק" },
  "tuner-wrong-peg": { line: "none", says: /נשמע מיתר ארבע/, tuned: [6], now: 5 },
  "tuner-quiet": { line: "away", says: /מיתר חמש נמוך קצת/, tuned: [6], now: 5, turn: "להדק" },
  "tuner-done": { line: "none", says: /כל ששת המיתרים במקום/, tuned: [6, 5, 4, 3, 2, 1] },
  "tuner-speaking": { line: "away", says: /מיתר חמש נמוך קצת/, tuned: [6], now: 5, turn: "להדק" },
  "tuner-no-mic": { line: "none", says: /אין מיקרופון/, tuned: [], light: "none" },
  "tuner-noisy": { line: "none", says: /רועש מדי/, tuned: [], light: "noisy" },
};

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

async function tune(page: Page): Promise<void> {
  await page.click('[data-testid="open-tuner"]');
  await page.waitForSelector('[data-testid="tuner"] [data-testid="tune-6"]');
  await settle(page);
}

const strings = (page: Page, attribute: string): Promise<number[]> =>
  page.locator('[data-testid^="tune-"]').evaluateAll((buttons, name) => buttons.flatMap((button, index) => (button.getAttribute(name) === "true" ? [6 - index] : [])), attribute);

describe.each(Object.entries(SCENES))("the tuner, %s", (state, expected) => {
  it.each(["phone", "laptop"] as const)("shows and says it in place (%s)", async (size) => {
    for (const dark of [false, true]) {
      const { page, complaints, close } = await visit(browser, { size, state, dark });
      await tune(page);
      await shoot(page, `${state}-${size}${dark ? "-dark" : ""}`);
      const said = `${(await page.textContent('[data-testid="diagnosis"]')) ?? ""} ${(await page.locator('[data-testid="tip"]').allTextContents()).join("")}`;
      expect(said).toMatch(expected.says);
      expect(await page.getAttribute('[data-testid="lines"]', "data-line")).toBe(expected.line);
      expect(await strings(page, "data-tuned")).toEqual(expected.tuned);
      expect(await strings(page, "data-now")).toEqual(expected.now === undefined ? [] : [expected.now]);
      expect(await page.locator(".head .turn").allTextContents()).toEqual(expected.turn === undefined ? [] : [expected.turn]);
      if (expected.light !== undefined) expect(await page.getAttribute('[data-testid="microphone-light"]', "data-state")).toBe(expected.light);
      expect(await broken(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
      await close();
    }
  });
});

describe("on the way to the tuner and back", () => {
  it("a lesson waits with its chord, and goes on", async () => {
    const { page, complaints, close } = await visit(browser, { size: "laptop", state: "finding" });
    await practise(page, "A:min");
    await page.keyboard.press("KeyT");
    await page.waitForSelector('[data-testid="tuner"]');
    await page.keyboard.press("Escape");
    await page.waitForSelector('[data-testid="practice"]');
    await settle(page);
    expect(await page.textContent('[data-testid="chord-name"]')).toBe("Am");
    expect(await page.getAttribute('[data-testid="status"]', "data-state")).toBe("listening");
    await page.click('[data-testid="do-tune"]');
    await page.waitForSelector('[data-testid="tuner"]');
    await page.click('[data-testid="leave"]');
    await page.waitForSelector('[data-testid="practice"]');
    await page.keyboard.press("Escape");
    await page.waitForSelector('[data-testid="choose"]');
    expect(complaints).toEqual([]);
    await close();
  });

  it("the example lesson has nothing to tune", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "finding" });
    await page.click('[data-testid="source-demo"]');
    await page.waitForSelector('[data-testid="practice"]');
    expect(await page.locator('[data-testid="do-tune"]').count()).toBe(0);
    await page.keyboard.press("KeyT");
    expect(await page.locator('[data-testid="practice"]').count()).toBe(1);
    await close();
  });

  it("from the first screen and back to where it was opened", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "tuner-low" });
    await tune(page);
    await page.click('[data-testid="leave"]');
    await page.waitForSelector('[data-testid="choose"]');
    await settle(page);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-testid"))).toBe("open-tuner");
    await close();
  });
});

describe("tuning", () => {
  it("moves the string to its target and makes one line of both", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "tuner-playing" });
    const places = await watch(page, '[data-testid="lines"][data-line="away"] .string', "x");
    // Not settled first: the words change while the peg is turned.
    await page.click('[data-testid="open-tuner"]');
    await page.waitForSelector('[data-testid="lines"][data-line="together"]');
    const [first, ...others] = (await places()).map(Number);
    expect(others.at(-1)).toBeGreaterThan((first ?? 0) + 5);
    expect(await page.locator(".lines .target").count()).toBe(0);
    expect(await page.getAttribute('[data-testid="tune-5"]', "data-tuned")).toBe("true");
    await close();
  });

  it("nothing moves while nothing sounds", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "tuner-quiet" });
    await tune(page);
    const first = await page.screenshot();
    await page.waitForTimeout(500);
    expect((await page.screenshot()).equals(first)).toBe(true);
    expect(await page.locator(".lines .swing").count()).toBe(0);
    await close();
  });

  it("six names are one stop; a tap holds to one, the same again lets go", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "tuner-waiting" });
    await tune(page);
    expect(await page.locator('[data-testid^="tune-"][tabindex="0"]').count()).toBe(1);
    await page.focus('[data-testid="tune-6"]');
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    expect(await page.getAttribute('[data-testid="tune-5"]', "aria-pressed")).toBe("true");
    expect(await page.textContent('[data-testid="diagnosis"]')).toContain("מיתר חמש");
    await page.keyboard.press("Enter");
    expect(await page.getAttribute('[data-testid="tune-5"]', "aria-pressed")).toBe("false");
    await close();
  });

  it.each(["phone", "laptop"] as const)("another tuning and another pitch are chosen and remembered (%s)", async (size) => {
    const { page, close } = await visit(browser, { size, state: "tuner-waiting" });
    await tune(page);
    await page.click(size === "phone" ? '[data-testid="other-tuning"]' : '[data-testid="do-other"]');
    await page.waitForSelector('[data-testid="tuning-sheet"]');
    await settle(page);
    await shoot(page, `tunings-${size}`);
    expect(await page.locator('[data-testid="tuning-sheet"] li').count()).toBe(7);
    expect(await broken(page)).toEqual([]);
    for (let step = 0; step < 12; step += 1) {
      if (await page.isEnabled('[data-testid="a4-lower"]')) await page.click('[data-testid="a4-lower"]');
    }
    expect(await page.textContent('[data-testid="a4"]')).toBe("430");
    await page.click('[data-testid="tuning-half-step-down"]');
    await page.waitForSelector('[data-testid="tuning-sheet"]', { state: "detached" });
    await settle(page);
    expect(await page.textContent('[data-testid="tune-5"] .name')).toBe("A♭");
    expect(await sideways(page)).toBe(0);
    await shoot(page, `tuner-half-step-down-${size}`);
    // The choice is kept beside the lessons: the tuner opens with it again.
    await page.click('[data-testid="leave"]');
    await tune(page);
    expect(await page.textContent('[data-testid="tune-5"] .name')).toBe("A♭");
    await page.locator('[data-testid="other-tuning"]:visible, [data-testid="do-other"]:visible').first().click();
    expect(await page.textContent('[data-testid="a4"]')).toBe("430");
    await close();
  });
});

describe("the choice of tuning", () => {
  it("a lesson that cannot be taught in it leads to the usual one, and back", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "tuning" });
    await practise(page);
    await page.click('[data-testid="do-tuneUsual"]');
    await page.waitForSelector('[data-testid="tuner"] [data-testid="tune-6"]');
    expect(await page.locator(".row .name").allTextContents()).toEqual(["E", "A", "D", "G", "B", "E"]);
    await page.click('[data-testid="leave"]');
    await page.waitForSelector('[data-testid="practice"]');
    await close();
  });

  it.each([
    ["tuner-forgotten", /לא נקרא/],
    ["tuner-full", /אין מקום בדיסק/],
  ])("is not lost in silence: %s", async (state, says) => {
    const { page, close } = await visit(browser, { size: "laptop", state });
    await tune(page);
    if (state === "tuner-full") {
      await page.click('[data-testid="do-other"]');
      await page.click('[data-testid="tuning-dadgad"]');
      await page.locator('[data-testid="tune-1"] .name', { hasText: "D" }).waitFor();
    }
    await page.waitForFunction((words) => new RegExp(words).test(document.body.innerText), says.source);
    await close();
  });
});

describe.each(Object.keys(SIZES) as Size[])("the tuner at %s size", (size) => {
  it("fits, clips nothing with large text, and mirrors for the left hand", async () => {
    for (const look of [{}, { textScale: 2 }, { lefty: true }, { still: true }]) {
      const { page, complaints, close } = await visit(browser, { size, state: "tuner-low", ...look });
      await tune(page);
      await shoot(page, `tuner-low-${size}-${Object.keys(look).join() || "plain"}`);
      expect(await sideways(page)).toBe(0);
      expect(await clipped(page)).toEqual([]);
      expect(await broken(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    }
  });
});
