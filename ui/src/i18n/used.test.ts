/**
 * Words that nothing says: every key of the dictionaries is read somewhere. A key counts as read where a chain
 * of names leads to it; where only something above it is read (by a computed key, or handed on whole), where
 * its own name stands in the code as well.
 */
import { describe, expect, it } from "vitest";

type Source = { path: string; text: string };
const files: Record<string, string> = import.meta.glob(["../**/*.{svelte,ts}", "!../**/*.test.ts", "!../backend/fake/*"], { query: "?raw", import: "default", eager: true });
const all: Source[] = Object.entries(files).map(([path, text]) => ({ path, text: text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "") }));
const outside = all.filter(({ path }) => path.startsWith("../"));

/** Dictionaries by the name they are exported under: `he`, `song` … */
const modules: Record<string, Record<string, unknown>> = import.meta.glob(["./he.ts", "./he/*.ts"], { eager: true });
const dictionaries = Object.values(modules)
  .flatMap((exports) => Object.entries(exports))
  .filter(([, value]) => isBranch(value));

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function leaves(branch: Record<string, unknown>, path: string[] = []): string[][] {
  return Object.entries(branch).flatMap(([key, value]) => (isBranch(value) ? leaves(value, [...path, key]) : [[...path, key]]));
}

/** The chains of names that are read from a dictionary, without its own name: by a file that imports it, or the one it stands in. */
function chains(name: string): string[][] {
  return all.flatMap(({ text }) => {
    const imported = new RegExp(`import[^;]*[{,] ${name}(?: as (\\w+))?[ ,][^;]*i18n|import[^;]*[{,] ${name}[ ,][^;]*"\\./he`).exec(text);
    const own = new RegExp(`export const ${name} = `).test(text);
    if (imported === null && !own) return [];
    const called = imported?.[1] ?? name;
    const found = [
      ...text.matchAll(new RegExp(`(?<![\\w/"-]|(?<!\\.\\.)\\.)${called}((?:\\??\\.\\w+)+)`, "g")),
      // The whole of it: by a computed key, or handed on.
      ...text.matchAll(new RegExp(`(?<![\\w.])${called}()\\[|(?:\\.{3}|=\\{)${called}()\\b(?!\\.)`, "g")),
    ];
    return found.map(([, chain = ""]) => chain.split(/\??\./).slice(1));
  });
}

function isRead(leaf: string[], read: string[][]): boolean {
  if (read.some((chain) => leaf.every((key, place) => chain[place] === key))) return true;
  const above = read.some((chain) => chain.length < leaf.length && chain.every((key, place) => leaf[place] === key));
  const own = leaf.at(-1) ?? "";
  const named = new RegExp(`(?<![\\w-])${own}(?![\\w-])`);
  return above && outside.some(({ text }) => named.test(text));
}

describe("the dictionaries", () => {
  it("are found, and so is what reads them", () => {
    expect(outside.length).toBeGreaterThan(100);
    expect(all.length - outside.length).toBeGreaterThan(10);
    expect(dictionaries.map(([name]) => name)).toEqual(expect.arrayContaining(["he", "path", "settings", "song", "songs", "today", "why"]));
    expect(isRead(["title"], [["title"]])).toBe(true);
    expect(isRead(["of", "nothing_of_the_kind"], [["of"]])).toBe(false);
    expect(isRead(["title"], [["name"]])).toBe(false);
  });

  const parts = dictionaries.flatMap(([, dictionary]) => Object.values(dictionary as Record<string, unknown>));

  it.each(dictionaries.filter(([, dictionary]) => !parts.includes(dictionary)))("have no word that nothing says: %s", (name, dictionary) => {
    const read = chains(name);
    const unread = leaves(dictionary as Record<string, unknown>).filter((leaf) => !isRead(leaf, read)).map((leaf) => [name, ...leaf].join("."));
    expect(unread, unread.join(", ")).toEqual([]);
  });
});
