/**
 * The scripted tuner and sound check of the browser run: what a backend would send in each state. For
 * development and tests only; no production build carries it.
 */
import { TROUBLES } from "./scenes";
import type { CheckUpdate, GuideView, TunerUpdate, TuningCard } from "./types";

export type TunerStep = { afterMs: number; update: TunerUpdate };
export type CheckStep = { afterMs: number; update: CheckUpdate };

const HEBREW: Record<string, string> = { E: "מי", A: "לה", D: "רה", G: "סול", B: "סי", "F♯": "פה דיאז", "E♭": "מי במול", "A♭": "לה במול", "D♭": "רה במול", "G♭": "סול במול", "B♭": "סי במול" };
const LABELS = ["", "אחת", "שתיים", "שלוש", "ארבע", "חמש", "שש"];

export const STANDARD = tuning("standard", "E A D G B E");
export const TUNINGS: TuningCard[] = [
  STANDARD,
  tuning("drop-d", "D A D G B E"),
  tuning("half-step-down", "E♭ A♭ D♭ G♭ B♭ E♭"),
  tuning("open-g", "D G D G B D"),
  tuning("open-d", "D A D F♯ A D"),
  tuning("dadgad", "D A D G A D"),
  tuning("double-drop-d", "D A D G B D"),
];

const WAITING = guide(null, "waiting", [], "מכוונים מיתר אחרי מיתר.", "פורטים מיתר אחד, לאט.");
const LOW = guide(5, "low", [6], "מיתר חמש נמוך קצת.", "כדאי להדק את המפתח עוד קצת, לאט.");

const SCENES = {
  "tuner-connecting": (): TunerStep[] => [],
  "tuner-waiting": () => now(open(), quiet(), says(WAITING)),
  "tuner-low": () => now(open(), sounding(), pitch(5, -18), says(LOW)),
  "tuner-high": () => now(open(), sounding(), pitch(2, 31), says(guide(2, "high", [6, 5, 4, 3], "מיתר שתיים גבוה.", "כדאי לשחרר אותו, ואז להדק קצת, לאט."))),
  "tuner-far": () => now(open(), sounding(), pitch(1, -240), says(guide(1, "low", [], "מיתר אחת נמוך בהרבה.", "כדאי להדק אותו לאט, סיבוב אחרי סיבוב."))),
  "tuner-in-tune": () => now(open(), sounding(), pitch(5, 1.2), says(guide(5, "in_tune", [6, 5], "מיתר חמש במקום.", "עכשיו מיתר ארבע."))),
  "tuner-unsure": () => now(open(), sounding(), pitch(4, -22, false), says(guide(4, "unsure", [6], "קשה לדעת איזה מיתר נשמע.", "כדאי לפרוט מיתר אחד, לאט."))),
  "tuner-octave": () => now(open(), sounding(), pitch(3, -48), says(guide(3, "octave_low", [], "מיתר שלוש נמוך באוקטבה שלמה.", "כדאי להדק אותו לאט, סיבוב אחרי סיבוב."))),
  "tuner-wrong-peg": () => now(open(), sounding(), pitch(5, 480), says({ ...guide(5, "other_string", [6], "רגע, נשמע מיתר ארבע.", "כדאי לבדוק שזה המפתח של מיתר חמש."), pinned: 5 })),
  "tuner-quiet": () => now(open(), sounding(), pitch(5, -18), says(LOW), { kind: "quiet" }, quiet()),
  "tuner-done": () => now(open(), quiet(), says(guide(null, "done", [6, 5, 4, 3, 2, 1], "כל ששת המיתרים במקום.", "אפשר לנגן."))),
  "tuner-speaking": () => now(open(), sounding(), pitch(5, -18), says(LOW), { kind: "speaking", speaking: true }),
  "tuner-no-mic": () => now({ kind: "trouble", trouble: TROUBLES["missing"] ?? null }),
  "tuner-noisy": () => now(open(), quiet(), says(WAITING), { kind: "trouble", trouble: TROUBLES["noisy"] ?? null }, { kind: "level", level: 0.02, peak: 0.2, floor: 0.06 }),
  "tuner-playing": () => turning(),
};

export type TunerScene = keyof typeof SCENES;
export const TUNER_SCENES = Object.keys(SCENES) as TunerScene[];

export function tunerScene(name: string): TunerStep[] {
  return Object.hasOwn(SCENES, name) ? SCENES[name as TunerScene]() : turning();
}

/** The sound check: the room, then all open strings; `name` picks what comes of it. */
export function checkScene(name: string): CheckStep[] {
  const room: CheckStep[] = [
    { afterMs: 100, update: { kind: "status", status: "listening" } },
    { afterMs: 0, update: stage("room", "מקשיבים קודם לחדר.", "שקט לרגע, בלי לנגן.") },
    { afterMs: 0, update: { kind: "level", level: 0.003, peak: 0.01, floor: 0.003 } },
  ];
  if (name === "check-no-mic") return [{ afterMs: 0, update: { kind: "trouble", trouble: TROUBLES["missing"] ?? null } }];
  if (name === "check-room") return room;
  const play: CheckStep[] = [
    { afterMs: 500, update: stage("play", "עכשיו הגיטרה.", "פורטים פעם אחת את כל המיתרים, פתוחים.") },
  ];
  if (name === "check-play") return [...room, ...play];
  const heard: CheckStep = { afterMs: 500, update: { kind: "level", level: 0.2, peak: 0.5, floor: 0.003 } };
  const trouble = name.startsWith("check-") ? TROUBLES[name.slice("check-".length)] : undefined;
  if (trouble) return [...room, ...play, heard, { afterMs: 0, update: { kind: "trouble", trouble } }];
  return [...room, ...play, heard, { afterMs: 300, update: stage("done", "שומעים את הגיטרה היטב.", "אפשר להתחיל.") }];
}

// The fifth string from 40 cents low up to its place, as one would turn the peg, then all is one line.
function turning(): TunerStep[] {
  const steps: TunerStep[] = [
    { afterMs: 200, update: open() },
    { afterMs: 0, update: says(WAITING) },
    { afterMs: 700, update: pitch(5, -40) },
    { afterMs: 0, update: sounding() },
    { afterMs: 0, update: says({ ...LOW, tuned: [] }) },
  ];
  for (let reading = 0; reading < 40; reading += 1) steps.push({ afterMs: 66, update: pitch(5, -40 + reading) });
  steps.push({ afterMs: 300, update: says(guide(5, "in_tune", [5], "מיתר חמש במקום.", "עכשיו מיתר ארבע.")) });
  steps.push({ afterMs: 1500, update: { kind: "quiet" } });
  steps.push({ afterMs: 0, update: quiet() });
  return steps;
}

function tuning(id: string, names: string): TuningCard {
  const notes = names.split(" ").map((name) => ({ name, hebrew: HEBREW[name] ?? "" }));
  return { id, notes: notes as TuningCard["notes"] };
}

function guide(string: number | null, state: GuideView["state"], tuned: number[], diagnosis: string, tip: string): GuideView {
  return { string, state, tuned, pinned: null, diagnosis, tip };
}

/** What the tuner says once it is held to a string. */
export function pinnedTo(string: number | null): TunerUpdate {
  if (string === null) return says(WAITING);
  return says({ ...guide(string, "waiting", [], `מכוונים את מיתר ${LABELS[string] ?? ""}.`, "פורטים רק אותו, לאט."), pinned: string });
}

function says(view: GuideView): TunerUpdate {
  return { kind: "guide", guide: view };
}

function stage(name: "room" | "play" | "done", diagnosis: string, tip: string): CheckUpdate {
  return { kind: "stage", stage: name, diagnosis, tip };
}

function pitch(string: number, cents: number, sure = true): TunerUpdate {
  return { kind: "pitch", string, cents, sure };
}

function open(): TunerUpdate {
  return { kind: "status", status: "listening" };
}

function quiet(): TunerUpdate {
  return { kind: "level", level: 0.004, peak: 0.01, floor: 0.004 };
}

function sounding(): TunerUpdate {
  return { kind: "level", level: 0.1, peak: 0.3, floor: 0.004 };
}

function now(...updates: TunerUpdate[]): TunerStep[] {
  return updates.map((update) => ({ afterMs: 0, update }));
}
