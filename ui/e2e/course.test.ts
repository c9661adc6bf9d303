/** The path, the songs, the song sheet and the progress: each state at several sizes, and what the design asks of them. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, clipped, launch, settle, shoot, sideways, visit, type Look } from "./browser";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

type Screen = "path" | "songs" | "progress";
const SIZES = ["phone", "laptop"] as const;

async function open(screen: Screen, look: Look): Promise<Awaited<ReturnType<typeof visit>>> {
  const visited = await visit(browser, { at: "today", ...look });
  await visited.page.click(`[data-testid="nav-${screen}"]`);
  await visited.page.waitForSelector(`main[data-testid="${screen}"]`);
  await settle(visited.page);
  return visited;
}

async function openSong(look: Look, id = "hine-ma-tov", play = true): Promise<Awaited<ReturnType<typeof visit>>> {
  const visited = await open("songs", look);
  await visited.page.click(`[data-testid="song-${id}"]`);
  await visited.page.waitForSelector('main[data-testid="song"] [data-testid="line"]');
  if (play) await visited.page.click('[data-testid="do-start"]');
  await settle(visited.page);
  return visited;
}

/** Whatever stands in the page and has more words than room, or lies beyond its edge. */
function cut(page: Page): Promise<string[]> {
  return page.locator("main p, main h1, main h2, main button, main li, main .card, main bdi").evaluateAll((elements) =>
    elements
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        if (width === 0 || element.closest(".only-heard, .idle, svg") !== null) return false;
        const spills = getComputedStyle(element).display !== "inline" && element.scrollWidth > element.clientWidth + 2 && element.querySelector(".above") === null;
        return spills || left < -1 || right > window.innerWidth + 1;
      })
      .map((element) => `${element.tagName}.${element.className} ${(element.textContent ?? "").trim().slice(0, 30)}`),
  );
}

/** Nothing broken, nothing cut off, nothing sideways, nothing complained of. */
async function sound(page: Page, complaints: string[]): Promise<void> {
  expect(await broken(page)).toEqual([]);
  expect(await clipped(page)).toEqual([]);
  expect(await cut(page)).toEqual([]);
  expect(await sideways(page)).toBe(0);
  expect(complaints).toEqual([]);
}

const NEAR: [Screen, string[]][] = [
  ["path", ["path", "path-first", "path-bored", "path-done", "path-error"]],
  ["songs", ["songs", "songs-first", "songs-empty", "songs-mine", "songs-error"]],
  ["progress", ["progress", "progress-worse", "progress-first", "progress-empty", "progress-damaged", "progress-error"]],
];

describe.each(SIZES)("near, %s", (size) => {
  const shown = NEAR.flatMap(([screen, states]) => states.slice(0, size === "phone" ? 9 : 2).map((state) => [screen, state] as const));

  it.each(shown)("%s: %s", async (screen, state) => {
    const { page, complaints, close } = await open(screen, { size, state });
    await shoot(page, `${state}-${size}`);
    await sound(page, complaints);
    await close();
  });
});

describe.each(SIZES)("a song, %s", (size) => {
  it.each(["song", "song-connecting", "song-ready", "song-count", "song-lost", "song-said", "song-over", "song-no-mic", "song-noisy", "song-refused"])("%s", async (state) => {
    const { page, complaints, close } = await openSong({ size, state });
    await shoot(page, `${state}-${size}`);
    await sound(page, complaints);
    await close();
  });

  it.each(["hine-ma-tov", "derech"])("is read without a microphone: %s", async (id) => {
    const { page, complaints, close } = await openSong({ size, state: "song" }, id, false);
    await shoot(page, `song-reading-${id}-${size}`);
    await sound(page, complaints);
    await close();
  });
});

/** Boxes of elements, from the right. */
function places(page: Page, selector: string): Promise<{ text: string; left: number; right: number; top: number; bottom: number }[]> {
  return page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { text: element.textContent ?? "", left, right, top, bottom };
    }),
  );
}

const focused = (page: Page): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute("data-testid") ?? document.activeElement?.tagName ?? null);

describe("the path", () => {
  it("shows passed, now and ahead, and unfolds only one chapter", async () => {
    const { page, close } = await open("path", { size: "laptop", state: "path" });
    expect(await page.locator('[data-testid^="chapter-"][aria-expanded="true"]').count()).toBe(1);
    expect(await page.getAttribute('[data-testid="chapter-em-am"]', "aria-current")).toBe("step");
    expect(await page.locator('[data-testid="chapter-em-am"] .only-heard').textContent()).toBe("שלב שניים, שני אקורדים: מי מינור, לה מינור: עכשיו");
    const marks = await page.locator('[data-testid^="step-"]').evaluateAll((steps) => steps.map((step) => step.getAttribute("data-mark")));
    expect(marks).toEqual(["done", "done", "done", "begun", "waiting"]);
    expect(await page.textContent('[data-testid="go"]')).toBe("ממשיכים: מעברים");
    await page.click('[data-testid="chapter-sevenths"]');
    await settle(page);
    await shoot(page, "path-sevenths-laptop");
    expect(await page.getAttribute('[data-testid="chapter-sevenths"]', "aria-expanded")).toBe("true");
    expect(await page.locator('[aria-expanded="true"]').count()).toBe(1);
    await close();
  });

  it("puts Em to the right of Am", async () => {
    const { page, close } = await open("path", { size: "laptop", state: "path" });
    const [em, am] = await places(page, '[data-testid="chapter-card"] h2 bdi');
    expect([em?.text, am?.text]).toEqual(["Em", "Am"]);
    expect(em?.left).toBeGreaterThan(am?.right ?? Infinity);
    await close();
  });

  it("mirrors the boxes for the left hand, and no words", async () => {
    const of = async (lefty: boolean) => {
      const { page, close } = await open("path", { size: "laptop", state: "path", lefty });
      const discs = await places(page, '[data-testid="chapter-card"] .chart:first-child .disc');
      const [box] = await places(page, '[data-testid="chapter-card"] .chart:first-child svg');
      const [title] = await places(page, '[data-testid="chapter-card"] h2');
      if (lefty) await shoot(page, "path-lefty-laptop");
      await close();
      const middle = ((box?.left ?? 0) + (box?.right ?? 0)) / 2;
      return { discs: discs.map(({ left, right }) => Math.round((left + right) / 2 - middle)), title: title?.right };
    };
    const [right, left] = [await of(false), await of(true)];
    expect(left.discs).toEqual(right.discs.map((x) => -x));
    expect(left.title).toBe(right.title);
  });

  it("offers another order, keeps what was passed, and can be left behind", async () => {
    const { page, complaints, close } = await open("path", { size: "phone", state: "path-bored" });
    await page.click('[data-testid="other-order"]');
    await settle(page);
    await shoot(page, "path-order-phone");
    expect(await broken(page)).toEqual([]);
    await page.click('[data-testid="order-a-d-first"]');
    await page.waitForSelector('[data-testid="chapter-a-d"]');
    await page.click('[data-testid="move-on"]');
    await page.waitForSelector('[data-testid="come-back"]');
    expect(await page.textContent('[data-testid="go"]')).toBe("ממשיכים: שיר");
    await page.click('[data-testid="come-back"]');
    await page.waitForSelector('[data-testid="move-on"]');
    expect(complaints).toEqual([]);
    await close();
  });

  it("on a phone hands the focus to the chapter that unfolds", async () => {
    const { page, close } = await open("path", { size: "phone", state: "path" });
    await page.focus('[data-testid="chapter-g"]');
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.tagName === "H2");
    expect(await page.textContent('[data-testid="chapter-card"] h2')).toBe("G");
    await close();
  });

  it("leads to the song of its last step", async () => {
    const { page, close } = await open("path", { size: "phone", state: "path" });
    await page.click('[data-testid="step-em-am.song"]');
    await page.waitForSelector('main[data-testid="song"][data-song="gesher"]');
    await page.keyboard.press("Escape");
    await page.waitForSelector('main[data-testid="path"]');
    await close();
  });
});

describe("the songs", () => {
  it("stand in the order that helps", async () => {
    const { page, close } = await open("songs", { size: "phone", state: "songs-mine" });
    expect(await page.locator('[data-testid^="shelf-"]').evaluateAll((shelves) => shelves.map((shelf) => shelf.getAttribute("data-testid")))).toEqual(["shelf-ready", "shelf-almost", "shelf-mine"]);
    expect(await page.locator('[data-testid="song-yonatan"] .only-heard').textContent()).toBe("יונתן הקטן, לה מז׳ור, מי מז׳ור. חסר: לה מז׳ור, מי מז׳ור");
    await close();
  });

  it("take a file, say in place why one is not taken, and nothing when none was chosen", async () => {
    const taken = await open("songs", { size: "phone", state: "songs" });
    await taken.page.click('[data-testid="import-song"]');
    await taken.page.waitForSelector('[data-testid="added"]');
    expect(await taken.page.locator('[data-testid="shelf-mine"] [data-testid="song-file-river"]').count()).toBe(1);
    await taken.close();

    const refused = await open("songs", { size: "phone", state: "songs-refused" });
    await refused.page.click('[data-testid="import-song"]');
    await refused.page.waitForSelector('[data-testid="failure"]');
    expect(await refused.page.textContent('[data-testid="failure"]')).toContain("שורה");
    expect(await refused.page.locator('[data-testid="shelf-ready"]').count()).toBe(1);
    await settle(refused.page);
    await shoot(refused.page, "songs-refused-phone");
    await sound(refused.page, refused.complaints);
    await refused.close();

    const closed = await open("songs", { size: "phone", state: "songs-closed" });
    await closed.page.click('[data-testid="import-song"]');
    await settle(closed.page);
    expect(await closed.page.locator('[data-testid="failure"], [data-testid="added"]').count()).toBe(0);
    await closed.close();
  });
});

describe("a song of a file", () => {
  it("is removed after a yes, one of the book never", async () => {
    const { page, complaints, close } = await open("songs", { size: "phone", state: "songs-mine" });
    expect(await page.locator('[data-testid^="remove-"]').evaluateAll((all) => all.map((it) => it.getAttribute("data-testid")))).toEqual(["remove-file-river", "remove-file-house"]);
    await page.click('[data-testid="remove-file-house"]');
    expect(await page.locator('[data-testid="remove-song-act"]').isDisabled()).toBe(true);
    await shoot(page, "songs-remove-phone");
    await page.check('[data-testid="remove-song-sure"]');
    await page.click('[data-testid="remove-song-act"]');
    await page.waitForSelector('[data-testid="added"]');
    expect(await page.textContent('[data-testid="added"]')).toBe("השיר ״\u2068House of the Rising Sun\u2069״ הוסר.");
    await page.waitForSelector('[data-testid="song-file-house"]', { state: "detached" });
    expect(await page.locator('[data-testid="song-file-river"]').count()).toBe(1);
    await settle(page);
    await sound(page, complaints);
    await close();
  });
});

describe("what is looked for first", () => {
  it.each(["laptop", "low", "landscape"] as const)("the path's one button stands in the window: %s", async (size) => {
    for (const state of ["path", "path-first", "path-bored"]) {
      const { page, close } = await open("path", { size, state });
      const [go] = await places(page, '[data-testid="go"]');
      expect(go?.bottom).toBeLessThanOrEqual(await page.evaluate(() => window.innerHeight));
      await close();
    }
  });

  it("the progress of a phone needs no scrolling", async () => {
    const { page, close } = await open("progress", { size: "phone", state: "progress" });
    expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0);
    await close();
  });
});

describe("the song sheet", () => {
  it.each([...SIZES, "short", "landscape", "tablet"] as const)("puts each chord over its syllable and none over another: %s", async (size) => {
    for (const [id, state] of [["hine-ma-tov", "song"], ["derech", "song"], ["file-house", "songs-mine"]] as const) {
      const { page, close } = await openSong({ size, state }, id, false);
      const chords = await places(page, '[data-testid="chord"]');
      for (const [at, one] of chords.entries()) {
        for (const other of chords.slice(at + 1)) {
          const apart = one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
          expect(apart, `${id}: ${one.text} ${other.text}`).toBe(true);
        }
      }
      const over = await page.locator(".piece:has(.above)").evaluateAll((pieces) =>
        pieces.map((piece) => {
          const rtl = getComputedStyle(piece).direction === "rtl";
          const [chord, text] = [piece.querySelector(".above")?.getBoundingClientRect(), piece.querySelector(".text")?.getBoundingClientRect()];
          return chord && text ? Math.abs(rtl ? chord.right - text.right : chord.left - text.left) : 99;
        }),
      );
      expect(Math.max(...over)).toBeLessThan(3);
      expect(await sideways(page)).toBe(0);
      await close();
    }
  });

  it("reads from right to left in Hebrew, from left to right in English, beats always to the right", async () => {
    const { page, close } = await openSong({ size: "laptop", state: "song" });
    const [em, am] = await places(page, '[data-testid="line"]:first-child [data-testid="chord"]');
    expect([em?.text, am?.text]).toEqual(["Em", "Am"]);
    expect(em?.left).toBeGreaterThan(am?.right ?? Infinity);
    const beats = await page.locator('[data-testid="beats"] span').evaluateAll((all) => all.map((beat) => [beat.classList.contains("filled"), beat.getBoundingClientRect().left] as const));
    expect(beats.map(([filled]) => filled)).toEqual([true, true, true, false]);
    expect(beats.map(([, left]) => left)).toEqual(beats.map(([, left]) => left).sort((one, other) => one - other));
    await close();
    const english = await openSong({ size: "laptop", state: "songs-mine" }, "file-house", false);
    const [first, second] = await places(english.page, '[data-testid="line"]:first-child [data-testid="chord"]');
    expect(first?.left).toBeLessThan(second?.left ?? 0);
    await english.close();
  });

  it("says of a line its words, then each chord and its word", async () => {
    const { page, close } = await openSong({ size: "phone", state: "song" });
    expect(await page.locator('[data-testid="line"] .only-heard').nth(1).textContent()).toBe("שבת אחים גם יחד. מי מינור, על המילה שבת. לה מינור, על המילה גם. מי מינור, על המילה יחד");
    expect(await page.locator("[aria-live]").count()).toBe(1);
    await close();
  });

  it("opens no microphone before one begins, and none after «די»", async () => {
    const { page, close } = await openSong({ size: "phone", state: "song" }, "hine-ma-tov", false);
    expect(await page.locator('[data-testid="microphone-light"]').count()).toBe(0);
    await page.click('[data-testid="do-start"]');
    await page.waitForSelector('[data-testid="microphone-light"][data-state="open"]');
    await page.click('[data-testid="do-stop"]');
    await page.waitForSelector('[data-testid="microphone-light"]', { state: "detached" });
    await close();
  });

  it("does not scroll by itself while it is read", async () => {
    const { page, close } = await openSong({ size: "phone", state: "song" }, "derech", false);
    await page.waitForTimeout(1200);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await close();
  });

  it("comes along with the player, the current line always in sight", async () => {
    const { page, close } = await openSong({ size: "landscape", state: "song-playing" });
    await page.waitForSelector('[data-place="0.1"][data-at="current"]', { timeout: 20_000 });
    await settle(page);
    const [line] = await places(page, '[data-at="current"]');
    expect(line?.top).toBeGreaterThanOrEqual(0);
    expect(line?.bottom).toBeLessThanOrEqual(390);
    await close();
  });

  it.each([{ size: "phone", textScale: 2 }, { size: "short" }, { size: "laptop", textScale: 2 }] as const)("keeps the current line clear of the controls: %o", async (look) => {
    const { page, close } = await openSong({ ...look, state: "song-said" });
    await settle(page);
    const [line] = await places(page, '[data-at="current"]');
    const [controls] = await places(page, '[data-testid="do-slower"]');
    expect(line?.bottom).toBeLessThanOrEqual(controls?.top ?? 0);
    expect(line?.top).toBeGreaterThanOrEqual(-1);
    await close();
  });

  it("offers the easier way and goes back to what is written", async () => {
    const { page, close } = await openSong({ size: "laptop", state: "song" }, "derech", false);
    await page.click('[data-testid="easier"]');
    await page.waitForSelector('[data-testid="capo"]');
    expect(await page.textContent('[data-testid="capo"]')).toBe("קאפו בסריג שתיים");
    expect(await page.locator('[data-testid="chord"]').first().textContent()).toBe("Am");
    await page.click('[data-testid="original"]');
    await page.waitForSelector('[data-testid="easier"]');
    await close();
  });

  it("goes by keyboard alone", async () => {
    const { page, close } = await open("songs", { size: "laptop", state: "song-ready" });
    await page.focus('[data-testid="song-hine-ma-tov"]');
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-testid="line"]');
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("leave");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("do-start");
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-testid="now-card"]');
    await page.keyboard.press("Escape");
    await page.waitForSelector('main[data-testid="songs"]');
    await settle(page);
    expect(await focused(page)).toBe("song-hine-ma-tov");
    await close();
  });
});

describe("progress", () => {
  it("says of each string now and a week ago, and draws time from left to right", async () => {
    const { page, close } = await open("progress", { size: "phone", state: "progress" });
    expect(await page.locator('[data-testid="share-3"] .only-heard').textContent()).toBe("מיתר שלוש: השבוע שש מעשר, לפני שבוע שתיים");
    const [now] = await places(page, '[data-testid="share-3"] .now');
    const [before] = await places(page, '[data-testid="share-3"] .before');
    expect(now?.left).toBeGreaterThan(before?.right ?? Infinity);
    const dates = await places(page, '[data-testid="changes-card"] .date');
    expect(dates.map(({ text }) => text)).toEqual(["12.11", "23.11"]);
    expect(dates[1]?.left).toBeGreaterThan(dates[0]?.right ?? Infinity);
    await close();
  });

  it("worse is one thing to do, damaged the day of the good copy", async () => {
    const worse = await open("progress", { size: "phone", state: "progress-worse" });
    expect(await worse.page.textContent(".kicker")).toBe("מה ירד");
    expect(await worse.page.locator('[data-testid="go"]').count()).toBe(1);
    await worse.close();
    const damaged = await open("progress", { size: "phone", state: "progress-damaged" });
    expect(await damaged.page.textContent('[data-testid="notice"]')).toContain("21.11.2026");
    await damaged.close();
  });
});

describe.each<Look>([
  { size: "phone", state: "", textScale: 2 },
  { size: "laptop", state: "", textScale: 2 },
  { size: "short", state: "" },
  { size: "landscape", state: "" },
  { size: "tablet", state: "" },
  { size: "phone", state: "", dark: true },
  { size: "laptop", state: "", dark: true, lefty: true },
  { size: "laptop", state: "", still: true },
])("$size at $textScale, dark $dark, lefty $lefty, still $still", (look) => {
  const name = `${look.size}${look.textScale ? "-large" : ""}${look.dark ? "-dark" : ""}${look.lefty ? "-lefty" : ""}${look.still ? "-still" : ""}`;

  it.each(NEAR.map(([screen]) => screen))("%s is whole", async (screen) => {
    const { page, complaints, close } = await open(screen, { ...look, state: screen });
    await shoot(page, `${screen}-${name}`);
    await sound(page, complaints);
    await close();
  });

  it.each(["song", "song-said"])("%s is whole", async (state) => {
    const { page, complaints, close } = await openSong({ ...look, state });
    await shoot(page, `${state}-${name}`);
    await sound(page, complaints);
    await close();
  });
});
