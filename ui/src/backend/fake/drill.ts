/**
 * Scripted drills for the fake backend, told like those of the window: `?state=drill-changes` and the like.
 * It hears nothing.
 */
import type { ChordCard, DrillAsked, DrillView, StringView, Update } from "../bindings";

type Six = Extract<Update, { kind: "verdict" }>["strings"];
type Step = { afterMs: number; update: Update };

export const DRILL_SCENES = ["drill", "drill-ready", "drill-count-in", "drill-playing", "drill-silent", "drill-rejoin", "drill-over"] as const;
export type DrillScene = (typeof DRILL_SCENES)[number];

const BEATS = 4;

/** What a drill of this kind shows in a scene; `drill` plays from the count-in on. */
export function drillScene(asked: DrillAsked, state: string, chords: ChordCard[]): Step[] {
  const view = beginning(asked, chords);
  const listening: Step = { afterMs: 0, update: { kind: "status", status: "listening", source: "מיקרופון" } };
  if (asked.kind === "strings" && state === "drill-playing") return [listening, ...plucked(view)];
  return [listening, ...stills(view, state).map((drill, at) => step(drill, at === 0 ? 0 : beatMs(view)))];
}

// Two strings rang, the third did not yet, and is asked for again; then the first was played instead.
function plucked(view: DrillView): Step[] {
  const frets = view.chord?.frets ?? [];
  const sounding = [6, 5, 4, 3, 2, 1].filter((string) => (frets[6 - string] ?? null) !== null);
  const [one, two, three] = sounding;
  const told = (states: Partial<Record<number, StringView["state"]>>, verdict: "fault" | "unsure"): Step => ({ afterMs: 0, update: { kind: "verdict", verdict, askString: null, strings: six(frets, states) } });
  if (one === undefined || two === undefined || three === undefined) return [step(view, 0)];
  return [
    step(view, 0),
    told({ [one]: "rings" }, "unsure"),
    told({ [one]: "rings", [two]: "rings" }, "unsure"),
    step({ ...view, phase: "playing", string: three }, 0),
    told({ [three]: "dead" }, "fault"),
    step({ ...view, phase: "playing", string: three, tries: 1, other: one }, 0),
  ];
}

function six(frets: (number | null)[], states: Partial<Record<number, StringView["state"]>>): Six {
  const strings = [6, 5, 4, 3, 2, 1].map((string): StringView => {
    const asked = (frets[6 - string] ?? null) !== null;
    return { string, asked, state: asked ? (states[string] ?? "awaited") : "not_played", heard: null, expected: null, confidence: 0.9 };
  });
  return strings as Six;
}

function stills(view: DrillView, state: string): DrillView[] {
  switch (state) {
    case "drill-ready":
      return [view];
    case "drill-count-in":
      return [{ ...view, phase: "countIn", beat: { now: 3, of: BEATS } }];
    case "drill-playing":
      return [playing(view, 3)];
    case "drill-silent":
      return [{ ...playing(view, 2), phase: "silent" }];
    case "drill-rejoin":
      return [{ ...playing(view, 4), phase: "rejoin" }];
    case "drill-over":
      return [over(view)];
    default:
      return whole(view);
  }
}

function whole(view: DrillView): DrillView[] {
  const counted = Array.from({ length: BEATS }, (_, beat): DrillView => ({ ...view, phase: "countIn", beat: { now: beat + 1, of: BEATS } }));
  const played = Array.from({ length: 2 * BEATS }, (_, beat) => playing(view, (beat % BEATS) + 1, Math.floor(beat / BEATS) + 1));
  return [view, ...(view.bpm === null ? [] : counted), ...played, over(view)];
}

function beginning(asked: DrillAsked, chords: ChordCard[]): DrillView {
  const [one, other] = pairOf(asked, chords);
  const beat = ["pattern", "silence", "rejoin", "song"].includes(asked.kind);
  const changes = asked.kind === "changes";
  return {
    drill: asked.kind as DrillView["drill"],
    phase: "ready",
    beat: null,
    bar: null,
    bpm: beat ? (asked.bpm ?? 70) : null,
    chord: one,
    next: changes || asked.kind === "song" ? other : null,
    string: asked.kind === "strings" ? 6 : null,
    other: null,
    place: asked.kind === "song" ? { section: 0, line: 0, part: 0 } : null,
    changes: changes ? 0 : null,
    secondsLeft: changes ? (asked.seconds ?? 60) : null,
    clean: 0,
    tries: 0,
    inARow: 0,
    goal: goalOf(asked.kind),
    outcome: null,
  };
}

function playing(view: DrillView, beat: number, bar = 2): DrillView {
  return {
    ...view,
    phase: "playing",
    beat: view.bpm === null ? null : { now: beat, of: BEATS },
    bar: view.bpm === null ? null : { now: bar, of: 8 },
    place: view.place && { section: 0, line: bar - 1, part: beat > 2 ? 1 : 0 },
    changes: view.changes === null ? null : 14,
    secondsLeft: view.secondsLeft === null ? null : 31,
    clean: 2,
    tries: 3,
    inARow: 2,
    goal: view.goal && { ...view.goal, reached: view.goal.measure === "rate" ? 0 : 2 },
  };
}

function over(view: DrillView): DrillView {
  const goal = view.goal && { ...view.goal, reached: view.goal.wanted, passed: true };
  const outcome =
    view.drill === "strings"
      ? { reached: "כל המיתרים צלצלו זה אחרי זה שלוש פעמים.", next: "אפשר לפרוט על כולם יחד." }
      : view.changes === null
      ? { reached: "ארבע תיבות נקיות ברצף.", next: "התבנית כבר בידיים, אפשר להמשיך." }
      : { reached: "היד עברה שלושים ושתיים פעמים בדקה.", next: "אפשר להמשיך לשיר, והיעד הוא שישים." };
  return { ...playing(view, BEATS, 8), phase: "over", string: null, secondsLeft: view.secondsLeft === null ? null : 0, goal, outcome };
}

function goalOf(kind: string): DrillView["goal"] {
  switch (kind) {
    case "changes":
      return { measure: "rate", wanted: 30, reached: 0, passed: false };
    case "place":
      return { measure: "clean", wanted: 1, reached: 0, passed: false };
    case "strings":
      return { measure: "clean", wanted: 3, reached: 0, passed: false };
    case "strum":
      return { measure: "row", wanted: 5, reached: 0, passed: false };
    case "pattern":
      return { measure: "row", wanted: 4, reached: 0, passed: false };
    case "silence":
    case "rejoin":
      return { measure: "beat", wanted: 3, reached: 0, passed: false };
    default:
      return { measure: "clean", wanted: 1, reached: 0, passed: false };
  }
}

function pairOf({ item, chord }: DrillAsked, chords: ChordCard[]): [ChordCard | null, ChordCard | null] {
  const named = item.replace(/^(pair|chord):/, "").split(">");
  const find = (id: string | undefined): ChordCard | null => chords.find((card) => card.chord === id) ?? null;
  return [find(named[0]) ?? find(chord ?? undefined) ?? chords[0] ?? null, find(named[1]) ?? chords[2] ?? null];
}

function beatMs(view: DrillView): number {
  return 60_000 / (view.bpm ?? 60);
}

function step(drill: DrillView, afterMs: number): Step {
  return { afterMs, update: { kind: "drill", drill } };
}
