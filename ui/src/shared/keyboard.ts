/**
 * Keys of the practice screen by physical position, so that they work in a Hebrew layout, and the two keys
 * a page-turning pedal sends. Space is kept for talking and does nothing yet.
 */
export type Act = "again" | "next" | "why" | "leave" | "talk" | "tune";
export type Press = { code: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

const ACTS: Record<string, Act> = {
  Enter: "again",
  NumpadEnter: "again",
  PageDown: "again",
  ArrowLeft: "next",
  PageUp: "next",
  Slash: "why",
  Escape: "leave",
  Space: "talk",
  KeyT: "tune",
};

/** What a key does; `onControl` is true while a button or list has the focus and owns Enter and Space. */
export function actOf({ code, ctrlKey, metaKey, altKey }: Press, onControl: boolean): Act | null {
  if (ctrlKey || metaKey || altKey) return null;
  const act = ACTS[code] ?? null;
  if (onControl && (code === "Enter" || code === "NumpadEnter" || code === "Space")) return null;
  return act;
}

/** Next stop among six strings (index 0 is string 6); the arrows follow the picture. */
export function stringStop(code: string, index: number, lefty: boolean): number | null {
  const towardsThin = lefty ? "ArrowLeft" : "ArrowRight";
  const towardsThick = lefty ? "ArrowRight" : "ArrowLeft";
  if (code === towardsThin || code === "ArrowDown") return Math.min(5, index + 1);
  if (code === towardsThick || code === "ArrowUp") return Math.max(0, index - 1);
  if (code === "Home") return 0;
  if (code === "End") return 5;
  return null;
}
