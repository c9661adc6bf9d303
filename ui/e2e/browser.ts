/**
 * A real Chromium on the served interface: opens screens in a given size, theme and state, watches for
 * errors and for requests that leave the machine, runs axe, writes pictures. Judges nothing itself.
 */
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { inject } from "vitest";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
/** Where pictures go; none are made without it. */
const SHOTS = process.env["SHOTS"];
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const SIZES = {
  phone: { width: 390, height: 844 },
  short: { width: 360, height: 740 },
  landscape: { width: 844, height: 390 },
  tablet: { width: 800, height: 1100 },
  laptop: { width: 1280, height: 800 },
};
export type Size = keyof typeof SIZES;
/** Sizes that only some screens are looked at in. */
const MORE_SIZES = { tiny: { width: 360, height: 640 }, low: { width: 1024, height: 600 } };
export type AnySize = Size | keyof typeof MORE_SIZES;
export type Look = { size: AnySize; state: string; dark?: boolean; lefty?: boolean; still?: boolean; textScale?: number; /** The sound was never checked. */ fresh?: boolean; /** Where the test begins; the free choice of a chord if nothing is said. */ at?: Start };
/** What the app opens with, or, for `choose`, one press after it. */
export type Start = "choose" | "today" | "onboarding";
export type Visit = { page: Page; complaints: string[]; close: () => Promise<void> };

export async function launch(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error(`no Chromium at ${CHROMIUM}; install it or name it in CHROMIUM`);
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
}

/** One context for each kind of device: the second page finds programme and typefaces in its cache. A test sets nothing of a context (its clock, its routes): that would be the next page's as well. */
const contexts = new WeakMap<Browser, Map<string, Promise<BrowserContext>>>();

function contextOf(browser: Browser, { size, dark, still }: Look): Promise<BrowserContext> {
  const own = contexts.get(browser) ?? new Map<string, Promise<BrowserContext>>();
  contexts.set(browser, own);
  const kind = `${size} ${dark ?? false} ${still ?? false}`;
  const context =
    own.get(kind) ??
    browser.newContext({
      viewport: { ...SIZES, ...MORE_SIZES }[size],
      deviceScaleFactor: size === "laptop" ? 1.5 : 2,
      hasTouch: size !== "laptop" && size !== "low",
      colorScheme: dark ? "dark" : "light",
      reducedMotion: still ? "reduce" : "no-preference",
      // Lets axe in; the policy of the page itself is checked by a test of its own.
      bypassCSP: true,
    });
  own.set(kind, context);
  return context;
}

/** Opens the app as it is opened for the first time on a device, and goes to where the test begins. Complaints gather console errors, page errors and requests to other origins. */
export async function visit(browser: Browser, look: Look): Promise<Visit> {
  const origin = inject("origin");
  const page = await (await contextOf(browser, look)).newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) complaints.push(`left the machine: ${request.url()}`);
  });
  await page.addInitScript(
    ([lefty, fresh]) => {
      // A page before this one may have left something.
      if (sessionStorage.getItem("begun") === null) localStorage.clear();
      sessionStorage.setItem("begun", "yes");
      localStorage.setItem("prita.known", "yes");
      localStorage.setItem("prita.lefty", lefty ? "yes" : "no");
      if (!fresh) localStorage.setItem("prita.checked", "yes");
    },
    [look.lefty ?? false, look.fresh ?? false],
  );
  await page.goto(`${origin}?state=${look.state}`);
  if (look.textScale !== undefined) await page.addStyleTag({ content: `html { font-size: ${look.textScale * 100}% }` });
  await page.waitForSelector(`[data-testid="${look.at === "onboarding" ? "onboarding" : "today"}"]`);
  if ((look.at ?? "choose") === "choose") await toChords(page);
  await settle(page);
  return { page, complaints, close: () => page.close() };
}

/** From today to the free choice of a chord, the way a student goes. */
export async function toChords(page: Page): Promise<void> {
  await page.click('[data-testid="open-choose"]');
  await page.waitForSelector('[data-testid="chord-E:min"]');
}

/** From the chords into practice, the way a student goes: by pressing one. */
export async function practise(page: Page, chord = "E:min"): Promise<void> {
  await page.click(`[data-testid="chord-${chord}"]`);
  await page.waitForSelector('[data-testid="practice"]');
  await settle(page);
}

/** Until fonts are in and nothing is fading, sliding or scrolling any more. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((done) => setTimeout(done, 80));
    // A smooth scroll, and what follows from a new size, are no animations.
    const layout = (): string => `${window.scrollX} ${window.scrollY} ${document.documentElement.scrollHeight}`;
    for (let before = "", rest = 0, frame = 0; rest < 3; frame += 1) {
      if (frame > 600) throw new Error(`the page does not come to rest: ${before}`);
      await new Promise((done) => requestAnimationFrame(done));
      // One that is cancelled is over, too.
      await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
      const now = layout();
      rest = now === before ? rest + 1 : 0;
      before = now;
    }
  });
}

/** From now on the page itself notes an attribute of what `selector` finds: what lasts a moment is not raced. */
export async function watch(page: Page, selector: string, attribute: string): Promise<() => Promise<string[]>> {
  await page.evaluate(
    ([selector, attribute]) => {
      const seen = new Set<string>();
      Object.assign(window, { seen });
      const look = (): void => {
        const value = document.querySelector(selector)?.getAttribute(attribute);
        if (value) seen.add(value);
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    },
    [selector, attribute] as const,
  );
  return () => page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
}

/** Ids of the accessibility rules that are broken, each with the first places. */
export async function broken(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: AXE });
  // What is in order is not asked for: finding the words for it takes most of the time.
  const results = await page.evaluate(() => (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({ resultTypes: ["violations"] }));
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

export async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

/** Sentences and buttons that do not show all their words. */
export function clipped(page: Page): Promise<string[]> {
  return page.locator('[data-testid="diagnosis"], [data-testid="tip"], [data-testid="basis"], .hebrew, .offers button, .title, .row button').evaluateAll((elements) =>
    elements
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return element.scrollWidth > element.clientWidth + 1 || box.left < 0 || box.right > window.innerWidth;
      })
      .map((element) => element.textContent ?? ""),
  );
}

/** Sideways scrolling, in pixels; 0 on every screen. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}
