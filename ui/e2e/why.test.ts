/** The sheet «למה?» in every state, beside the pictures of ux 07. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, launch, practise, settle, shoot, sideways, SIZES, visit, type Size } from "./browser";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

async function why(page: Page): Promise<void> {
  await practise(page);
  await page.click('[data-testid="do-why"]');
  await page.waitForSelector('[data-testid="why-sheet"]');
  await settle(page);
}

const said = (page: Page, id: string): Promise<string> => page.locator(`[data-testid="${id}"] .only-heard`).innerText();

describe.each(Object.keys(SIZES) as Size[])("«why» at %s size", (size) => {
  it("shows a second of every string, and how sure each claim is", async () => {
    for (const look of [{}, { dark: true }, { textScale: 2 }]) {
      const { page, complaints, close } = await visit(browser, { size, state: "finding", ...look });
      await why(page);
      await shoot(page, `why-finding-${size}-${Object.keys(look).join() || "plain"}`);
      expect(await page.locator('[data-testid="why-sheet"] li path.bars').count()).toBe(6);
      expect(await page.locator('[data-testid="heard-3"] .seconds').textContent()).toBe("0.08");
      expect(await page.locator('[data-testid="heard-6"] .seconds').textContent()).toBe("2.4+");
      expect(await page.locator(".blocks").evaluateAll((all) => all.map((one) => one.getAttribute("data-blocks")))).toEqual(["4", "3"]);
      expect(await page.locator('[data-testid="why-sheet"]').evaluate((sheet) => Math.max(0, sheet.scrollWidth - sheet.clientWidth))).toBe(0);
      expect(await sideways(page)).toBe(0);
      expect(await broken(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    }
  });
});

describe("«why»", () => {
  it("runs from left to right, the thick string first, and is read as words", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "finding" });
    await why(page);
    const place = (selector: string): Promise<number> => page.locator(selector).evaluate((element) => element.getBoundingClientRect().x);
    expect(await place('[data-testid="heard-3"] .number')).toBeLessThan(await place('[data-testid="heard-3"] .strip'));
    expect(await place('[data-testid="heard-3"] .strip')).toBeLessThan(await place('[data-testid="heard-3"] .seconds'));
    expect(await page.locator(".ticks span").allTextContents()).toEqual(["0", "0.5", "1"]);
    expect(await said(page, "heard-3")).toBe("מיתר שלוש, צלצל שמונה מאיות שנייה: נחנק");
    expect(await said(page, "heard-6")).toBe("מיתר שש, צלצל יותר משתי שניות וארבע עשיריות: מצלצל");
    // The strings stay in sight beside it.
    const sheet = await page.locator('[data-testid="why-sheet"]').boundingBox();
    const thin = await page.locator('[data-testid="string-1"]').boundingBox();
    expect((thin?.x ?? 0) + (thin?.width ?? 0)).toBeLessThanOrEqual(sheet?.x ?? 0);
    await close();
  });

  it("plays the strum, and the same with the string ringing", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "finding" });
    await why(page);
    // A strum sounds until it is let end: how long that is does not race this machine.
    await page.evaluate(() => {
      const real = window.setTimeout.bind(window);
      const held: (() => void)[] = [];
      const hold = (act: () => void, ms?: number): number => (ms === 1500 ? held.push(act) : real(act, ms));
      Object.assign(window, { setTimeout: hold, letEnd: () => held.splice(0).forEach((act) => act()) });
    });
    await page.click('[data-testid="play-own"]');
    await page.waitForSelector('[data-testid="play-own"][aria-pressed="true"]');
    await page.click('[data-testid="play-clean"]');
    await page.waitForSelector('[data-testid="play-clean"][aria-pressed="true"]');
    await shoot(page, "why-playing-phone");
    expect(await page.getAttribute('[data-testid="play-own"]', "aria-pressed")).toBe("false");
    // It ends by itself, and by a second press.
    await page.evaluate(() => (window as unknown as { letEnd(): void }).letEnd());
    await page.waitForSelector('[data-testid="play-clean"][aria-pressed="false"]');
    await page.click('[data-testid="play-own"]');
    await page.waitForSelector('[data-testid="play-own"][aria-pressed="true"]');
    await page.click('[data-testid="play-own"]');
    await page.waitForSelector('[data-testid="play-own"][aria-pressed="false"]');
    expect(await page.locator('[data-testid="why-sheet"]').innerText()).toContain("האפליקציה מוסיפה את המיתר השלישי");
    expect(await page.locator('[data-testid="no-sound"]').count()).toBe(0);
    await close();
  });

  it.each([
    ["soundless", 6, /כבר נשכח/],
    ["unheard", 0, /לא נשמר/],
  ])("keeps the strips when the sound is gone: %s", async (state, strips, says) => {
    for (const size of ["phone", "laptop"] as const) {
      const { page, close } = await visit(browser, { size, state });
      await why(page);
      await shoot(page, `why-${state}-${size}`);
      expect(await page.locator('[data-testid="why-sheet"] li').count()).toBe(6);
      expect(await page.locator(".strip").count()).toBe(strips);
      expect(await page.locator('[data-testid="play-own"]').count()).toBe(0);
      expect(await page.textContent('[data-testid="no-sound"]')).toMatch(says);
      expect(await broken(page)).toEqual([]);
      await close();
    }
  });

  it("says where there is no loudspeaker, and what was seen", async () => {
    const mute = await visit(browser, { size: "phone", state: "mute" });
    await why(mute.page);
    await mute.page.click('[data-testid="play-own"]');
    await mute.page.waitForSelector('[data-testid="no-sound"]');
    expect(await mute.page.textContent('[data-testid="no-sound"]')).toContain("אין רמקול");
    await mute.close();
    const seen = await visit(browser, { size: "laptop", state: "seen" });
    await why(seen.page);
    await shoot(seen.page, "why-seen-laptop");
    expect(await seen.page.locator('[data-testid="why-sheet"]').innerText()).toContain("הקמיצה על המיתר הרביעי, בסריג השני, נוגעת גם במיתר השלישי.");
    expect(await broken(seen.page)).toEqual([]);
    await seen.close();
  });

  it("checks together: closes, and the teacher asks for that string alone", async () => {
    const { page, complaints, close } = await visit(browser, { size: "laptop", state: "finding" });
    await why(page);
    expect((await page.locator('[data-testid="check-together"]').innerText()).replace(/\s+/g, " ")).toBe("בודקים יחד: רק מיתר 3");
    await page.click('[data-testid="check-together"]');
    await page.waitForSelector('[data-testid="why-sheet"]', { state: "detached" });
    expect(await page.textContent('[data-testid="diagnosis"]')).toContain("בודקים יחד את המיתר השלישי");
    expect(await page.getAttribute('[data-testid="string-3"]', "data-state")).toBe("dead");
    expect(complaints).toEqual([]);
    await close();
  });

  it("«that is not right» takes the verdict back and argues nothing", async () => {
    for (const size of ["phone", "laptop"] as const) {
      const { page, complaints, close } = await visit(browser, { size, state: "finding" });
      await why(page);
      await page.click('[data-testid="not-that"]');
      await page.waitForSelector('[data-testid="why-sheet"]', { state: "detached" });
      await settle(page);
      await shoot(page, `objected-${size}`);
      expect(await page.getAttribute('[data-testid="string-3"]', "data-state")).toBe("unsure");
      expect(await page.textContent('[data-testid="diagnosis"]')).toContain("נבדוק שוב");
      expect(complaints).toEqual([]);
      await close();
    }
  });

  it("has something to say before the first strum and when all rings", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "listening" });
    await why(page);
    expect(await page.locator('[data-testid="why-sheet"]').innerText()).toContain("עוד אין מה להסביר. פורטים פעם אחת.");
    expect(await page.locator('[data-testid="not-that"]').count()).toBe(0);
    await page.click('[data-testid="thanks"]');
    await page.waitForSelector('[data-testid="why-sheet"]', { state: "detached" });
    await close();
  });
});
