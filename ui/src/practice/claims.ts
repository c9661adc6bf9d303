/**
 * What «למה?» claims and how sure each claim is: the strings as heard, and the cause only where the teacher
 * named one. Pure; the sheet only lays it out.
 */
import { he } from "../i18n/he";
import { surenessOf } from "../i18n/labels";
import { shownStrings, spokenString, type Lesson } from "../lesson/state";

export type Claim = { claim: string; sure: string };

/** By sound alone a cause is never more than likely. */
const LIKELY = 0.7;

/** So many strings must have been played alone before a hit rate says anything. */
const ENOUGH = 12;

/** How often the verdicts were right, once there is enough to say so. */
export function hitsOf({ checked }: Lesson): string {
  return checked !== null && checked.checked >= ENOUGH ? he.why.checked(checked.right, checked.checked) : "";
}

export function claimsOf(lesson: Lesson): Claim[] {
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
  if (state === "unsure") return [{ claim, sure: he.why.sureness.unknown }];
  const confidence = verdict.strings.find(({ string }) => string === spoken)?.confidence ?? 0;
  const claims = [{ claim, sure: surenessOf(confidence) }];
  if (feedback?.cause) claims.push({ claim: he.why.theCause, sure: he.why.bySoundAlone(surenessOf(Math.min(confidence, LIKELY))) });
  return claims;
}
