/**
 * What the practice screen says and offers in each state of the lesson: sentences, the word under the
 * strings, the microphone's light, the buttons. Pure; the screen only lays it out.
 */
import type { AppError, ChordCard, DrillView, Source } from "../backend";
import { he } from "../i18n/he";
import { openingOf, twoSentences, type Sentences } from "../i18n/labels";
import { comingOf, isLesson, isUnderWay, offersOf as drillOffers } from "../drill/view";
import { drill as drillWords } from "../i18n/he/drill";
import { hearingOf, isOneByOne, type Lesson } from "../lesson/state";

export type Light = "open" | "off" | "none" | "connecting" | "noisy" | "weak";
export type Offer = "why" | "again" | "next" | "chooseMicrophone" | "chartOnly" | "check" | "retry" | "stop" | "settings" | "tuneUsual" | "start" | "slower";
export type Saying = Sentences & { basis: string; note: string };
export type Scene = { lesson: Lesson; failure: AppError | null; chartOnly: boolean; source: Source; denied?: boolean };

export function sayingOf({ lesson, failure, chartOnly, denied }: Scene): Saying {
  if (denied && !chartOnly) return { ...he.trouble.denied, basis: "", note: he.practice.nothingLost };
  if (failure) return { ...twoSentences(failure.message), basis: "", note: "" };
  const { trouble, feedback, verdict } = lesson;
  // Word of an engine that is out of order never takes the place of what is taught.
  const engine = trouble?.code === "engine_down" ? trouble : null;
  const aside = engine && !chartOnly ? `${engine.diagnosis} ${engine.tip}` : "";
  if (trouble && !engine && !chartOnly) {
    const note = hearingOf(trouble) === "none" ? he.practice.nothingLost : "";
    return { diagnosis: trouble.diagnosis, tip: trouble.tip, basis: "", note };
  }
  const outcome = chartOnly ? null : (lesson.drill?.outcome ?? null);
  if (outcome) return { diagnosis: outcome.reached, tip: outcome.next, basis: "", note: aside };
  if (feedback && !chartOnly) {
    const { diagnosis, tip, basis } = feedback;
    return { diagnosis, tip, basis: verdict ? basis : "", note: aside };
  }
  if (lesson.drill && !chartOnly) {
    if (lesson.drill.drill === "strings") return { ...oneByOneOf(lesson.drill, lesson.card), basis: "", note: aside };
    if (isUnderWay(lesson.drill)) return { diagnosis: "", tip: "", basis: "", note: aside };
    if (!isLesson(lesson.drill)) return { ...readyOf(lesson.drill, lesson.card), basis: "", note: aside };
  }
  return { ...openingOf(lesson.card), basis: "", note: aside };
}

// Where the fingers lie; once it is played the string that is asked for says it all.
function oneByOneOf({ phase }: DrillView, card: ChordCard): Sentences {
  return phase === "ready" ? { diagnosis: openingOf(card).diagnosis, tip: drillWords.oneByOne } : { diagnosis: "", tip: "" };
}

// Before a drill to a count: between which chords or with which fingers, and what begins it.
function readyOf(drill: DrillView, card: ChordCard): Sentences {
  const coming = comingOf(drill);
  return { diagnosis: coming ? drillWords.back(card.name, coming.name) : openingOf(card).diagnosis, tip: drillWords.ready };
}

/** The word for all six strings while there is no verdict. */
export function groupWordOf({ lesson, failure, chartOnly, denied }: Scene): string {
  const hearing = hearingOf(lesson.trouble);
  if (failure || chartOnly || denied || hearing === "none") return he.practice.notHearing;
  if (hearing === "poor") return he.stateWord("unsure", 6);
  if (lesson.trouble?.code === "other_tuning") return he.practice.notJudging;
  if (lesson.verdict) return "";
  if (lesson.status === "connecting") return he.practice.connecting;
  if (lesson.status === "finished") return he.practice.finished;
  return isOneByOne(lesson) ? "" : he.practice.listening;
}

export function lightOf({ lesson, failure, source, denied }: Scene): Light {
  const code = lesson.trouble?.code;
  if (denied || code === "microphone_missing" || code === "microphone_lost") return "none";
  if (failure || source.kind !== "microphone") return "off";
  if (code === "too_noisy" || code === "speech_over" || code === "loudspeaker_leak") return "noisy";
  if (code === "noise_suppression" || code === "clipping" || code === "narrow_band" || code === "silence") return "weak";
  if (lesson.status === "connecting") return "connecting";
  return lesson.status === "finished" ? "off" : "open";
}

/** The buttons, the one that solves first. */
export function offersOf({ lesson, failure, chartOnly, denied }: Scene): { offers: Offer[]; solving: boolean } {
  if (denied) return chartOnly ? { offers: ["settings", "next"], solving: false } : { offers: ["settings", "chartOnly"], solving: true };
  if (failure) return { offers: ["retry", "chooseMicrophone"], solving: true };
  if (chartOnly) return { offers: ["chooseMicrophone", "next"], solving: false };
  switch (lesson.trouble?.code) {
    case "microphone_missing":
    case "microphone_lost":
      return { offers: ["chooseMicrophone", "chartOnly"], solving: true };
    case "too_noisy":
    case "speech_over":
    case "loudspeaker_leak":
    case "wrong_instrument":
      return { offers: ["check", "again"], solving: true };
    case "noise_suppression":
    case "silence":
    case "narrow_band":
      return { offers: ["chooseMicrophone", "again"], solving: true };
    case "other_tuning":
      return { offers: ["tuneUsual", "next"], solving: true };
    case "clipping":
      return { offers: ["check", "chooseMicrophone"], solving: true };
    default:
      if (lesson.drill !== null && !isLesson(lesson.drill)) return { offers: drillOffers(lesson.drill), solving: lesson.drill.phase === "over" || lesson.drill.phase === "ready" };
      return { offers: lesson.speaking ? ["stop"] : ["why", "again", "next"], solving: false };
  }
}
