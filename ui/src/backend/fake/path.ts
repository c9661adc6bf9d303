/** The scripted course: what a backend would send of the path in each state of the screen. */
import { BackendError, type ChapterView, type OrderView, type PathView, type StateOfStep, type StepKindView, type StepView, type TaskView } from "../types";
import { named } from "./chords";

/** id, title, chords it teaches, the song at its end. */
type Row = [string, string, string[], [string, string]];
const KINDS: StepKindView[] = ["place", "strings", "strum", "changes", "song"];

const LONG = ["F#m7b5", "C#m7b5", "G#maj7"];
const SETUP = chapter("setup", "מתכוננים לנגן", []);
const ROWS: Record<string, Row> = {
  em: ["em", title("האקורד הראשון: ", "Em"), ["Em"], ["boker-ehad", "בוקר אחד"]],
  "em-am": ["em-am", title("שני אקורדים: ", "Em", "Am"), ["Am"], ["gesher", "גשר קטן"]],
  "e-a": ["e-a", title("אקורדים גדולים: ", "E", "A"), ["E", "A"], ["yonatan", "יונתן הקטן"]],
  "a-d": ["a-d", title("שני אקורדים גדולים: ", "A", "D"), ["A", "D"], ["shuv", "שוב ושוב"]],
  d: ["d", title("עוד אקורד: ", "D"), ["D"], ["nadneda", "נד נד"]],
  e: ["e", title("עוד אקורד: ", "E"), ["E"], ["nadneda", "נד נד"]],
  g: ["g", title("האקורד ", "G"), ["G"], ["hine-ma-tov", "הנה מה טוב"]],
  c: ["c", title("האקורד ", "C"), ["C"], ["maoz-tsur", "מעוז צור"]],
  dm: ["dm", `${title("האקורד ", "Dm")}, ושש שמיניות`, ["Dm"], ["layla", "לילה על הגדר"]],
  ups: ["ups", "פריטות למעלה", [], ["ken-latsipor", "קן לציפור"]],
  sevenths: ["sevenths", title("אקורדים עם שבע: ", "A7", "E7", "D7", "B7"), ["A7", "E7", "D7", "B7"], ["blues", "בלוז של מיתרים"]],
  "small-f": ["small-f", title("פה קטן: ", "F"), ["F"], ["bayit", "הבית בקצה"]],
  barre: ["barre", "אקורדי בארה", ["F#m", "Bm"], ["derech", "דרך ארוכה"]],
};
const ORDERS: Record<OrderView, string[]> = {
  "em-first": ["em", "em-am", "e-a", "d", "g", "c", "dm", "ups", "sevenths", "small-f", "barre"],
  "a-d-first": ["a-d", "e", "em", "em-am", "g", "c", "dm", "ups", "sevenths", "small-f", "barre"],
};

/** The path of a state; `order` and `moved` are what the student chose on the way. */
export function pathScene(state: string, order: OrderView, moved: string[]): PathView {
  if (state === "path-error") throw new BackendError({ code: "progress_busy", message: "ההתקדמות פתוחה עכשיו בחלון אחר. סוגרים אותו, ומנסים שוב." });
  const passed = state === "path-first" ? 0 : state === "path-done" ? 99 : 2;
  const chapters = ["setup", ...ORDERS[order]].map((id, place) => stand(id, place, passed));
  const now = chapters[passed];
  if (now && passed > 0) chapters[passed] = underway(now, state === "path-bored", moved);
  return { order, chapters: state === "long" ? [...chapters.slice(0, 2), underway({ ...chapter("long", title("אקורדים ארוכים: ", ...LONG), LONG, ["long", "השיר הארוך ביותר שכתבנו (feat. The Rolling Stones), חלק 2"]), state: "current" }, true, []), ...chapters.slice(3)] : chapters, known: [] };
}

function stand(id: string, place: number, passed: number): ChapterView {
  const state: StateOfStep = place < passed ? "done" : place === passed ? "current" : place === passed + 1 ? "open" : "locked";
  const row = ROWS[id];
  const bare = row ? chapter(row[0], row[1], row[2], row[3]) : SETUP;
  const steps = bare.steps.map((step, at) => ({
    ...step,
    state: state === "current" && at > 0 ? ("open" as const) : state,
    reached: state === "done" ? step.atLeast : null,
  }));
  return { ...bare, state, steps };
}

// Three gates passed, changes at 22 of 30, the song to come.
function underway(of: ChapterView, bored: boolean, moved: string[]): ChapterView {
  const reached = [9, 6, 5, 22, null];
  const steps = of.steps.map((step, at): StepView => {
    const left = moved.includes(step.id);
    const current = moved.length > 0 ? at === 4 : at === 3;
    const state: StateOfStep = at < 3 || left ? "done" : current ? "current" : "open";
    return { ...step, state, reached: reached[at] ?? null, movedOn: left, mayMoveOn: bored && at === 3 && !left };
  });
  return { ...of, steps };
}

function chapter(id: string, name: string, chords: string[], song?: [string, string]): ChapterView {
  const kinds: StepKindView[] = song ? (chords.length > 0 ? KINDS : ["pattern", "pattern", "song"]) : ["hold", "tune", "names"];
  return { id, title: name, state: "locked", chords: chords.map(named), steps: kinds.map((kind, at) => step(id, kind, at, chords, song)) };
}

function step(of: string, kind: StepKindView, at: number, chords: string[], song?: [string, string]): StepView {
  const measure = kind === "changes" ? "per_minute" : kind === "strum" || kind === "pattern" ? "in_a_row" : song ? "clean" : "told";
  const atLeast = { told: null, clean: kind === "strings" ? 3 : 1, in_a_row: 5, per_minute: 30 }[measure];
  return {
    id: `${of}.${kind}${kind === "pattern" ? at : ""}`,
    kind,
    title: "",
    state: "locked",
    measure,
    atLeast,
    goal: kind === "changes" ? 60 : null,
    reached: null,
    movedOn: false,
    byLevel: false,
    mayMoveOn: false,
    task: task(kind, chords, kind === "song" ? (song?.[0] ?? null) : null),
    song: kind === "song" ? (song?.[1] ?? null) : null,
  };
}

function task(kind: StepKindView, chords: string[], song: string | null): TaskView {
  const cards = (kind === "pattern" ? ["Em"] : chords).map(named);
  const first = cards[0]?.chord ?? "E:min";
  const item = song !== null ? `song:${song}/1` : kind === "changes" ? `pair:E:min>${first}` : kind === "pattern" ? "pattern:D-DU-UDU" : `chord:${first}`;
  const target = { kind, seconds: 60, bars: null, tempo: null, countIn: null, clean: null, inARow: null, perMinute: null, goal: null, onBeatOne: null };
  return { id: `1-${kind}`, item, title: "", why: "", minutes: 1, target, chords: cards, song, lines: [] };
}

function title(words: string, ...names: string[]): string {
  return words + names.map((name) => `\u2066${name}\u2069`).join(", ");
}
