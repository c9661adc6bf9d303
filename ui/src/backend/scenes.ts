/**
 * The scripted lessons of the browser run: what a backend would send in each state of the practice screen.
 * For development and tests only; no production build carries it.
 */
import type { ChordCard, FeedbackView, StringView, TroubleView, Update } from "./types";

export type Step = { afterMs: number; update: Update };
type Six = Extract<Update, { kind: "verdict" }>["strings"];
type Levels = Extract<Update, { kind: "level" }>["strings"];
export type SceneName = keyof typeof SCENES;

const RINGING = [0.85, 0.8, 0.78, 0.72, 0.74, 0.74];

export const TROUBLES: Record<string, TroubleView> = {
  missing: { code: "microphone_missing", diagnosis: "אין מיקרופון מחובר.", tip: "מחברים אחד, ונמשיך מאותו מקום." },
  lost: { code: "microphone_lost", diagnosis: "המיקרופון התנתק.", tip: "מחברים אותו שוב, ונמשיך מאותו מקום." },
  noisy: { code: "too_noisy", diagnosis: "רועש מדי כדי לבדוק מיתרים.", tip: "כדאי לקרב את המיקרופון לגיטרה." },
  clipping: { code: "clipping", diagnosis: "הצליל נכנס חזק מדי ומתעוות.", tip: "כדאי להרחיק קצת את המיקרופון." },
  faint: { code: "too_quiet", diagnosis: "הגיטרה נשמעת חלש.", tip: "כדאי לקרב אליה את המיקרופון." },
  narrow: { code: "narrow_band", diagnosis: "הצליל מגיע חלקי.", tip: "דרך מיקרופון אחר, לא של אוזניות, הוא יישמע מלא." },
  suppressed: { code: "noise_suppression", diagnosis: "נראה שהמכשיר מסנן את הגיטרה כמו רעש.", tip: "כדאי לכבות את סינון הרעשים." },
  speech: { code: "speech_over", diagnosis: "נשמע גם דיבור יחד עם הגיטרה.", tip: "ננסה פעם אחת רק עם הגיטרה." },
  leak: { code: "loudspeaker_leak", diagnosis: "נשמע גם צליל מרמקול.", tip: "כדאי להנמיך אותו, או לעבור לאוזניות." },
  bass: { code: "wrong_instrument", diagnosis: "הצלילים נמוכים מדי לגיטרה.", tip: "השיעור הזה לגיטרה עם שישה מיתרים." },
  silence: { code: "silence", diagnosis: "לא נשמע כלום.", tip: "כדאי לבדוק שהצליל מגיע לכאן, ולנסות שוב." },
  tuning: { code: "other_tuning", diagnosis: "הגיטרה מכוונת לסול פתוח.", tip: "כדי ללמוד \u2066Em\u2069, כדאי לכוון אותה כרגיל." },
  forgotten: { code: "tuning_unknown", diagnosis: "הכיוון שנבחר לגיטרה לא נקרא.", tip: "ממשיכים בכיוון הרגיל, ואפשר לבחור שוב." },
  engine: { code: "engine_down", diagnosis: "שומעים קצת פחות טוב.", tip: "ממשיכים, ואולי נשאל יותר." },
};

/** Every scene starts from an open ear; what follows is all there at once unless it is timed. */
const SCENES = {
  connecting: (): Step[] => [],
  listening: () => now(listening(), quiet()),
  interim: () => now(listening(), { kind: "onset", at: 1 }, sounding(RINGING)),
  finding: (card: ChordCard) => verdictOf(card, 3, "dead", finding("L05", "המיתר השלישי נחנק, כנראה מהקמיצה.", "כדאי לעגל אותה עד שהוא מצלצל.", 3)),
  buzz: (card: ChordCard) => verdictOf(card, 5, "buzz", finding("D02", "המיתר החמישי מזמזם.", "כדאי ללחוץ קצת יותר קרוב לפס, עד שהזמזום נעלם.", 5)),
  wrong: (card: ChordCard) => verdictOf(card, 4, "wrong_pitch", finding("L20", "המיתר הרביעי נשמע פתוח.", "כדאי להניח עליו את הקמיצה בסריג השני.", 4)),
  absent: (card: ChordCard) => verdictOf(card, 1, "not_played", finding("R04", "הפריטה לא הגיעה למיתר הראשון.", "כדאי לסיים את התנועה אחרי המיתר הדק.", 1)),
  unsure: (card: ChordCard) =>
    verdictOf(card, 2, "unsure", {
      ...finding("P08", "קשה לדעת אם המיתר השני צלצל.", "אפשר לפרוט רק אותו, לאט?", 2),
      basis: "לפי הצליל · לא בטוח",
    }),
  clean: (card: ChordCard) => {
    const count = card.frets.filter((fret) => fret !== null).length;
    const all = ["", "", "שני", "שלושת", "ארבעת", "חמשת", "ששת"][count] ?? "";
    return verdictOf(card, null, "rings", { ...finding("OK1", `כל ${all} המיתרים מצלצלים.`, "עוד שלוש פעמים כאלה, וממשיכים הלאה.", null), basis: "לפי הצליל" });
  },
  checked: (card: ChordCard) => [...SCENES.finding(card), { afterMs: 0, update: { kind: "checked", checked: 15, right: 14 } as Update }],
  soundless: (card: ChordCard) => SCENES.finding(card),
  unheard: (card: ChordCard) => SCENES.finding(card),
  seen: (card: ChordCard) => SCENES.finding(card),
  mute: (card: ChordCard) => SCENES.finding(card),
  many: (card: ChordCard) => now(listening(), sounding(RINGING), many(card), feedback(finding("L05", "המיתר השלישי נחנק, כנראה מהקמיצה.", "כדאי לעגל אותה עד שהוא מצלצל.", 3))),
  "no-mic": () => now(trouble("missing")),
  lost: () => now(listening(), trouble("lost")),
  noisy: () => now(listening(), trouble("noisy"), { kind: "level", level: 0.02, peak: 0.2, floor: 0.06, strings: [0, 0, 0, 0, 0, 0] }),
  clipping: () => now(listening(), trouble("clipping")),
  narrow: () => now(listening(), trouble("narrow")),
  suppressed: () => now(listening(), trouble("suppressed")),
  speech: () => now(listening(), trouble("speech")),
  leak: () => now(listening(), trouble("leak")),
  bass: () => now(listening(), trouble("bass")),
  silence: () => now(listening(), trouble("silence")),
  tuning: () => now(listening(), quiet(), trouble("tuning")),
  forgotten: () => now(listening(), quiet(), trouble("forgotten")),
  engine: () => now(listening(), quiet(), trouble("engine")),
  finished: (card: ChordCard) => [...SCENES.finding(card), { afterMs: 0, update: { kind: "status", status: "finished", source: "שיעור לדוגמה" } as Update }],
  speaking: (card: ChordCard) => [...SCENES.finding(card), { afterMs: 0, update: { kind: "speaking", speaking: true } as Update }],
  playing: (card: ChordCard) => played(card),
};

export const SCENE_NAMES = Object.keys(SCENES) as SceneName[];

export function isScene(name: string): name is SceneName {
  return Object.hasOwn(SCENES, name);
}

export function scene(name: SceneName, card: ChordCard): Step[] {
  return SCENES[name](card);
}

// One strum as it would arrive: onset, forty measurements that ring down, the verdict, the sentence.
function played(card: ChordCard): Step[] {
  const steps: Step[] = [
    { afterMs: 300, update: listening() },
    { afterMs: 1200, update: { kind: "onset", at: 1.5 } },
  ];
  for (let frame = 0; frame < 60; frame += 1) {
    const left = Math.exp(-frame / 22);
    steps.push({ afterMs: 50, update: sounding(RINGING.map((level, index) => (index === 3 ? level * left ** 12 : level * left))) });
    if (frame === 16) steps.push(...SCENES.finding(card).filter(({ update }) => update.kind === "verdict" || update.kind === "feedback"));
  }
  steps.push({ afterMs: 50, update: quiet() });
  return steps;
}

function verdictOf(card: ChordCard, string: number | null, state: StringView["state"], said: FeedbackView): Step[] {
  const verdict = state === "rings" ? "right" : state === "unsure" ? "unsure" : "fault";
  const askString = state === "unsure" ? string : null;
  const levels = RINGING.map((level, index) => (6 - index === string ? 0 : level));
  return now(
    listening(),
    { kind: "onset", at: 1 },
    sounding(levels),
    { kind: "verdict", verdict, askString, strings: strings(card, (number) => (number === string ? state : "rings")) },
    feedback(said),
  );
}

function many(card: ChordCard): Update {
  const states: StringView["state"][] = ["not_played", "wrong_pitch", "buzz", "dead", "unsure", "rings"];
  return { kind: "verdict", verdict: "fault", askString: null, strings: strings(card, (number) => states[6 - number] ?? "rings") };
}

function strings(card: ChordCard, stateOf: (string: number) => StringView["state"]): Six {
  const views = card.frets.map((fret, index) => {
    const string = 6 - index;
    const state = fret === null ? "not_played" : stateOf(string);
    const other = state === "wrong_pitch";
    return { string, asked: fret !== null, state, heard: other ? "רה" : null, expected: other ? "מי" : null, confidence: state === "unsure" ? 0.4 : 0.9 };
  });
  return views as Six;
}

function finding(tipId: string, diagnosis: string, tip: string, string: number | null): FeedbackView {
  return { diagnosis, tip, basis: "לפי הצליל · פעמיים מתוך שלוש", tipId, string, cause: tipId === "L05" };
}

function feedback(said: FeedbackView): Update {
  return { kind: "feedback", feedback: said };
}

function trouble(name: string): Update {
  return { kind: "trouble", trouble: TROUBLES[name] ?? null };
}

function listening(): Update {
  return { kind: "status", status: "listening", source: "" };
}

function quiet(): Update {
  return { kind: "level", level: 0.004, peak: 0.01, floor: 0.004, strings: [0, 0, 0, 0, 0, 0] };
}

function sounding(levels: number[]): Update {
  return { kind: "level", level: 0.2, peak: 0.5, floor: 0.004, strings: levels as Levels };
}

function now(...updates: Update[]): Step[] {
  return updates.map((update) => ({ afterMs: 0, update }));
}
