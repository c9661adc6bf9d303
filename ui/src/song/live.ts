/** A song while it is played, folded from the drill's updates. The sheet follows it and never runs ahead. */
import type { AppError, DrillView, FeedbackView, OutcomeView, PlaceView, StatusView, TroubleView, Update } from "../backend";
import { he } from "../i18n/he";
import type { Light } from "../practice/view";
import { hearingOf } from "../lesson/state";
import { twoSentences, type Sentences } from "../i18n/labels";

export type Live = {
  status: StatusView;
  drill: DrillView | null;
  /** The one sentence after a line; it stands until the next line is over. */
  said: FeedbackView | null;
  trouble: TroubleView | null;
  speaking: boolean;
  level: number;
  peak: number;
};

export const BEGINNING: Live = { status: "connecting", drill: null, said: null, trouble: null, speaking: false, level: 0, peak: 0 };

export function fold(live: Live, update: Update): Live {
  switch (update.kind) {
    case "status":
      return { ...live, status: update.status };
    case "level":
      return { ...live, level: update.level ?? 0, peak: update.peak ?? 0 };
    case "drill":
      return { ...live, drill: update.drill, said: sameLine(live.drill?.place, update.drill.place) ? live.said : null };
    case "feedback":
      return { ...live, said: update.feedback };
    case "trouble":
      return { ...live, trouble: update.trouble };
    case "speaking":
      return { ...live, speaking: update.speaking };
    default:
      return live;
  }
}

function sameLine(one: PlaceView | null | undefined, other: PlaceView | null): boolean {
  return one?.section === other?.section && one?.line === other?.line;
}

/** Where the sheet stands: read, or one of the drill's phases; `connecting` before its first word. */
export type Stand = "reading" | "connecting" | DrillView["phase"];

export function standOf(live: Live | null): Stand {
  if (live === null) return "reading";
  return live.drill?.phase ?? "connecting";
}

export type Saying = Sentences & { basis: string };

/** What is said in the place of the now-card; null while nothing is. */
export function sayingOf(live: Live | null, failure: AppError | null, denied: boolean): Saying | null {
  if (denied) return { ...he.trouble.denied, basis: "" };
  if (failure) return { ...twoSentences(failure.message), basis: "" };
  if (live === null) return null;
  if (live.trouble) return { diagnosis: live.trouble.diagnosis, tip: live.trouble.tip, basis: "" };
  const outcome: OutcomeView | null = live.drill?.outcome ?? null;
  if (outcome) return { diagnosis: outcome.reached, tip: outcome.next, basis: "" };
  if (live.said) return { diagnosis: live.said.diagnosis, tip: live.said.tip, basis: live.said.basis };
  return null;
}

export type Offer = "start" | "slower" | "stop" | "loop" | "again" | "retry" | "settings" | "next";

/** What can be pressed, the one that solves or leads on first. The easier way is read, not yet listened to. `goesOn`: the programme leads on from here. */
export function offersOf(live: Live | null, easy: boolean, failure: AppError | null, denied: boolean, goesOn = false): Offer[] {
  if (denied) return ["retry", "settings", "stop"];
  if (failure || hearingOf(live?.trouble ?? null) === "none") return ["retry", "stop"];
  switch (standOf(live)) {
    case "reading":
      return [...(easy ? [] : (["start"] as const)), ...(goesOn ? (["next"] as const) : [])];
    case "connecting":
      return ["stop"];
    case "ready":
      return ["start", "slower", "stop"];
    case "over":
      return goesOn ? ["next", "again", "slower"] : ["again", "slower", "stop"];
    default:
      return ["slower", "stop", "loop"];
  }
}

/** The one that stands out. */
export function primaryOf(offers: Offer[]): Offer | null {
  const [first] = offers;
  return first === "start" || first === "again" || first === "retry" || first === "next" ? first : null;
}

/** The light of the microphone. */
export function lightOf(live: Live, failure: AppError | null, denied: boolean): Light {
  if (denied || failure || hearingOf(live.trouble) === "none") return "none";
  if (live.trouble?.code === "too_noisy") return "noisy";
  if (live.status === "connecting") return "connecting";
  return live.drill?.phase === "over" && live.status === "finished" ? "off" : "open";
}
