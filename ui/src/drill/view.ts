/**
 * What a drill adds to the practice screen: the word of its phase, its beats, its gates, what can be pressed.
 * Pure; judges nothing.
 */
import type { DrillView } from "../backend";
import { drill as words } from "../i18n/he/drill";

/** Gates are drawn one by one up to so many; more are a number. */
const DRAWN = 8;

export type DrillOffer = "start" | "slower" | "again" | "next" | "stop";

/** The one word that says what to do now; empty while playing, or what the teacher says, says it all. */
export function wordOf({ phase, bpm }: DrillView): string {
  switch (phase) {
    case "countIn":
      return words.countIn;
    case "silent":
      return words.silent;
    case "rejoin":
      return bpm === null ? "" : words.rejoin;
    default:
      return "";
  }
}

/** The gates as ● ○, the reached ones first; none where they are too many to draw or nothing is counted so. */
export function gatesOf({ goal, phase, inARow }: DrillView): boolean[] {
  if (goal === null || goal.measure === "rate" || goal.wanted > DRAWN) return [];
  // In a row: what runs now, so that a miss is seen; at the end the best.
  const reached = goal.measure === "row" && phase !== "over" ? inARow : goal.reached;
  return Array.from({ length: goal.wanted }, (_, index) => index < reached);
}

export function reachedOf(drill: DrillView): number {
  return gatesOf(drill).filter(Boolean).length;
}

/** Whether it is a lesson on one chord with its gates: the teacher speaks of each strum. */
export function isLesson({ bpm, changes, phase }: DrillView): boolean {
  return bpm === null && changes === null && phase !== "over";
}

/** Whether it is being played to a count: then what is counted is read from afar, and no chord is explained. */
export function isUnderWay(drill: DrillView): boolean {
  return !isLesson(drill) && drill.phase !== "ready" && drill.phase !== "over";
}

/** What can be pressed, the one that leads on first; of a lesson on a chord that is the lesson's own. */
export function offersOf({ phase, bpm }: DrillView): DrillOffer[] {
  switch (phase) {
    case "ready":
      return bpm === null ? ["start", "next"] : ["start", "slower", "next"];
    case "over":
      return ["next", "again"];
    default:
      return bpm === null ? ["again", "next"] : ["slower", "stop"];
  }
}

/** Whether the chord that comes is worth a place: only where the hand is on its way to it. */
export function comingOf({ phase, next, chord }: DrillView): DrillView["next"] {
  return phase === "over" || next?.chord === chord?.chord ? null : next;
}

/** What «הבא» does: a drill that was not begun or is over is left for what comes next; one that runs ends first. `goesOn`: something follows it. */
export function nextOf(drill: DrillView | null, goesOn: boolean): "leave" | "end" {
  if (drill?.phase === "ready" || drill?.phase === "over") return "leave";
  return goesOn && (drill === null || isLesson(drill)) ? "leave" : "end";
}
