/** Words of a drill on the practice screen. */
import type { DrillView } from "../../backend";
import { isolate } from "../isolate";
import { counted, inWords, type Noun } from "../numbers";
import { path } from "./path";

const CHANGES: Noun = { gender: "m", one: "מעבר", many: "מעברים" };
const SECONDS: Noun = { gender: "f", one: "שנייה", many: "שניות" };

export const drill = {
  start: "מתחילים",
  slower: "יותר לאט",
  ready: "פורטים פעם אחת, ומתחילים.",
  oneByOne: "פורטים כל מיתר לבד, מהעבה לדק.",
  string: (ordinal: string) => `המיתר ${ordinal}`,
  other: (ordinal: string) => `נשמע המיתר ${ordinal}`,
  back: (one: string, other: string) => `מ־${isolate(one)} ל־${isolate(other)}, וחזרה.`,
  /** At the head of the screen, by what is drilled. */
  titles: { ...path.kinds, strings: "מיתר מיתר", silence: "תיבות בשקט", rejoin: "נכנסים בחזרה" } satisfies Record<DrillView["drill"], string>,
  countIn: "סופרים יחד",
  silent: "סופרים בשקט",
  rejoin: "נכנסים על הפעימה הראשונה",
  next: "הבא",
  changes: "מעברים",
  left: "שניות",
  tempo: "בדקה",
  bar: (now: number, of: number) => `תיבה ${inWords(now, "f")} מתוך ${inWords(of, "f")}`,
  beat: (now: number, of: number) => `פעימה ${inWords(now, "f")} מתוך ${inWords(of, "f")}`,
  step: (now: number, of: number) => `שלב ${now} מתוך ${of}`,
  /** Beside the gates: what they count. */
  counts: { bars: "תיבות ברצף", rounds: "סיבובים נקיים", row: "פריטות ברצף", clean: "נקיות", beat: "כניסות בזמן" },
  gates: (counts: string, reached: number, wanted: number, gender: Noun["gender"] = "f") => `${counts}: ${inWords(reached, gender)} מתוך ${inWords(wanted, gender)}`,
  counted: (changes: number, seconds: number) => `${counted(changes, CHANGES)}, נשארו ${counted(seconds, SECONDS)}`,
};
