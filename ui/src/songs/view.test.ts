import { describe, expect, it } from "vitest";
import type { SongCard } from "../backend";
import { creditsOf, labelOf, nearest, nearestSentence, shelves } from "./view";

const song = (id: string, missing: string[] = [], more: Partial<SongCard> = {}): SongCard => ({
  id,
  title: id,
  own: true,
  playable: missing.length === 0,
  chords: ["Em", ...missing],
  missing,
  words: null,
  tune: null,
  ...more,
});

describe("the shelves", () => {
  it("put what can be played first, then what lacks least, own files last", () => {
    const all = [song("far", ["G", "D"]), song("mine", ["G"], { own: false }), song("near", ["G"]), song("mine-ready", [], { own: false }), song("ready")];
    expect(shelves(all).map(({ name, songs }) => [name, songs.map(({ id }) => id)])).toEqual([
      ["ready", ["mine-ready", "ready"]],
      ["almost", ["near", "far"]],
      ["mine", ["mine"]],
    ]);
    expect(nearest(all)).toBeNull();
  });

  it("name the nearest while none can be played", () => {
    const one = nearest([song("far", ["G", "D"]), song("near", ["G"])]);
    expect(one?.id).toBe("near");
    expect(one && nearestSentence(one)).toBe("הכי קרוב: ״\u2068near\u2069״. חסר \u2066G\u2069.");
    expect(nearest([])).toBeNull();
  });
});

describe("a song", () => {
  it("names whose it is", () => {
    expect(creditsOf({ words: "פריטה", tune: "פריטה" })).toBe("מילים ולחן: פריטה");
    expect(creditsOf({ words: "ביאליק", tune: "עממי" })).toBe("מילים: ביאליק · לחן: עממי");
    expect(creditsOf({ words: null, tune: "עממי" })).toBe("לחן: עממי");
    expect(creditsOf({ words: null, tune: null })).toBe("");
  });

  it("says its chords in Hebrew and what is missing", () => {
    const hebrew: Record<string, string> = { Em: "מי מינור", G: "סול מז׳ור" };
    const spokenOf = (name: string): string => hebrew[name] ?? name;
    expect(labelOf(song("x", ["G"], { title: "גשר קטן" }), spokenOf)).toBe("גשר קטן, מי מינור, סול מז׳ור. חסר: סול מז׳ור");
    expect(labelOf(song("x", [], { title: "גשר קטן" }), spokenOf)).toBe("גשר קטן, מי מינור");
  });
});
