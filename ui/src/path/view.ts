/** What the path's screen shows of the course: which chapter is unfolded, its gates, the words of its button. */
import type { ChapterView, ChordCard, StepView } from "../backend";
import { path as words } from "../i18n/he/path";
import { doingOf as doingOfTask, type Doing } from "../shell/doing";

export type Mark = keyof typeof words.marks;
export type Row = { step: StepView; mark: Mark; word: string; figure: string; now: boolean };
export const ORDERS = ["em-first", "a-d-first"] as const;

/** U+2066 … U+2069, as the teacher isolates Latin names. */
const ISOLATED = /\u2066([^\u2069]*)\u2069/g;

/** The Latin names of a chapter's title; empty where it has none. */
export function namesOf(title: string): string[] {
  return [...title.matchAll(ISOLATED)].map(([, name]) => name ?? "");
}

/** The words of a title without its names: «שני אקורדים»; empty where it is hardly more than its name. */
export function wordsOf(title: string): string {
  const colon = title.indexOf(":");
  if (colon >= 0) return title.slice(0, colon);
  return namesOf(title).length > 0 ? "" : title;
}

/** The title for a screen reader: chord names in Hebrew. */
export function spokenTitle(title: string, chords: ChordCard[]): string {
  return title.replace(ISOLATED, (_, name: string) => chords.find((card) => card.name === name)?.hebrewSpoken ?? name);
}

/** The boxes beside the title: of the chords it names, else of those it teaches. */
export function chartsOf({ title, chords }: ChapterView, all: ChordCard[]): ChordCard[] {
  const named = namesOf(title).flatMap((name) => all.find((card) => card.name === name) ?? []);
  return named.length > 0 ? named : chords;
}

export function rowOf(step: StepView, now: boolean): Row {
  return { step, mark: markOf(step), word: wordOf(step), figure: figureOf(step), now };
}

function markOf({ state, reached, movedOn }: StepView): Mark {
  if (state === "done" && !movedOn) return "done";
  return reached !== null && reached > 0 ? "begun" : "waiting";
}

function wordOf({ kind, atLeast }: StepView): string {
  return kind === "changes" && atLeast !== null ? words.changesGate(atLeast) : words.kinds[kind];
}

function figureOf({ kind, measure, atLeast, reached, song, movedOn, state }: StepView): string {
  if (movedOn) return words.movedOn;
  if (kind === "song" && song !== null) return words.quoted(song);
  if (atLeast === null || reached === null) return "";
  const whole = Math.floor(reached);
  if (measure === "per_minute") return words.perMinute(whole);
  if (state === "done" && measure === "clean" && whole > atLeast) return words.clean(whole);
  const within = Math.min(whole, atLeast);
  return measure === "in_a_row" ? words.inARow(within, atLeast) : words.outOf(within, atLeast);
}

/** The step that the chapter's button leads to: the first that is not done, else its last. */
export function nextOf({ steps }: ChapterView): StepView | null {
  return steps.find(({ state }) => state === "current") ?? steps.find(({ state }) => state !== "done") ?? steps.at(-1) ?? null;
}

/** Whether the student left it behind and can take that back. */
export function mayComeBack({ movedOn, byLevel }: StepView): boolean {
  return movedOn && !byLevel;
}

/** The button's words: on a first day, on the way, and where all has been passed. */
export function buttonOf(step: StepView, begun: boolean): string {
  const what = words.nouns[step.kind];
  if (step.state === "done") return words.again(what);
  return begun ? words.goOn(what) : words.begin(what);
}

/** What one goes off to do: a step, and which of its chapter's steps it is. */
export function doingOf({ id, kind, task }: StepView, chapters: ChapterView[]): Doing {
  const doing: Doing = task === null ? { kind, item: `step:${id}` } : doingOfTask(task);
  const steps = chapters.map((chapter) => chapter.steps).find((all) => all.some((step) => step.id === id));
  return steps ? { ...doing, step: { now: steps.findIndex((step) => step.id === id) + 1, of: steps.length } } : doing;
}
