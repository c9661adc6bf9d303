/** What «why?» rests on in the scripted lessons: six strings that ring down, the one at fault at once. */
import type { ChordCard, EvidenceView, StripView, Update } from "./types";

type Verdict = Extract<Update, { kind: "verdict" }>;

/** Seconds until a string, thick first, has lost 20 dB. */
const RANG = [2.4, 2.1, 1.9, 1.7, 1.5, 1.3];
const CHOKED = 0.08;

/** The evidence behind `verdict` in the scene `asked`; `card` tells which strings others cover. */
export function evidenceOf(asked: string, card: ChordCard | undefined, verdict: Verdict | null): EvidenceView | null {
  if (verdict === null || card === undefined) return null;
  const strips = asked === "unheard" ? [] : verdict.strings.map(({ string, state, asked: sounds }, place) => strip(string, sounds ? state : "not_asked", place));
  const mendable = verdict.strings.filter(({ state, asked: sounds }) => sounds && (state === "dead" || state === "not_played"));
  const seen = asked === "seen" ? [finger("האמצעית", 5, []), finger("הקמיצה", 4, [3])] : null;
  return {
    at: 1,
    strips,
    sound: asked !== "soundless" && asked !== "unheard",
    mendable: mendable.map(({ string }) => string),
    cause: verdict.strings.some(({ string, state }) => string === 3 && state === "dead") ? "הקמיצה" : null,
    seen,
  };
}

function finger(name: string, string: number, touches: number[]): { finger: string; string: number; fret: number; touches: number[] } {
  return { finger: name, string, fret: 2, touches };
}

function strip(string: number, state: string, place: number): StripView {
  if (state === "not_asked") return { string, levels: [], together: true, rang: null, still: false };
  const together = state === "unsure";
  const rang = state === "dead" ? CHOKED : state === "not_played" ? 0 : (RANG[place] ?? 1);
  const levels = together ? [] : Array.from({ length: 100 }, (_, point) => level(point / 100, rang, place));
  return { string, levels, together, rang: together ? null : rang, still: rang > 2.2 };
}

// Twenty decibels down after `rang`, with the beating of a real string.
function level(at: number, rang: number, place: number): number {
  if (rang === 0) return 0;
  const beat = 1 - 0.18 * (1 - Math.cos(at * (19 + 5 * place)));
  return Math.round((88 - 4 * place) * Math.exp((-2.3 * at) / rang) * beat);
}

/** The teacher's words when a string is asked for alone. */
export function askedAlone(string: number, objected: boolean): Update {
  const ordinal = ["", "הראשון", "השני", "השלישי", "הרביעי", "החמישי", "השישי"][string] ?? "";
  const diagnosis = objected ? `בסדר, על המיתר ${ordinal} נבדוק שוב.` : `בודקים יחד את המיתר ${ordinal}.`;
  const tip = objected ? "כדאי לפרוט רק אותו, ונקשיב יחד." : "כדאי לפרוט רק אותו, לאט.";
  return { kind: "feedback", feedback: { diagnosis, tip, basis: "", tipId: objected ? "A40" : "A44", string, cause: false } };
}

/** The verdict with one string taken back. */
export function inDoubt(verdict: Verdict, string: number): Verdict {
  const doubt = (one: Verdict["strings"][number]): Verdict["strings"][number] => (one.string === string ? { ...one, state: "unsure", confidence: 0.5 } : one);
  return { ...verdict, verdict: "unsure", askString: string, strings: verdict.strings.map(doubt) as Verdict["strings"] };
}
