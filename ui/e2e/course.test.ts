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
  const visited = await visit(browser, look);
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

/** Nothing broken, nothing cut off, nothing sideways, nothing complained of. */
async function sound(page: Page, complaints: string[]): Promise<void> {
  expect(await broken(page)).toEqual([]);
  expect(await clipped(page)).toEqual([]);
  expect(await sideways(page)).toBe(0);
  expect(complaints).toEqual([]);
}

const NEAR: [Screen, string[]][] = [
  ["path", ["path", "path-first", "path-bored", "path-done", "path-error"]],
  ["songs", ["songs", "songs-first", "songs-empty", "songs-mine", "songs-error"]],
  ["progress", ["progress", "progress-worse", "progress-first", "progress-empty", "progress-damaged", "progress-error"]],
];

describe.each(SIZES)("near, %s", (size) => {
  it.each(NEAR.flatMap(([screen, states]) => states.map((state) => [screen, state] as const)))("%s: %s", async (screen, state) => {
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
