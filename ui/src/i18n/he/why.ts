/** The words of the sheet «למה?». */

/** Feminine tens and units, for parts of a second: «שלושים וחמש מאיות». */
const UNITS = ["", "אחת", "שתיים", "שלוש", "ארבע", "חמש", "שש", "שבע", "שמונה", "תשע"];
const TEENS = ["עשר", "אחת עשרה", "שתים עשרה", "שלוש עשרה", "ארבע עשרה", "חמש עשרה", "שש עשרה", "שבע עשרה", "שמונה עשרה", "תשע עשרה"];
const TENS = ["", "", "עשרים", "שלושים", "ארבעים", "חמישים", "שישים", "שבעים", "שמונים", "תשעים"];
const ORDINALS = ["", "הראשון", "השני", "השלישי", "הרביעי", "החמישי", "השישי"];

export const why = {
  titleOf: (word: string) => `למה ״${word}״?`,
  title: "למה?",
  empty: "עוד אין מה להסביר. פורטים פעם אחת.",
  heard: "מה שמענו, בשניות",
  noSound: "הצליל של הפריטה הזאת לא נשמר.",
  forgotten: "הצליל כבר נשכח. מה ששמענו נשאר כאן.",
  own: "הפריטה שלך",
  clean: "אותה פריטה, נקייה",
  made: (string: number) => `ב״נקייה״ האפליקציה מוסיפה את המיתר ${ordinal(string)} לפריטה שלך.`,
  unplayable: "אין רמקול לנגן בו.",
  together: "לא לבד",
  togetherSpoken: "לא נשמע לבד",
  rangSpoken: (seconds: number, still: boolean) => (still ? `צלצל יותר מ${inWords(seconds)}` : `צלצל ${inWords(seconds)}`),
  seen: "מה ראינו",
  seenNothing: "כלום, המצלמה כבויה.",
  onlyFinger: (finger: string) => `${finger} היא האצבע היחידה שצמודה למיתר הזה, ולכן ״כנראה״.`,
  seenFinger: (finger: string, string: number, fret: number) => `${finger} על המיתר ${ordinal(string)}, בסריג ${ordinal(fret)}`,
  seenTouch: (string: number) => `נוגעת גם במיתר ${ordinal(string)}`,
  sure: "כמה בטוח",
  theString: (string: number, word: string) => `המיתר ${ordinal(string)} ${word}`,
  allRang: "כל המיתרים המסומנים מצלצלים",
  theCause: "הסיבה",
  thisIs: (finger: string) => `זו ${finger}`,
  sureness: { sure: "בטוח", quite: "די בטוח", likely: "סביר", guess: "ניחוש", unknown: "לא יודעים" },
  checkedTitle: "בודקים את עצמנו",
  checked: (right: number, checked: number) => `מיתרים שנוגנו לבד אחרי פריטה: צדקנו ב־${right} מתוך ${checked}.`,
  check: "בודקים יחד",
  checkOf: (string: number) => `רק מיתר ${string}`,
  notThat: "זה לא נכון",
  close: "תודה",
};

function ordinal(value: number): string {
  return ORDINALS[value] ?? String(value);
}

/** A count under a hundred before a feminine noun: «שתי», «שמונה», «שלושים וחמש». */
function feminine(value: number): string {
  if (value === 2) return "שתי";
  if (value < 10) return UNITS[value] ?? "";
  if (value < 20) return TEENS[value - 10] ?? "";
  const unit = value % 10;
  return `${TENS[Math.floor(value / 10)] ?? ""}${unit === 0 ? "" : ` ו${UNITS[unit] ?? ""}`}`;
}

/** «שמונה מאיות שנייה», «שנייה וארבע עשיריות». */
export function inWords(seconds: number): string {
  const hundredths = Math.round(seconds * 100);
  if (hundredths === 0) return "פחות ממאית שנייה";
  if (hundredths === 1) return "מאית שנייה";
  if (hundredths < 100) return `${feminine(hundredths)} מאיות שנייה`;
  const tenths = Math.round(seconds * 10);
  const whole = Math.floor(tenths / 10);
  const rest = tenths % 10;
  const first = whole === 1 ? "שנייה" : `${feminine(whole)} שניות`;
  if (rest === 0) return first;
  return rest === 1 ? `${first} ועשירית` : `${first} ו${feminine(rest)} עשיריות`;
}
