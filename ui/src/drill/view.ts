/**
 * What a drill adds to the practice screen: the word of its phase, its beats, its gates, what can be pressed.
 * Pure; judges nothing.
 */
import type { DrillAsked, DrillView } from "../backend";
import { he } from "../i18n/he";
import { drill as words } from "../i18n/he/drill";

/** Gates are drawn one by one up to so many; more are a number. */
const DRAWN = 8;
/** Slots of the longest bar; a pattern of more is of several bars. */
const ONE_BAR = 8;

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

/** What the gates count. */
export function countsOf({ drill, goal }: DrillView): string {
  const measure = goal?.measure;
  if (drill === "strings") return words.counts.rounds;
  if (measure === "beat" || measure === "clean") return words.counts[measure];
  return drill === "pattern" ? words.counts.bars : words.counts.row;
}

/** The strum pattern that was asked for, `D-DU-UDU`; null where the drill has none. */
export function patternOf(asked: DrillAsked | null): string | null {
  return asked?.item.startsWith("pattern:") ? asked.item.slice("pattern:".length) : null;
}

/** Slots of each beat; null where the pattern does not fill exactly one bar of the drill's beats. */
export function perBeatOf(pattern: string, { beat }: DrillView): number | null {
  if (beat === null || pattern.length > ONE_BAR || pattern.length % beat.of !== 0) return null;
  return pattern.length / beat.of;
}

/** The slots of the beat that is played now, from `from` up to `to`; null while nothing is to be struck. */
export function strokesNow(pattern: string, drill: DrillView): { from: number; to: number } | null {
  const each = perBeatOf(pattern, drill);
  if (each === null || drill.beat === null || drill.phase !== "playing" || drill.beat.now < 1) return null;
  return { from: (drill.beat.now - 1) * each, to: drill.beat.now * each };
}

export function reachedOf(drill: DrillView): number {
  return gatesOf(drill).filter(Boolean).length;
}

/** The string to play now, in a word; empty where strings are not played one by one. */
export function stringOf({ string, phase }: DrillView): string {
  return string === null || phase === "over" ? "" : words.string(he.ordinal(string));
}

/** The string that was played in its place; empty where none was. */
export function otherOf({ other, phase }: DrillView): string {
  return other === null || phase === "over" ? "" : words.other(he.ordinal(other));
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
