/**
 * Tuning as the screen knows it: each update from the backend folded into one plain value. Pure; which
 * string it is, whether it is in tune and what is said of it is decided behind the backend.
 */
import type { GuideView, StatusView, TroubleView, TunerUpdate } from "../backend";

/** The reference pitch that a guitar may be tuned to, in Hz. */
export const A4 = { lowest: 430, usual: 440, highest: 446 };

export type Pitch = { string: number; cents: number; sure: boolean };
export type Tuning = {
  status: StatusView;
  level: number;
  peak: number;
  floor: number;
  /** What was measured last of the string that is being tuned. */
  pitch: Pitch | null;
  /** Whether it sounds now. */
  sounding: boolean;
  guide: GuideView | null;
  trouble: TroubleView | null;
  speaking: boolean;
};

export function beginning(): Tuning {
  return {
    status: "connecting",
    level: 0,
    peak: 0,
    floor: 0,
    pitch: null,
    sounding: false,
    guide: null,
    trouble: null,
    speaking: false,
  };
}

export function fold(tuning: Tuning, update: TunerUpdate): Tuning {
  switch (update.kind) {
    case "status":
      return { ...tuning, status: update.status };
    case "level":
      return { ...tuning, level: update.level ?? 0, peak: update.peak ?? 0, floor: update.floor ?? 0 };
    case "pitch":
      return { ...tuning, pitch: { string: update.string, cents: update.cents ?? 0, sure: update.sure }, sounding: true };
    case "quiet":
      return { ...tuning, sounding: false };
    case "guide":
      return { ...tuning, guide: update.guide, pitch: ofString(tuning.pitch, update.guide) };
    case "trouble":
      return withTrouble(tuning, update.trouble);
    case "speaking":
      return { ...tuning, speaking: update.speaking };
    default:
      return tuning;
  }
}

/** What stands on the picture: the target alone, the string on its way, both as one, or a string in doubt. */
export type Line = "none" | "away" | "together" | "doubt";

export function lineOf({ guide, pitch, trouble }: Tuning): Line {
  if (trouble !== null || guide === null || pitch === null) return "none";
  if (guide.state === "waiting" || guide.state === "done" || guide.state === "other_string") return "none";
  if (guide.state === "in_tune") return "together";
  return guide.state === "unsure" || !pitch.sure ? "doubt" : "away";
}

// A line of another string says nothing about this one.
function ofString(pitch: Pitch | null, guide: GuideView): Pitch | null {
  return pitch !== null && pitch.string === guide.string ? pitch : null;
}

function withTrouble(tuning: Tuning, trouble: TroubleView | null): Tuning {
  if (trouble === null || trouble.code === "engine_down") return { ...tuning, trouble: null };
  return { ...tuning, trouble, pitch: null, sounding: false };
}
