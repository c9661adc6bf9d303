/** Words of the progress screen. The sentence of two numbers and that of the week come from the teacher. */
import { counted, inWords, type Noun } from "../numbers";

const DAYS: Noun = { gender: "m", one: "יום נגינה", many: "ימי נגינה" };

export const progress = {
  title: "התקדמות",
  better: "מה השתפר",
  worse: "מה ירד",
  same: "איפה עומדים",
  /** What a sentence that compares two weeks says. */
  compared: "לפני שבוע",
  empty: "אחרי שלושה ימי נגינה יהיה כאן מה להשוות.",
  loading: "רגע, פותחים את היומן",
  toStrings: "מיתר אחרי מיתר",
  toChanges: "מעברים לאט",
  strings: "מיתר אחר מיתר",
  changes: "מעברים בדקה",
  thisWeek: "השבוע",
  weekAgo: "לפני שבוע",
  outOf: (rang: number) => `${rang}/10`,
  goOn: "ממשיכים",
  goal: "היעד",
  stringLabel: (string: number, now: number | null, before: number | null) => {
    const name = `מיתר ${inWords(string, "f")}`;
    if (now === null) return `${name}: עוד לא נמדד`;
    const was = before === null ? "" : `, לפני שבוע ${inWords(before, "f")}`;
    return `${name}: השבוע ${inWords(now, "f")} מעשר${was}`;
  },
  changesLabel: (days: number, first: number, last: number) => {
    const now = perMinute(last);
    return days < 2 ? `יום אחד: ${now}.` : `${counted(days, DAYS)}: מ${inWords(first, "m")} ל${now}.`;
  },
  lines: (pass: number, goal: number) => `ממשיכים ב${inWords(pass, "m")}, היעד ${inWords(goal, "m")}.`,
};

function perMinute(rate: number): string {
  return rate === 1 ? "מעבר אחד בדקה" : `${rate === 2 ? "שני" : inWords(rate, "m")} מעברים בדקה`;
}
