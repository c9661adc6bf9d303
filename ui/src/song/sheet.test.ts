import { describe, expect, it } from "vitest";
import type { LineView, SongView } from "../backend";
import { boxAt, chordAt, firstPlace, lineLabel, nextChord, spokenIn, strumLabel, wordsOf } from "./sheet";

const line = (...parts: [string | null, string][]): LineView => ({ parts: parts.map(([chord, text]) => ({ chord, id: chord === null ? null : `id-${chord}`, text })) });
const shown = (of: LineView): string[] => wordsOf(of).map((word) => word.map(({ chord, text }) => (chord === null ? text : `[${chord}]${text}`)).join("|"));

describe("the words of a line", () => {
  it("carry a chord above their first letter", () => {
    expect(shown(line(["Em", "הנה מה טוב "], ["D", "ומה נעים"]))).toEqual(["[Em]הנה", "מה", "טוב", "[D]ומה", "נעים"]);
  });

  it("stay whole where a chord stands above a later syllable", () => {
    expect(shown(line(["G", "שבת א"], ["D", "חים גם "], ["Em", "יחד"]))).toEqual(["[G]שבת", "א|[D]חים", "גם", "[Em]יחד"]);
  });

  it("may begin before the first chord, and chords may stand alone", () => {
    expect(shown(line([null, "לא "], ["Am", "עוד"], ["E", ""]))).toEqual(["לא", "[Am]עוד", "[E]"]);
    expect(shown(line(["C", " אור"], [null, ""]))).toEqual(["[C]אור"]);
  });

  it("know where a chord is wider than its syllable", () => {
    const tight = (of: LineView): boolean[] => wordsOf(of).flatMap((word) => word.filter(({ chord }) => chord !== null).map((piece) => piece.tight));
    expect(tight(line(["Em", "שבת אחים "], ["Am", "גם "], ["Em", "יחד"]))).toEqual([false, true, true]);
    expect(tight(line(["F#m7b5", "אחים "], ["Em", "יחדיו"]))).toEqual([true, false]);
    expect(tight(line(["Am", "א"], ["Em", "ביחד"]))).toEqual([true, false]);
  });
});

describe("now and next", () => {
  const lines = [line([null, "לא "], ["Em", "הנה "], ["Em", "מה "], ["D", "טוב"]), line([null, "אין "])];
  const song = {
    sections: [{ kind: "verse", label: null, lines }, { kind: "chorus", label: null, lines: [line([null, "כאן "], ["G", "יש"])] }],
    boxes: [{ chord: "id-G", name: "G", hebrewSpoken: "סול מז׳ור" }],
  } as unknown as SongView;

  it("is read from the sheet, over the end of a line and of a section", () => {
    expect(firstPlace(song)).toEqual({ section: 0, line: 0, part: 1 });
    expect(chordAt(song, { section: 0, line: 0, part: 3 })).toBe("D");
    expect(nextChord(song, { section: 0, line: 0, part: 1 })).toBe("D");
    expect(nextChord(song, { section: 0, line: 0, part: 3 })).toBe("G");
    expect(nextChord(song, { section: 1, line: 0, part: 1 })).toBeNull();
  });

  it("finds its box and its Hebrew name by how the chord sounds", () => {
    expect(boxAt(song, { section: 1, line: 0, part: 1 })?.name).toBe("G");
    expect(boxAt(song, { section: 0, line: 0, part: 1 })).toBeNull();
    expect([spokenIn(song, "G"), spokenIn(song, "D")]).toEqual(["סול מז׳ור", "D"]);
  });
});

describe("labels", () => {
  it("say the words, then each chord and its word", () => {
    const spoken: Record<string, string> = { G: "סול מז׳ור", D: "רה מז׳ור", Em: "מי מינור" };
    expect(lineLabel(line(["G", "שבת א"], ["D", "חים, גם "], ["Em", "יחד"]), (chord) => spoken[chord] ?? chord)).toBe(
      "שבת אחים, גם יחד. סול מז׳ור, על המילה שבת. רה מז׳ור, על המילה אחים. מי מינור, על המילה יחד",
    );
  });

  it("name the strokes", () => {
    expect(strumLabel("D-DU-UDU")).toBe("תבנית הפריטה: למטה, למטה, למעלה, למעלה, למטה, למעלה");
  });
});
