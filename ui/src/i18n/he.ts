/**
 * Every Hebrew word the interface itself says. Neutral plural, two short sentences at most, no blame;
 * strings and frets are never right, left, up or down. The teacher's own sentences come from the backend.
 */
import type { GuideView } from "../backend";
import type { Shown } from "../picture/states";
import { why } from "./he/why";

const ONE_WORD: Record<Shown, string> = {
  rings: "מצלצל",
  dead: "נחנק",
  buzz: "מזמזם",
  wrong_pitch: "צליל אחר",
  unsure: "לא בטוח",
  not_played: "לא נפרט",
  extra: "נשמע גם",
  not_asked: "",
  waiting: "",
  asked: "עכשיו",
};

const MANY_WORDS: Record<Shown, string> = {
  ...ONE_WORD,
  rings: "מצלצלים",
  dead: "נחנקים",
  buzz: "מזמזמים",
  not_played: "לא נפרטו",
  extra: "נשמעים גם",
};

/** Feminine, as in «מיתר שש» and «אצבע שתיים». */
const NUMBERS = ["אפס", "אחת", "שתיים", "שלוש", "ארבע", "חמש", "שש", "שבע", "שמונה", "תשע", "עשר", "אחת עשרה", "שתים עשרה"];
const ORDINALS = ["", "הראשון", "השני", "השלישי", "הרביעי", "החמישי", "השישי", "השביעי", "השמיני", "התשיעי", "העשירי"];
const FINGERS = ["", "אצבע אחת", "שתי אצבעות", "שלוש אצבעות", "ארבע אצבעות"];
const STRUMMED = ["", "מיתר אחד", "שני מיתרים", "שלושה מיתרים", "ארבעה מיתרים", "חמישה מיתרים", "שישה מיתרים"];
const MARKED = ["", "המיתר המסומן", "שני המיתרים המסומנים", "שלושת המיתרים המסומנים", "ארבעת המיתרים המסומנים", "חמשת המיתרים המסומנים"];

export const he = {
  name: "פריטה",
  number: (value: number) => NUMBERS[value] ?? String(value),
  ordinal: (value: number) => ORDINALS[value] ?? String(value),
  stateWord: (state: Shown, count: number) => (count === 1 ? ONE_WORD : MANY_WORDS)[state],

  choose: {
    title: "מה מנגנים?",
    hintBefore: "להתחלה:",
    chords: "אקורדים",
    privacy: "הקול נבדק כאן במכשיר ולא נשמר.",
    microphone: "מיקרופון",
    systemMicrophone: "לפי המערכת",
    noMicrophone: "לא נמצא מיקרופון",
    recording: "לנגן הקלטה",
    recordingHint: "בוחרים את האקורד שבהקלטה, ואז את הקובץ.",
    demo: "שיעור לדוגמה",
    themes: { system: "לפי המערכת", light: "בהירה", dark: "כהה" },
    start: (hebrew: string) => `מתחילים: ${hebrew}`,
  },

  practice: {
    leave: "יציאה",
    leaveSheet: "סגירה",
    titleShort: "פורטים",
    title: (asked: number) => (asked >= 6 ? "פורטים את כל המיתרים" : `פורטים ${STRUMMED[asked] ?? ""}`),
    otherChord: (hebrew: string) => `${hebrew}, לבחור אקורד אחר`,
    again: "שוב",
    next: "הבא",
    why: "למה?",
    stop: "די",
    tune: "כיוון",
    tuneUsual: "לכוון כרגיל",
    notJudging: "לא בודקים בכיוון הזה",
    settings: "להגדרות",
    chooseMicrophone: "לבחור מיקרופון",
    chartOnly: "רק תרשים",
    check: "בדיקה",
    retry: "לנסות שוב",
    room: "החדר",
    guitar: "הגיטרה",
    level: "עוצמת הצליל",
    nothingLost: "הכול נשמר. אפשר גם להתאמן עם התרשים בלבד.",
    interrupt: "אפשר לקטוע: לפרוט או לגעת.",
    connecting: "רגע, מתחברים לשמיעה",
    listening: "מקשיבים…",
    notHearing: "לא שומעים",
    finished: "ההקלטה נגמרה",
    status: (status: "connecting" | "listening" | "finished"): string => he.practice[status],
    start: (fingers: number, frets: number[]) => `${FINGERS[fingers] ?? ""} ${inFrets(frets)}.`,
    startOpen: "כל המיתרים פתוחים.",
    strum: (asked: number) => `פורטים לאט את ${asked >= 6 ? "כל המיתרים" : (MARKED[asked] ?? "המיתרים המסומנים")}.`,
  },

  tuner: {
    title: "כיוון הגיטרה",
    open: "כיוון הגיטרה",
    connecting: "רגע, מתחברים לשמיעה.",
    low: "נמוך",
    inPlace: "במקום",
    high: "גבוה",
    tighten: "להדק",
    loosen: "לשחרר",
    again: "שוב",
    other: "כיוון אחר",
    stop: "די",
    retry: "לנסות שוב",
    chooseMicrophone: "לבחור מיקרופון",
    settings: "להגדרות",
    leave: "חזרה",
    next: "הבא",
    byEar: "המיתר זוהה מעצמו",
    byHand: "המיתר נבחר ביד",
    cents: "סנט",
    row: "שישה מיתרים לכיוון",
    notYet: "עוד לא כוון",
    pinned: "מכוונים רק אותו",
    nothingLost: "הכול נשמר. אפשר גם לכוון לפי כלי אחר, באוזן.",
    notKept: "הבחירה לא נשמרה.",
    reference: "גובה הכיוון",
    referenceWhy: "הרגיל הוא 440. משנים רק כדי לנגן יחד עם כלי שכוון אחרת.",
    lower: "להנמיך",
    higher: "להגביה",
    usual: "לחזור לרגיל",
    tunings: {
      standard: "כיוון רגיל",
      "drop-d": "השישי ברה",
      "half-step-down": "חצי טון נמוך",
      "open-g": "סול פתוח",
      "open-d": "רה פתוח",
      dadgad: "רה לה רה סול לה רה",
      "double-drop-d": "השישי והראשון ברה",
    } as Record<string, string>,
    heading: (note: string, string: number) => `כיוון הגיטרה: ${note}, ${he.strings.name(string)}`,
    nameOf: (note: string, string: number) => `${note} · ${he.strings.name(string)}`,
    states: {
      waiting: "",
      low: "נמוך",
      high: "גבוה",
      in_tune: "במקום",
      octave_low: "נמוך באוקטבה",
      octave_high: "גבוה באוקטבה",
      other_string: "נשמע מיתר אחר",
      unsure: "לא בטוח",
      done: "",
    } satisfies Record<GuideView["state"], string>,
  },

  check: {
    title: "בדיקת שמיעה",
    name: "שומעים טוב?",
    open: "מיתרים פתוחים",
    connecting: "רגע, מתחברים לשמיעה.",
    quiet: "שקט לרגע…",
    heard: "נשמע היטב",
    skip: "לדלג",
    go: "ממשיכים",
    again: "שוב",
    chooseMicrophone: "לבחור מיקרופון",
    settings: "להגדרות",
  },

  trouble: {
    denied: { diagnosis: "אין גישה למיקרופון.", tip: "מאשרים בהגדרות, ונמשיך מאותו מקום." },
  },

  lights: {
    microphoneOpen: "המיקרופון פתוח",
    microphoneOff: "המיקרופון כבוי",
    microphoneNone: "אין מיקרופון",
    microphoneConnecting: "מתחברים",
    noisy: "רועש",
    weak: "שומעים חלש",
    cameraOff: "המצלמה כבויה",
  },

  strings: {
    group: (hebrew: string) => `שישה מיתרים, אקורד ${hebrew}`,
    open: "פתוח",
    silent: "לא פורטים אותו",
    extra: "נשמע גם, לא פורטים אותו",
    waiting: "עוד לא נשמע",
    asked: "פורטים אותו עכשיו",
    asWhy: "ההסבר: למה",
    name: (string: number) => `מיתר ${he.number(string)}`,
    finger: (finger: number, fret: number) => `אצבע ${he.number(finger)} בסריג ${he.number(fret)}`,
    fret: (fret: number) => `בסריג ${he.number(fret)}`,
    instead: (heard: string, expected: string) => `צליל אחר: ${heard} במקום ${expected}`,
  },

  why,

  error: {
    unexpected: "משהו השתבש בתוך האפליקציה. כדאי לסגור אותה ולפתוח שוב.",
    noWindow: "פריטה נפתחת בחלון משלה. מפעילים אותה מהתפריט של המחשב.",
  },
};

function inFrets(frets: number[]): string {
  const names = frets.map((fret) => he.ordinal(fret));
  if (names.length === 1) return `בסריג ${names[0] ?? ""}`;
  return `בסריגים ${names.slice(0, -1).join(", ")} ו${names.at(-1) ?? ""}`;
}
