/** Walks the interface at phone size, in every state of the practice screen, light and dark. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, launch, practise, shoot, sideways, visit } from "./browser";

type Expected = { tokens: string[]; says: RegExp; word?: string; light?: string };

const six = (state: string): string[] => Array<string>(6).fill(state);
const but = (string: number, state: string): string[] => six("rings").map((rings, index) => (6 - index === string ? state : rings));

const SCENES: Record<string, Expected> = {
  connecting: { tokens: six("waiting"), says: /שתי אצבעות/, word: "רגע, מתחברים לשמיעה", light: "connecting" },
  listening: { tokens: six("waiting"), says: /שתי אצבעות/, word: "מקשיבים…", light: "open" },
  interim: { tokens: six("waiting"), says: /שתי אצבעות/, word: "מקשיבים…", light: "open" },
  finding: { tokens: but(3, "dead"), says: /המיתר השלישי נחנק/, word: "נחנק", light: "open" },
  buzz: { tokens: but(5, "buzz"), says: /המיתר החמישי מזמזם/, word: "מזמזם" },
  wrong: { tokens: but(4, "wrong_pitch"), says: /המיתר הרביעי נשמע פתוח/, word: "צליל אחר" },
  absent: { tokens: but(1, "not_played"), says: /לא הגיעה למיתר הראשון/, word: "לא נפרט" },
  unsure: { tokens: but(2, "unsure"), says: /קשה לדעת/, word: "לא בטוח" },
  clean: { tokens: six("rings"), says: /כל ששת המיתרים מצלצלים/ },
  many: { tokens: ["not_played", "wrong_pitch", "buzz", "dead", "unsure", "rings"], says: /המיתר השלישי/, word: "נחנק" },
  "no-mic": { tokens: six("waiting"), says: /אין מיקרופון מחובר/, word: "לא שומעים", light: "none" },
  lost: { tokens: six("waiting"), says: /המיקרופון התנתק/, word: "לא שומעים", light: "none" },
  noisy: { tokens: six("unsure"), says: /רועש מדי/, word: "לא בטוח", light: "noisy" },
  clipping: { tokens: six("unsure"), says: /חזק מדי/, word: "לא בטוח", light: "weak" },
  narrow: { tokens: six("waiting"), says: /מגיע חלקי/, word: "מקשיבים…", light: "weak" },
  silence: { tokens: six("waiting"), says: /לא נשמע כלום/, word: "לא שומעים", light: "weak" },
  tuning: { tokens: six("waiting"), says: /הגיטרה מכוונת/, word: "לא בודקים בכיוון הזה", light: "open" },
  forgotten: { tokens: six("waiting"), says: /לא נקרא/, word: "מקשיבים…", light: "open" },
  engine: { tokens: six("waiting"), says: /שתי אצבעות/, word: "מקשיבים…", light: "open" },
  finished: { tokens: but(3, "dead"), says: /המיתר השלישי נחנק/, word: "נחנק", light: "off" },
  speaking: { tokens: but(3, "dead"), says: /המיתר השלישי נחנק/, word: "נחנק", light: "open" },
  error: { tokens: six("waiting"), says: /קובץ המודל חסר/, word: "לא שומעים", light: "off" },
};

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

describe("choosing, on a phone", () => {
  it.each([false, true])("has no accessibility violation (dark: %s)", async (dark) => {
    const { page, complaints, close } = await visit(browser, { size: "phone", state: "listening", dark });
    await shoot(page, `choose-phone${dark ? "-dark" : ""}`);
    expect(await broken(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it("puts Em to the right of Am, in the line and among the cards", async () => {
    const { page, close } = await visit(browser, { size: "phone", state: "listening" });
    const line = await page.locator('[data-testid="first-chords"] bdi').evaluateAll((names) => names.map((name) => [name.textContent, name.getBoundingClientRect().x] as const));
    expect(line.map(([name]) => name)).toEqual(["Em", "Am"]);
    expect(line[0]?.[1]).toBeGreaterThan(line[1]?.[1] ?? Infinity);
    const em = await page.locator('[data-testid="chord-E:min"]').boundingBox();
    const e = await page.locator('[data-testid="chord-E:maj"]').boundingBox();
    expect(em?.x).toBeGreaterThan(e?.x ?? Infinity);
    await close();
  });
});

describe.each(Object.entries(SCENES))("practice, %s", (state, expected) => {
  it.each([false, true])("shows and says it in place (dark: %s)", async (dark) => {
    const { page, complaints, close } = await visit(browser, { size: "phone", state, dark });
    await practise(page);
    await shoot(page, `${state}-phone${dark ? "-dark" : ""}`);

    const tokens = await page.locator('[data-testid^="string-"]').evaluateAll((views) => views.map((view) => view.getAttribute("data-state")));
    expect(tokens).toEqual(expected.tokens);
    expect(await page.textContent('[data-testid="diagnosis"]')).toMatch(expected.says);
    expect((await page.textContent('[data-testid="tip"]'))?.trim()).not.toBe("");
    const word = page.locator('[data-testid="fault-word"], [data-testid="group-word"]');
    expect((await word.allTextContents()).map((text) => text.trim())).toEqual(expected.word === undefined ? [] : [expected.word]);
    if (expected.light !== undefined) {
      expect(await page.getAttribute('[data-testid="microphone-light"]', "data-state")).toBe(expected.light);
    }
    expect(await page.locator('[data-testid="interrupt"]').count()).toBe(state === "speaking" ? 1 : 0);
    expect(await page.locator('[data-testid="note"]').count()).toBe(["no-mic", "lost", "silence", "engine"].includes(state) ? 1 : 0);
    expect(await page.locator('dialog').count()).toBe(0);
    expect(await broken(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("practice, all eight chords on a phone", () => {
  it("asks each as it is, without a violation", async () => {
    const { page, complaints, close } = await visit(browser, { size: "phone", state: "finding" });
    const chords = await page.locator('[data-testid^="chord-"]').evaluateAll((cards) => cards.map((card) => card.getAttribute("data-testid")?.slice(6) ?? ""));
    expect(chords).toHaveLength(8);
    for (const chord of chords) {
      await practise(page, chord);
      await shoot(page, `chord-${chord.replace(":", "-")}-phone`);
      expect(await broken(page)).toEqual([]);
      await page.click('[data-testid="leave"]');
      await page.waitForSelector('[data-testid="choose"]');
    }
    expect(complaints).toEqual([]);
    await close();
  });
});
