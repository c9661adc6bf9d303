/** The check of the sound before the first lesson, and where the system refuses the microphone. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, clipped, launch, settle, shoot, sideways, visit } from "./browser";

type Expected = { says: RegExp; first: string; light: string; word: string };

const SCENES: Record<string, Expected> = {
  "check-room": { says: /מקשיבים קודם לחדר/, first: "do-skip", light: "open", word: "שקט לרגע…" },
  "check-play": { says: /פורטים פעם אחת את כל המיתרים/, first: "do-skip", light: "open", word: "מקשיבים…" },
  "check-good": { says: /שומעים את הגיטרה היטב/, first: "do-go", light: "open", word: "נשמע היטב" },
  "check-noisy": { says: /רועש מדי/, first: "do-again", light: "noisy", word: "לא בטוח" },
  "check-clipping": { says: /חזק מדי/, first: "do-again", light: "weak", word: "לא בטוח" },
  "check-faint": { says: /נשמעת חלש/, first: "do-again", light: "weak", word: "לא בטוח" },
  "check-narrow": { says: /מגיע חלקי/, first: "do-chooseMicrophone", light: "weak", word: "מקשיבים…" },
  "check-silence": { says: /לא נשמע כלום/, first: "do-again", light: "weak", word: "לא שומעים" },
  "check-no-mic": { says: /אין מיקרופון/, first: "do-chooseMicrophone", light: "none", word: "לא שומעים" },
};

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

describe.each(Object.entries(SCENES))("the check of the sound, %s", (state, expected) => {
  it.each(["phone", "laptop"] as const)("shows and says it in place (%s)", async (size) => {
    for (const dark of [false, true]) {
      const { page, complaints, close } = await visit(browser, { size, state, dark, fresh: true });
      await page.click('[data-testid="chord-E:min"]');
      await page.waitForFunction((says) => new RegExp(says).test(document.querySelector('[data-testid="teacher"]')?.textContent ?? ""), expected.says.source);
      await settle(page);
      await shoot(page, `${state}-${size}${dark ? "-dark" : ""}`);
      expect(await page.locator(".offers button").first().getAttribute("data-testid")).toBe(expected.first);
      expect(await page.getAttribute('[data-testid="microphone-light"]', "data-state")).toBe(expected.light);
      expect((await page.textContent('[data-testid="group-word"]'))?.trim()).toBe(expected.word);
      expect(await broken(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      expect(await clipped(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    }
  });
});

describe("the first lesson", () => {
  it("begins with the check, goes on to the chord, and remembers", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "check-good", fresh: true });
    await page.click('[data-testid="chord-A:min"]');
    await page.waitForSelector('[data-testid="check"]');
    await page.click('[data-testid="do-go"]');
    await page.waitForSelector('[data-testid="practice"]');
    expect(await page.textContent('[data-testid="chord-name"]')).toBe("Am");
    await page.click('[data-testid="leave"]');
    await page.click('[data-testid="chord-E:min"]');
    await page.waitForSelector('[data-testid="practice"]');
    expect(await page.locator('[data-testid="check"]').count()).toBe(0);
    await close();
  });

  it("can pass over it, and comes back to it from the first screen", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "check-play", fresh: true });
    await page.click('[data-testid="chord-E:min"]');
    await page.click('[data-testid="do-skip"]');
    await page.waitForSelector('[data-testid="practice"]');
    await page.click('[data-testid="leave"]');
    await page.click('[data-testid="open-check"]');
    await page.waitForSelector('[data-testid="check"]');
    await page.keyboard.press("Escape");
    await page.waitForSelector('[data-testid="choose"]');
    await close();
  });

  it("is checked anew from a noisy lesson, which then goes on", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "noisy" });
    await page.click('[data-testid="chord-A:min"]');
    await page.click('[data-testid="do-check"]');
    await page.waitForSelector('[data-testid="check"] [data-testid="do-go"]');
    await page.click('[data-testid="do-go"]');
    await page.waitForSelector('[data-testid="practice"]');
    expect(await page.textContent('[data-testid="chord-name"]')).toBe("Am");
    await close();
  });
});

describe("a system that refuses the microphone", () => {
  it.each(["phone", "laptop"] as const)("is told where it is taken back, and the chart is still there (%s)", async (size) => {
    for (const dark of [false, true]) {
      const { page, complaints, close } = await visit(browser, { size, state: "denied", dark });
      await page.click('[data-testid="chord-E:min"]');
      await page.waitForSelector('[data-testid="do-settings"]');
      await settle(page);
      await shoot(page, `mic-denied-${size}${dark ? "-dark" : ""}`);
      expect(await page.textContent('[data-testid="diagnosis"]')).toBe("אין גישה למיקרופון.");
      expect(await page.getAttribute('[data-testid="microphone-light"]', "data-state")).toBe("none");
      expect(await broken(page)).toEqual([]);
      expect(await clipped(page)).toEqual([]);
      await page.click('[data-testid="do-chartOnly"]');
      expect(await page.textContent('[data-testid="diagnosis"]')).toContain("שתי אצבעות");
      expect(complaints).toEqual([]);
      await close();
    }
  });
});
