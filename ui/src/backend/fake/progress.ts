/** The scripted progress: better, worse, too early, damaged. */
import { BackendError, type ProgressView, type StringOfTen, type StringsView } from "../types";
import { named } from "./chords";
import { longProgress } from "./long";

const WEEK = "ארבעה ימי נגינה מתוך שבעה. יום חופש לא מוחק כלום.";
const RATES = [8, 9, 11, 10, 13, 14, 13, 16, 15, 18, 20, 22];

export function progressScene(state: string): ProgressView {
  switch (state) {
    case "progress-empty":
      return { headline: "", worse: false, strings: null, changes: null, week: "יום נגינה אחד מתוך שבעה. יום חופש לא מוחק כלום." };
    case "progress-first":
      return { headline: "", worse: false, strings: null, changes: changes([8]), week: "שני ימי נגינה מתוך שבעה. יום חופש לא מוחק כלום." };
    case "progress-worse":
      return {
        headline: "המיתר השלישי מצלצל השבוע בארבע מעשר פריטות, פחות מלפני שבוע. מתחילים ב־\u2066Em\u2069, מיתר אחרי מיתר.",
        worse: true,
        strings: strings(3, [10, 10], [9, 9], [9, 8], [4, 8], [8, 8], [9, 9]),
        changes: changes(RATES),
        week: WEEK,
      };
    case "long":
      return longProgress(progressScene(""));
    case "progress-error":
      throw new BackendError({ code: "progress_busy", message: "ההתקדמות פתוחה עכשיו בחלון אחר. סוגרים אותו, ומנסים שוב." });
    default:
      return {
        headline: "המיתר השלישי מצלצל עכשיו בשש מעשר פריטות. לפני שבוע: שתיים.",
        worse: false,
        strings: strings(3, [10, 9], [9, 8], [9, 7], [6, 2], [8, null], [9, 8]),
        changes: changes(RATES),
        week: WEEK,
      };
  }
}

/** What is told of the data itself. */
export function noticesOf(state: string): string[] {
  return state === "progress-damaged" ? ["קובץ ההתקדמות נפגם. הוא נשמר בצד: \u2066progress.damaged\u2069. חזר העותק הטוב האחרון, עד 21.11.2026. שום דבר לא אבד."] : [];
}

function strings(string: number, ...each: [number, number | null][]): StringsView {
  return { card: named("Em"), string, strings: each.map(([now, before]): StringOfTen => ({ now, before })) as StringsView["strings"] };
}

function changes(rates: number[]): ProgressView["changes"] {
  const days = rates.map((perMinute, at) => {
    const ago = rates.length - 1 - at;
    return { date: `${23 - ago}.11`, ago, perMinute };
  });
  return { from: named("Em"), to: named("Am"), days, pass: 30, goal: 60 };
}
