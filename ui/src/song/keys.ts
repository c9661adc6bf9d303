/** Keys of the song sheet by physical position: Enter and a pedal begin or repeat, + and − change the tempo. */
import type { Press } from "../shared/keyboard";

export type SongAct = "primary" | "leave" | "faster" | "slower";

const ACTS: Record<string, SongAct> = {
  Enter: "primary",
  NumpadEnter: "primary",
  PageDown: "primary",
  Escape: "leave",
  Equal: "faster",
  NumpadAdd: "faster",
  Minus: "slower",
  NumpadSubtract: "slower",
};

/** `onControl`: a button has the focus and owns Enter. While one reads, PageDown is the page's own. */
export function actOf({ code, ctrlKey, metaKey, altKey }: Press, onControl: boolean): SongAct | null {
  if (ctrlKey || metaKey || altKey) return null;
  const act = ACTS[code] ?? null;
  return act === "primary" && onControl ? null : act;
}
