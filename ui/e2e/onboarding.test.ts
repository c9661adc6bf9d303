/** The three questions: nothing is preselected, the button waits, and what follows is the check and the tuner. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, clipped, launch, settle, shoot, sideways, SIZES, visit, type Size } from "./browser";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

const ANSWERS = { address: "neutral", hand: "right", guitar: "acoustic" };
const question = (page: Page): Promise<string | null> => page.getAttribute('[data-testid="onboarding"]', "data-question");
const go = (page: Page): Promise<void> => page.click('[data-testid="go"]');

async function answer(page: Page, name: string, value: string): Promise<void> {
  await page.waitForSelector(`[data-question="${name}"]`);
  await page.click(`[data-testid="${name}-${value}"]`);
}

describe.each(Object.keys(SIZES) as Size[])("the questions at %s size", (size) => {
  it("fit, are accessible, and wait for an answer", async () => {
    for (const look of [{}, { dark: true }, { textScale: 2 }]) {
      const { page, complaints, close } = await visit(browser, { size, state: "first", fresh: true, at: "onboarding", ...look });
      for (const [name, value] of Object.entries(ANSWERS)) {
        await page.waitForSelector(`[data-question="${name}"]`);
        expect(await page.locator("input[type=radio]:checked").count()).toBe(0);
        expect(await page.isDisabled('[data-testid="go"]')).toBe(true);
        await settle(page);
        await shoot(page, `onboarding-${name}-${size}${Object.keys(look).join()}-asked`);
        await answer(page, name, value);
        expect(await page.isEnabled('[data-testid="go"]')).toBe(true);
        await settle(page);
        await shoot(page, `onboarding-${name}-${size}${Object.keys(look).join()}`);
        expect(await sideways(page)).toBe(0);
        expect(await clipped(page)).toEqual([]);
        expect(await spilled(page)).toEqual([]);
        expect(await broken(page)).toEqual([]);
        const heights = await page.locator("label:visible, button:visible").evaluateAll((targets) => targets.map((target) => target.getBoundingClientRect().height));
        expect(Math.min(...heights)).toBeGreaterThanOrEqual(48);
        await go(page);
      }
      await page.waitForSelector('[data-testid="check"]');
      expect(complaints).toEqual([]);
      await close();
    }
  });
});

/** Answers whose words leave their card. */
function spilled(page: Page): Promise<string[]> {
  return page.locator(".options label").evaluateAll((cards) => cards.filter((card) => card.scrollWidth > card.clientWidth + 1).map((card) => card.textContent ?? ""));
}

describe("the first start", () => {
  it("leads through the check and the tuner to today, and is not asked again", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "first", fresh: true, at: "onboarding" });
    for (const [name, value] of Object.entries(ANSWERS)) {
      await answer(page, name, value);
      await go(page);
    }
    await page.waitForSelector('[data-testid="check"]');
    // Once it is heard: until then there is only skipping.
    await page.click('[data-testid="do-go"]');
    await page.waitForSelector('[data-testid="tuner"]');
    await page.click('[data-testid="leave"]');
    await page.waitForSelector('[data-testid="today"]');
    await close();
  });

  it("goes back without forgetting, and by keyboard alone", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "first", fresh: true, at: "onboarding" });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    expect(await page.locator('[data-testid="address-feminine"] input').isChecked()).toBe(true);
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-question="hand"]');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await page.click('[data-testid="back"]');
    expect(await question(page)).toBe("address");
    expect(await page.locator('[data-testid="address-feminine"] input').isChecked()).toBe(true);
    await close();
  });

  it("the two boxes are each other's mirror; the mirror of the camera leaves them and every picture alone", async () => {
    const { page, close } = await visit(browser, { size: "laptop", state: "first", fresh: true, at: "onboarding" });
    await answer(page, "address", "neutral");
    await go(page);
    await page.waitForSelector('[data-question="hand"]');
    const discs = (hand: string): Promise<number[]> =>
      page.locator(`[data-testid="hand-${hand}"] .disc`).evaluateAll((found) => found.map((disc) => Number(disc.getAttribute("cx"))));
    const right = await discs("right");
    const left = await discs("left");
    expect(left).toEqual(right.map((x) => 108 - x));
    await page.click('[data-testid="mirror"]');
    expect([await discs("right"), await discs("left")]).toEqual([right, left]);
    await answer(page, "hand", "left");
    await go(page);
    await answer(page, "guitar", "classical");
    await go(page);
    await page.waitForSelector('[data-testid="check"]');
    expect(await page.evaluate(() => localStorage.getItem("prita.lefty"))).toBe("yes");
    await close();
  });

  it("says why it cannot be kept, and keeps the answers", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "first-full", fresh: true, at: "onboarding" });
    for (const [name, value] of Object.entries(ANSWERS)) {
      await answer(page, name, value);
      await go(page);
    }
    await page.waitForSelector('[data-testid="tip"]');
    await settle(page);
    await shoot(page, "onboarding-full-phone");
    expect(await page.textContent('[data-testid="diagnosis"]')).toContain("אין מקום לשמור");
    expect(await page.locator('[data-testid="guitar-acoustic"] input').isChecked()).toBe(true);
    expect(await broken(page)).toEqual([]);
    await close();
  });
});
