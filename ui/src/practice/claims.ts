/**
 * What «למה?» claims and how sure each claim is: the strings as heard, and the cause only where the teacher
 * named one. Pure; the sheet only lays it out.
 */
import { he } from "../i18n/he";
import { shownStrings, spokenString, type Lesson } from "../lesson/state";

/** From the surest to what is not known at all: five blocks, four, three, two, one. */
export type Sure = keyof typeof he.why.sureness;
export type Claim = { claim: string; sure: Sure };

/** By sound alone a cause is never more than likely. */
const LIKELY = 0.7;

/** So many strings must have been played alone before a hit rate says anything. */
const ENOUGH = 12;

/** How often the verdicts were right, once there is enough to say so. */
export function hitsOf({ checked }: Lesson): string {
  return checked !== null && checked.checked >= ENOUGH ? he.why.checked(checked.right, checked.checked) : "";
}

/** One of five words for a confidence of 0–1. */
export function surenessOf(confidence: number): Sure {
  if (confidence >= 0.95) return "sure";
  if (confidence >= 0.85) return "quite";
  if (confidence >= 0.7) return "likely";
  return confidence >= 0.5 ? "guess" : "unknown";
}

/** The claims of a verdict; `finger` is the one the teacher named as the cause, if it is known. */
export function claimsOf(lesson: Lesson, finger: string | null): Claim[] {
  const { verdict, feedback } = lesson;
  if (verdict === null) return [];
  const asked = verdict.strings.filter((string) => string.asked);
  if (verdict.verdict === "right") {
    return [{ claim: he.why.allRang, sure: surenessOf(Math.min(...asked.map(({ confidence }) => confidence ?? 0))) }];
  }
  const spoken = spokenString(lesson);
  const state = shownStrings(lesson).find(({ string }) => string === spoken)?.state;
  if (spoken === null || state === undefined) return [];
  const claim = he.why.theString(spoken, he.stateWord(state, 1));
  if (state === "unsure") return [{ claim, sure: "unknown" }];
  const confidence = verdict.strings.find(({ string }) => string === spoken)?.confidence ?? 0;
  const claims: Claim[] = [{ claim, sure: surenessOf(confidence) }];
  if (feedback?.cause) {
    claims.push({ claim: finger === null ? he.why.theCause : he.why.thisIs(finger), sure: surenessOf(Math.min(confidence, LIKELY)) });
  }
  return claims;
}
