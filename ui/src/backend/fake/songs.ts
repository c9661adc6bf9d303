/** The scripted songs: the list, sheets, and files that are and are not taken. */
import { BackendError, type LineView, type SectionView, type SongCard, type SongView } from "../types";
import { named } from "./chords";
import { longSong, longSongs } from "./long";

type Row = { id: string; title: string; chords: string; own?: boolean; words?: string; tune?: string };

const ROWS: Row[] = [
  { id: "boker-ehad", title: "בוקר אחד", chords: "Em", words: "פריטה", tune: "פריטה" },
  { id: "gesher", title: "גשר קטן", chords: "Em Am", words: "פריטה", tune: "פריטה" },
  { id: "yonatan", title: "יונתן הקטן", chords: "A E", words: "ישראל דושמן", tune: "עממי, גרמניה" },
  { id: "nadneda", title: "נד נד", chords: "A D E", words: "חיים נחמן ביאליק", tune: "עממי" },
  { id: "hine-ma-tov", title: "הנה מה טוב", chords: "Em Am", words: "תהילים קל״ג", tune: "עממי" },
  { id: "maoz-tsur", title: "מעוז צור", chords: "G C D Em", words: "מרדכי, המאה השלוש עשרה", tune: "עממי, אשכנז" },
  { id: "hatikva", title: "התקווה", chords: "Em Am G D B7", words: "נפתלי הרץ אימבר", tune: "שמואל כהן, על פי לחן עממי" },
  { id: "derech", title: "דרך ארוכה", chords: "Bm G D A F#m", words: "פריטה", tune: "פריטה" },
];
const MINE: Row = { id: "file-river", title: "שיר על נהר", chords: "Em G", own: false };
const ENGLISH: Row = { id: "file-house", title: "House of the Rising Sun", chords: "Am C D F E", own: false };

const KNOWN: Record<string, string[]> = { "songs-none": ["A"], "songs-first": [], songs: ["Em", "Am"] };

export function songsScene(state: string, imported: boolean): SongCard[] {
  if (state === "songs-empty") return [];
  if (state === "long") return longSongs();
  if (state === "songs-error") throw new BackendError({ code: "progress_busy", message: "ההתקדמות פתוחה עכשיו בחלון אחר. סוגרים אותו, ומנסים שוב." });
  const known = KNOWN[state] ?? ["Em", "Am"];
  return [...ROWS, ...(imported || state === "songs-mine" ? [MINE, ENGLISH] : [])].map((row) => card(row, known));
}

export function importScene(state: string): SongView {
  if (state === "songs-closed") throw new BackendError({ code: "nothing_chosen", message: "" });
  if (state === "songs-refused") {
    throw new BackendError({ code: "song_malformed", message: "שורה \u206612\u2069: \u2066[Hm\u2069 לא מוכר כאקורד. כותבים למשל \u2066[Am]\u2069." });
  }
  return view(card(MINE, ["Em", "Am"]), [section("verse", "[Em]נהר [G]זורם")], false);
}

const HINE = [
  section("verse", "[Em]הנה מה טוב [Am]ומה נעים", "[Em]שבת אחים [Am]גם [Em]יחד", "[Em]הנה מה טוב [Am]ומה נעים", "[Em]שבת אחים [Am]גם [Em]יחד"),
  section("chorus", "[Em]הנה מה [Am]טוב", "[Em]שבת אח[Am]ים גם [Em]יחד"),
];
const LONG = [
  section("verse", "[Bm]הדרך ארוכה [G]והיא מתפתלת בין [D]ההרים הגבוהים [A]עד הים", "[F#m]לא [Bm]רחוק [G]מכאן, [D]א[A]נחנו", "[Bm]באים"),
  section("bridge", "[G] [A] [Bm]"),
];
const HOUSE = [section("verse", "There [Am]is a [C]house in [D]New Or[F]leans", "They [Am]call the [C]Rising [E]Sun")];

export function songScene(state: string, id: string, easy: boolean): SongView {
  if (state === "song-error") throw new BackendError({ code: "unexpected", message: "השיר לא נמצא. חוזרים לרשימה, ומנסים שוב." });
  if (state === "long") return longSong();
  const row = [...ROWS, MINE, ENGLISH].find((one) => one.id === id) ?? ROWS[0];
  if (!row) throw new BackendError({ code: "unexpected", message: "" });
  const sheet = card(row, ["Em", "Am"]);
  if (id === "file-house") return view(sheet, HOUSE, false);
  if (id !== "derech") return view(sheet, HINE, false);
  if (!easy) return { ...view(sheet, LONG, false), easier: { capo: 2, chords: ["Am", "F", "C", "G", "Em"] } };
  return { ...view({ ...sheet, chords: ["Am", "F", "C", "G", "Em"] }, LONG.map(lowered), true), capo: 2 };
}

function view(sheet: SongCard, sections: SectionView[], easy: boolean): SongView {
  return {
    card: sheet,
    beats: 4,
    time: "4/4",
    tempo: 60,
    capo: 0,
    strum: sheet.id === "derech" ? "D-DU-UDU" : "D-D-D-D-",
    source: sheet.own ? `מילים: ${sheet.words ?? ""}. לחן: ${sheet.tune ?? ""}. האקורדים שלנו` : null,
    sections,
    boxes: sheet.chords.map(named),
    easier: null,
    easy,
  };
}

function card({ id, title, chords, own = true, words = undefined, tune = undefined }: Row, known: string[]): SongCard {
  const names = chords.split(" ");
  const missing = names.filter((name) => !known.includes(name));
  return { id, title, own, playable: missing.length === 0, chords: names, missing, words: words ?? null, tune: tune ?? null };
}

function section(kind: SectionView["kind"], ...lines: string[]): SectionView {
  return { kind, label: null, lines: lines.map(line) };
}

/** `[Em]הנה [Am]טוב` */
function line(text: string): LineView {
  const parts = text.split(/(?=\[)/).map((part) => {
    const [, chord, words] = /^\[([^\]]*)\](.*)$/.exec(part) ?? [null, null, part];
    return { chord: chord ?? null, id: chord ? named(chord).chord : null, text: words ?? "" };
  });
  return { parts };
}

// Two frets lower, under a capo on the second.
function lowered(of: SectionView): SectionView {
  const lower: Record<string, string> = { Bm: "Am", G: "F", D: "C", A: "G", "F#m": "Em" };
  const part = (one: LineView["parts"][number]) => {
    const chord = one.chord === null ? null : (lower[one.chord] ?? one.chord);
    return { ...one, chord, id: chord === null ? null : named(chord).chord };
  };
  return { ...of, lines: of.lines.map(({ parts }) => ({ parts: parts.map(part) })) };
}
