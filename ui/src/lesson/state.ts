/**
 * The lesson as the screen knows it: each update from the backend folded into one plain value. Pure, so
 * that every state can be reached in a test; judges nothing and keeps no history.
 */
import type { ChordCard, DrillView, FeedbackView, StringView, TroubleView, Update } from "../backend";
import { asking, heard, unknown, waiting, type ShownString } from "../picture/states";

export type Verdict = { verdict: "right" | "fault" | "unsure"; askString: number | null; strings: StringView[] };
export type Lesson = {
  card: ChordCard;
  status: "connecting" | "listening" | "finished";
  source: string;
  level: number;
  peak: number;
  floor: number;
  /** A strum is sounding and its verdict is not in yet. */
  interim: boolean;
  /** Onsets so far. */
  struck: number;
  verdict: Verdict | null;
  feedback: FeedbackView | null;
  trouble: TroubleView | null;
  speaking: boolean;
  /** How the drill stands, if this is one. */
  drill: DrillView | null;
  /** Strings played alone after a strum, and those of them whose verdict was right. */
  checked: { checked: number; right: number } | null;
};

export function beginning(card: ChordCard): Lesson {
  return {
    card,
    status: "connecting",
    source: "",
    level: 0,
    peak: 0,
    floor: 0,
    interim: false,
    struck: 0,
    verdict: null,
    feedback: null,
    trouble: null,
    speaking: false,
    drill: null,
    checked: null,
  };
}

export function fold(lesson: Lesson, update: Update): Lesson {
  switch (update.kind) {
    case "status":
      return { ...lesson, status: update.status, source: update.source };
    case "level":
      return { ...lesson, level: update.level ?? 0, peak: update.peak ?? 0, floor: update.floor ?? 0 };
    case "onset":
      // What rang in a round of strings stays while the next is played.
      if (isOneByOne(lesson)) return { ...lesson, struck: lesson.struck + 1 };
      return { ...lesson, struck: lesson.struck + 1, interim: true, verdict: null };
    case "verdict": {
      const { verdict, askString } = update;
      const strings = isOneByOne(lesson) ? joined(lesson.verdict?.strings ?? [], update.strings) : update.strings;
      return { ...lesson, interim: false, verdict: { verdict, askString, strings }, trouble: afterVerdict(lesson.trouble) };
    }
    case "feedback":
      return { ...lesson, feedback: update.feedback, trouble: outlasts(lesson.trouble) ? lesson.trouble : null };
    case "trouble":
      return withTrouble(lesson, update.trouble);
    case "speaking":
      return { ...lesson, speaking: update.speaking };
    case "checked":
      return { ...lesson, checked: { checked: update.checked, right: update.right } };
    case "chord":
      return anotherChord(lesson, update.card);
    case "drill": {
      const on = anotherChord(lesson, update.drill.chord ?? lesson.card);
      // What was said of a string goes with it.
      const before = lesson.drill?.string ?? null;
      const gone = before !== null && before !== update.drill.string && lesson.feedback?.string === before;
      return { ...on, drill: update.drill, feedback: gone ? null : on.feedback };
    }
    default:
      return lesson;
  }
}

// Bad hearing takes the verdict away; engines that fail do not touch what was heard.
function withTrouble(lesson: Lesson, trouble: TroubleView | null): Lesson {
  // Bad hearing stands until it passes.
  if (trouble?.code === "engine_down" && outlasts(lesson.trouble)) return lesson;
  const deaf = hearingOf(trouble) !== "good";
  return { ...lesson, trouble, interim: deaf ? false : lesson.interim, verdict: deaf ? null : lesson.verdict };
}

// A microphone of low notes is told once, and the teacher goes on giving verdicts.
function afterVerdict(trouble: TroubleView | null): TroubleView | null {
  return trouble?.code === "narrow_band" ? null : trouble;
}

// Word of an engine that is out of order is said once; then the lesson speaks again.
function outlasts(trouble: TroubleView | null): boolean {
  return hearingOf(trouble) !== "good";
}

function anotherChord(lesson: Lesson, card: ChordCard): Lesson {
  if (card.chord === lesson.card.chord) return { ...lesson, card };
  return { ...lesson, card, interim: false, verdict: null, feedback: null };
}

/** Whether strings are played one by one. */
export function isOneByOne({ drill }: Lesson): boolean {
  return drill !== null && drill.drill === "strings" && drill.phase !== "over";
}

// A pluck tells of its string; the others stand as they were, until the round begins anew with the first.
function joined(before: StringView[], now: StringView[]): StringView[] {
  const told = now.filter(({ asked, state }) => asked && state !== "awaited");
  const first = now.find(({ asked }) => asked);
  if (told.length === 1 && told[0] === first) return now;
  return now.map((view) => (view.state === "awaited" ? (before.find(({ string }) => string === view.string) ?? view) : view));
}

/** How far a trouble spoils hearing: not at all, so that nothing is sure, or wholly. */
export function hearingOf(trouble: TroubleView | null): "good" | "poor" | "none" {
  switch (trouble?.code) {
    case "too_noisy":
    case "too_quiet":
    case "clipping":
    case "noise_suppression":
    case "speech_over":
    case "loudspeaker_leak":
    case "wrong_instrument":
      return "poor";
    case "microphone_missing":
    case "microphone_lost":
    case "silence":
      return "none";
    default:
      return "good";
  }
}

/** The six strings as they are drawn now. */
export function shownStrings({ card, verdict, trouble }: Lesson): ShownString[] {
  const hearing = hearingOf(trouble);
  if (hearing === "poor") return unknown(card.frets);
  if (hearing === "none" || verdict === null) return waiting(card.frets);
  return heard(verdict.strings);
}

/** The same with the string that the drill asks for. */
export function drawnStrings(lesson: Lesson): ShownString[] {
  const asked = isOneByOne(lesson) ? (lesson.drill?.string ?? null) : null;
  return asked === null ? shownStrings(lesson) : asking(shownStrings(lesson), asked);
}

/** The one string that takes the large word, if the teacher singled one out. */
export function spokenString(lesson: Lesson): number | null {
  const { verdict, feedback, trouble } = lesson;
  if (verdict === null || hearingOf(trouble) !== "good" || verdict.verdict === "right") return null;
  const string = verdict.verdict === "unsure" && !isOneByOne(lesson) ? (verdict.askString ?? feedback?.string) : feedback?.string;
  const view = verdict.strings.find((candidate) => candidate.string === string && candidate.state !== "awaited");
  return view !== undefined && (view.state !== "rings" || !view.asked) ? view.string : null;
}
