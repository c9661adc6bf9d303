/** Settings: what is chosen is shown at once and taken back where it cannot be kept; who plays; what is kept. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, launch, settle, shoot, sideways, visit, type Look } from "./browser";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

async function open(look: Partial<Look>): Promise<Awaited<ReturnType<typeof visit>>> {
  const visited = await visit(browser, { size: "laptop", state: "usual", at: "today", ...look });
  await visited.page.click('[data-testid="nav-settings"]');
  await visited.page.waitForSelector('[data-testid="style-patient"]');
  await settle(visited.page);
  return visited;
}

const isChosen = (page: Page, option: string): Promise<boolean> => page.locator(`[data-testid="${option}"] input`).isChecked();
const NUMBERS = ["אפס", "אחת", "שתיים", "שלוש", "ארבע", "חמש", "שש", "שבע", "שמונה", "תשע"];

/** Answers the question for grown-ups as one would: by reading it. */
async function passGate(page: Page): Promise<void> {
  const asked = (await page.textContent('[data-testid="gate-question"]')) ?? "";
  const [a = 0, b = 0] = asked.split(/\s|\?/).map((word) => NUMBERS.indexOf(word)).filter((value) => value > 0);
  await page.fill('[data-testid="gate-answer"]', String(a * b));
  await page.click('[data-testid="gate-go"]');
}

describe("what the student chooses", () => {
  it("is kept and shown at once, and the picture follows the hand", async () => {
    const { page, complaints, close } = await open({});
    await page.click('[data-testid="hand-left"]');
    await page.click('[data-testid="style-strict"]');
    await page.click('[data-testid="length-20"]');
    expect(await isChosen(page, "hand-left")).toBe(true);
    expect(await isChosen(page, "style-strict")).toBe(true);
    expect(await page.evaluate(() => localStorage.getItem("prita.lefty"))).toBe("yes");
    await page.click('[data-testid="mirror"]');
    expect(await page.locator('[data-testid="mirror"] input').isChecked()).toBe(true);
    expect(await page.evaluate(() => localStorage.getItem("prita.lefty"))).toBe("yes");
    await page.click('[data-testid="nav-today"]');
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "היום: עשרים דקות");
    expect(complaints).toEqual([]);
    await close();
  });

  it("changes the theme of the window", async () => {
    const { page, close } = await open({});
    await page.click('[data-testid="theme-dark"]');
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
    await close();
  });

  it("is taken back, with the reason in sight, where it cannot be kept", async () => {
    const { page, close } = await open({ state: "settings-full", size: "phone" });
    await page.click('[data-testid="address-feminine"]');
    await page.waitForFunction(() => document.querySelector('[data-testid="said"]')?.textContent?.includes("אין מקום"));
    await settle(page);
    await shoot(page, "settings-full-phone");
    expect(await isChosen(page, "address-neutral")).toBe(true);
    expect(await page.isVisible('[data-testid="said"]')).toBe(true);
    expect(await broken(page)).toEqual([]);
    await close();
  });

  it("can only be looked at where another window keeps it", async () => {
    const { page, close } = await open({ state: "today-locked" });
    expect(await page.isDisabled('[data-testid="address-feminine"] input')).toBe(true);
    expect(await page.isDisabled('[data-testid="forget-all"]')).toBe(true);
    expect(await page.isDisabled('[data-testid="mirror"] input')).toBe(true);
    expect(await page.isEnabled('[data-testid="theme-dark"] input')).toBe(true);
    await settle(page);
    await shoot(page, "settings-locked-laptop");
    expect(await broken(page)).toEqual([]);
    await close();
  });
});

describe("who plays here", () => {
  it("somebody new comes by a colour, answers the questions, and plays", async () => {
    const { page, complaints, close } = await open({ size: "phone" });
    await page.click('[data-testid="add-student"]');
    await page.waitForSelector('[data-testid="add"]');
    expect(await page.isDisabled('[data-testid="add-go"]')).toBe(true);
    await page.click('[data-testid="add-#3f6b3a"]');
    await settle(page);
    await shoot(page, "settings-add-phone");
    expect(await broken(page)).toEqual([]);
    await page.click('[data-testid="add-go"]');
    for (const [question, answer] of Object.entries({ address: "feminine", hand: "left", guitar: "classical" })) {
      await page.waitForSelector(`[data-question="${question}"]`);
      await page.click(`[data-testid="${question}-${answer}"]`);
      await page.click('[data-testid="go"]');
    }
    await page.waitForSelector('[data-testid="today"]');
    await page.click('[data-testid="nav-settings"]');
    expect(await page.textContent('li.current')).toContain("ירוק");
    await settle(page);
    await shoot(page, "settings-two-phone");
    expect(complaints).toEqual([]);
    await close();
  });

  it("the new one can turn back, and nobody was added", async () => {
    const { page, close } = await open({});
    await page.click('[data-testid="add-student"]');
    await page.fill('[data-testid="add-name"]', "דני");
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-question="address"]');
    await page.click('[data-testid="back"]');
    await page.waitForSelector('[data-testid="settings"]');
    expect(await page.locator('[data-testid^="student-"]').count()).toBe(1);
    await close();
  });

  it("they change places, and one goes only behind the gate and a said yes", async () => {
    const { page, close } = await open({ state: "settings-two" });
    await page.click('[data-testid="student-2"]');
    await page.waitForSelector('[data-testid="student-2"][aria-current="true"]');
    await page.click('[data-testid="remove-1"]');
    await page.waitForSelector('[data-testid="gate"]');
    await page.fill('[data-testid="gate-answer"]', "1");
    await page.click('[data-testid="gate-go"]');
    expect(await page.textContent('[data-testid="gate"]')).toContain("הנה שאלה אחרת");
    await passGate(page);
    await page.waitForSelector('[data-testid="remove"]');
    expect(await page.textContent('[data-testid="remove"]')).toContain("אין דרך להחזיר");
    expect(await page.isDisabled('[data-testid="remove-act"]')).toBe(true);
    await page.click('[data-testid="remove-sure"]');
    await page.click('[data-testid="remove-act"]');
    await page.waitForSelector('[data-testid="student-1"]', { state: "detached" });
    await close();
  });
});

describe.each(["phone", "laptop"] as const)("what is kept, %s", (size) => {
  it("is copied out behind the gate, and the file is named", async () => {
    const { page, complaints, close } = await open({ size });
    await page.click('[data-testid="export"]');
    await page.waitForSelector('[data-testid="gate"]');
    await settle(page);
    await shoot(page, `settings-gate-${size}`);
    expect(await broken(page)).toEqual([]);
    await passGate(page);
    await page.waitForFunction(() => document.querySelector('[data-testid="said"]')?.textContent?.includes("prita-2026-11-26.json"));
    await settle(page);
    await shoot(page, `settings-exported-${size}`);
    expect(await page.textContent('[data-testid="said"] bdi')).toBe("prita-2026-11-26.json");
    expect(complaints).toEqual([]);
    await close();
  });

  it("is replaced only after it was said what would be", async () => {
    const { page, close } = await open({ size });
    await page.click('[data-testid="import-open"]');
    await passGate(page);
    await page.waitForSelector('[data-testid="import"]');
    await settle(page);
    await shoot(page, `settings-import-${size}`);
    expect(await broken(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect(await page.textContent('[data-testid="import"]')).toContain("שלושה תרגולים מהם לא בקובץ, ויאבדו.");
    await page.click('[data-testid="import-leave"]');
    expect(await page.locator('[data-testid^="student-"]').count()).toBe(1);
    await page.click('[data-testid="import-open"]');
    await passGate(page);
    await page.click('[data-testid="import-take"]');
    await page.waitForSelector('[data-testid="student-2"]');
    expect(await page.textContent('[data-testid="said"]')).toContain("נמצא כאן עכשיו");
    await close();
  });

  it("is forgotten only after a said yes, and then everything begins anew", async () => {
    const { page, close } = await open({ size });
    await page.click('[data-testid="theme-dark"]');
    await page.click('[data-testid="forget-all"]');
    await passGate(page);
    await page.waitForSelector('[data-testid="forget"]');
    await settle(page);
    await shoot(page, `settings-forget-${size}`);
    expect(await broken(page)).toEqual([]);
    expect(await page.isDisabled('[data-testid="forget-act"]')).toBe(true);
    await page.click('[data-testid="forget-sure"]');
    await page.click('[data-testid="forget-act"]');
    await page.waitForSelector('[data-question="address"]');
    const kept = await page.evaluate(() => ["theme", "known", "checked"].map((name) => localStorage.getItem(`prita.${name}`)));
    expect(kept).toEqual(["system", "no", "no"]);
    await close();
  });

  it("a closed file dialog leaves no word, a foreign file is named", async () => {
    for (const [state, says] of [["no-file", ""], ["settings-foreign", "זה לא קובץ של התקדמות. בוחרים קובץ אחר."]] as const) {
      const { page, close } = await open({ size, state });
      await page.click('[data-testid="import-open"]');
      await passGate(page);
      await page.waitForSelector('[data-testid="gate"]', { state: "detached" });
      await settle(page);
      expect(await page.textContent('[data-testid="said"]')).toBe(says);
      expect(await page.locator('dialog').count()).toBe(0);
      await close();
    }
  });
});

describe("sheets of settings", () => {
  it("keep the focus while the button still waits, and give it back", async () => {
    const { page, close } = await open({});
    await page.focus('[data-testid="add-student"]');
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-testid="add"]');
    const reached = new Set<string>();
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const place = document.activeElement;
        return place?.closest('dialog') ? `${place.tagName} ${place.getAttribute("type") ?? ""}`.trim() : "outside";
      });
      reached.add(at);
    }
    expect([...reached].sort()).toEqual(["BUTTON", "INPUT", "INPUT radio"]);
    await page.keyboard.press("Escape");
    await page.waitForSelector('[data-testid="add"]', { state: "detached" });
    await settle(page);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-testid"))).toBe("add-student");
    await close();
  });

  it("fit with text at 200 %, on a small phone, lying, and dark", async () => {
    const looks: Partial<Look>[] = [{ size: "short", textScale: 2 }, { size: "landscape" }, { size: "phone", dark: true }];
    for (const look of looks) {
      for (const [button, sheet] of [["add-student", "add"], ["forget-all", "gate"]] as const) {
        const { page, close } = await open(look);
        await page.click(`[data-testid="${button}"]`);
        await page.waitForSelector(`[data-testid="${sheet}"]`);
        if (sheet === "gate") {
          await passGate(page);
          await page.waitForSelector('[data-testid="forget"]');
        }
        await settle(page);
        await shoot(page, `settings-${sheet}-${look.size ?? ""}-${Object.keys(look).join()}`);
        expect(await sideways(page)).toBe(0);
        expect(await page.locator('dialog').evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBeLessThanOrEqual(0);
        expect(await broken(page)).toEqual([]);
        await close();
      }
    }
  });
});
