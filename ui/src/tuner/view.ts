/**
 * What the tuner's screen says and offers in each state: name, sentences, microphone's light, buttons,
 * labels. Pure; the screen only lays it out.
 */
import type { AppError, GuideView, NoteCard, TuningCard } from "../backend";
import { he } from "../i18n/he";
import { twoSentences, type Sentences } from "../i18n/labels";
import type { Light } from "../practice/view";
import type { Tuning } from "./state";

export type Offer = "again" | "other" | "chooseMicrophone" | "retry" | "leave" | "stop" | "settings" | "next";
/** `goesOn`: the programme leads on from here. */
export type Scene = { tuning: Tuning; failure: AppError | null; card: TuningCard | null; denied: boolean; note?: string; goesOn?: boolean };

export function sayingOf({ tuning, failure, denied, note = "" }: Scene): Sentences & { note: string } {
  if (denied) return { ...he.trouble.denied, note: he.tuner.nothingLost };
  if (failure) return { ...twoSentences(failure.message), note: "" };
  const { trouble, guide } = tuning;
  if (trouble) return { diagnosis: trouble.diagnosis, tip: trouble.tip, note: isAway(tuning) ? he.tuner.nothingLost : "" };
  if (guide) return { diagnosis: guide.diagnosis, tip: guide.tip, note };
  return { diagnosis: he.tuner.connecting, tip: "", note: "" };
}

export function lightOf({ tuning, failure, denied }: Scene): Light {
  if (denied || isAway(tuning)) return "none";
  if (failure) return "off";
  switch (tuning.trouble?.code) {
    case "too_noisy":
      return "noisy";
    case undefined:
      return tuning.status === "connecting" ? "connecting" : "open";
    default:
      return "weak";
  }
}

/** The buttons, the one that solves first. */
export function offersOf({ tuning, failure, denied, goesOn = false }: Scene): { offers: Offer[]; solving: boolean } {
  const away: Offer = goesOn ? "next" : "leave";
  if (denied) return { offers: ["settings", away], solving: true };
  if (failure) return { offers: ["retry", "chooseMicrophone", ...on(goesOn)], solving: true };
  if (isAway(tuning)) return { offers: ["chooseMicrophone", away], solving: true };
  if (tuning.trouble) return { offers: ["retry", "chooseMicrophone", ...on(goesOn)], solving: true };
  if (tuning.speaking) return { offers: ["stop", ...on(goesOn)], solving: false };
  if (isTuned(tuning)) return { offers: [away, "other"], solving: true };
  return { offers: ["again", "other", ...on(goesOn)], solving: false };
}

export function isTuned({ guide }: Tuning): boolean {
  return guide?.state === "done";
}

function on(goesOn: boolean): Offer[] {
  return goesOn ? ["next"] : [];
}

/** «להדק» or «לשחרר»: what the ringed peg is turned for. */
export function turnOf(guide: GuideView | null): string {
  switch (guide?.state) {
    case "low":
    case "octave_low":
      return he.tuner.tighten;
    case "high":
    case "octave_high":
      return he.tuner.loosen;
    default:
      return "";
  }
}

/** The string under the hand: its note and its number. */
export function stringOf({ tuning, card }: Scene): { string: number; note: NoteCard } | null {
  const string = tuning.guide?.string ?? null;
  const note = string === null ? undefined : card?.notes[6 - string];
  return string === null || note === undefined ? null : { string, note };
}

/** «מיתר חמש, לה: נמוך» */
export function labelOf(string: number, note: NoteCard, guide: GuideView | null): string {
  const name = `${he.strings.name(string)}, ${note.hebrew}`;
  const tuned = guide?.tuned.includes(string) ?? false;
  const now = guide?.string === string ? he.tuner.states[guide.state] : "";
  const state = now !== "" ? now : tuned ? he.tuner.states.in_tune : he.tuner.notYet;
  const pinned = guide?.pinned === string ? `. ${he.tuner.pinned}` : "";
  return `${name}: ${state}${pinned}`;
}

/** «−18» with a minus sign, whole cents. */
export function centsText(cents: number): string {
  const whole = Math.round(cents);
  return whole < 0 ? `−${-whole}` : whole > 0 ? `+${whole}` : "0";
}

function isAway({ trouble }: Tuning): boolean {
  return trouble?.code === "microphone_missing" || trouble?.code === "microphone_lost";
}
