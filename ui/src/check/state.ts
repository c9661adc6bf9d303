/**
 * The check of the sound as the screen knows it, and what the screen says and offers in each state. Pure;
 * what is wrong with the sound is decided behind the backend.
 */
import type { AppError, CheckUpdate, StatusView, TroubleView } from "../backend";
import { he } from "../i18n/he";
import { twoSentences, type Sentences } from "../i18n/labels";
import { hearingOf } from "../lesson/state";
import type { Light } from "../practice/view";

export type Stage = Extract<CheckUpdate, { kind: "stage" }>["stage"];
export type Check = {
  status: StatusView;
  level: number;
  peak: number;
  floor: number;
  /** Loudest so far while the strings were asked for: what the guitar reached. */
  reached: number;
  stage: Stage | null;
  words: Sentences;
  trouble: TroubleView | null;
};
export type Offer = "skip" | "go" | "again" | "chooseMicrophone" | "settings";
export type Scene = { check: Check; failure: AppError | null; denied: boolean };

export function beginning(): Check {
  return {
    status: "connecting",
    level: 0,
    peak: 0,
    floor: 0,
    reached: 0,
    stage: null,
    words: { diagnosis: he.check.connecting, tip: "" },
    trouble: null,
  };
}

export function fold(check: Check, update: CheckUpdate): Check {
  switch (update.kind) {
    case "status":
      return { ...check, status: update.status };
    case "level": {
      const level = update.level ?? 0;
      const reached = check.stage === "play" ? Math.max(check.reached, level) : check.reached;
      return { ...check, level, peak: update.peak ?? 0, floor: update.floor ?? 0, reached };
    }
    case "stage": {
      const { stage, diagnosis, tip } = update;
      return { ...check, stage, words: { diagnosis, tip }, trouble: stage === "room" ? null : check.trouble };
    }
    case "trouble":
      return { ...check, trouble: update.trouble };
    default:
      return check;
  }
}

export function sayingOf({ check, failure, denied }: Scene): Sentences & { note: string } {
  if (denied) return { ...he.trouble.denied, note: he.practice.nothingLost };
  if (failure) return { ...twoSentences(failure.message), note: "" };
  const { trouble, words } = check;
  if (trouble) return { diagnosis: trouble.diagnosis, tip: trouble.tip, note: "" };
  return { ...words, note: "" };
}

/** The word under the six strings. */
export function groupWordOf({ check, failure, denied }: Scene): string {
  const hearing = hearingOf(check.trouble);
  if (denied || failure || hearing === "none") return he.practice.notHearing;
  if (hearing === "poor") return he.stateWord("unsure", 6);
  if (check.stage === "done") return he.check.heard;
  if (check.status === "connecting") return he.practice.connecting;
  return check.stage === "room" ? he.check.quiet : he.practice.listening;
}

export function lightOf({ check, failure, denied }: Scene): Light {
  const code = check.trouble?.code;
  if (denied || code === "microphone_missing" || code === "microphone_lost") return "none";
  if (failure) return "off";
  if (code === "too_noisy") return "noisy";
  if (code !== undefined) return "weak";
  return check.status === "connecting" ? "connecting" : "open";
}

/** The buttons: first what solves, second the way on without it. */
export function offersOf({ check, failure, denied }: Scene): { offers: Offer[]; solving: boolean } {
  if (denied) return { offers: ["settings", "skip"], solving: true };
  if (failure) return { offers: ["again", "skip"], solving: true };
  switch (check.trouble?.code) {
    case undefined:
      return check.stage === "done" ? { offers: ["go"], solving: true } : { offers: ["skip"], solving: false };
    case "microphone_missing":
    case "microphone_lost":
    case "narrow_band":
      return { offers: ["chooseMicrophone", "skip", "again"], solving: true };
    default:
      return { offers: ["again", "skip", "chooseMicrophone"], solving: true };
  }
}
