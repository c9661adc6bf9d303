/** The student's choices, who plays here, and what becomes of what is kept. */
import type { AddressView, GuitarView, HandView, IncomingView, NoteNamesView, OrderView } from "../../backend";
import { number, players, practices } from "../count";
import { setApart } from "../isolate";

export const settings = {
  title: "הגדרות",

  players: {
    title: "מי מנגן כאן",
    now: "עכשיו",
    switchTo: (name: string) => `${setApart(name)}, להחליף`,
    add: "להוסיף",
    addTitle: "מי מצטרף?",
    hint: "שם או צבע. בלי חשבון, בלי כתובת.",
    name: "שם",
    colour: "או צבע",
    go: "ממשיכים",
    remove: (name: string) => `למחוק את ${setApart(name)}`,
    removeTitle: (name: string) => `למחוק את ${setApart(name)}?`,
    removes: (name: string) => `יימחק מהמכשיר הזה כל מה ש־${setApart(name)} תרגל או בחר כאן. אין דרך להחזיר.`,
  },

  address: "איך פונים",
  hand: "היד שפורטת",
  mirror: { title: "תמונת מראה", text: "של המצלמה בלבד, כמו מורה שיושב מולך" },
  guitar: "הגיטרה",
  style: "איך מלמדים",
  notes: "שמות הצלילים",
  noteNames: { solfege: "דו רה מי", letters: "\u2066C D E\u2069" } satisfies Record<NoteNamesView, string>,
  minutes: "דקות ביום",
  order: "סדר הדרך",
  orders: { "em-first": "קודם \u2066Em\u2069", "a-d-first": "קודם \u2066A\u2069 ו־\u2066D\u2069" } satisfies Record<OrderView, string>,
  metronome: { title: "קול למטרונום", text: "הפעימות נשמעות ולא רק נראות" },
  theme: "תצוגה",
  check: "לבדוק את השמיעה",
  addresses: { masculine: "בלשון זכר", feminine: "בלשון נקבה", neutral: "בלי מגדר" } satisfies Record<AddressView, string>,
  hands: { right: "ימין", left: "שמאל" } satisfies Record<HandView, string>,
  guitars: { classical: "קלאסית", acoustic: "אקוסטית", electric: "חשמלית" } satisfies Record<GuitarView, string>,

  data: {
    title: "מה שנשמר",
    privacy: "הקול והתמונה נבדקים כאן במכשיר ולא נשמרים. נשמר רק מה שתורגל, וגם זה רק כאן.",
    export: "לשמור עותק בקובץ",
    import: "להחזיר מקובץ",
    forget: "למחוק הכול",
    exported: (count: number, records: number) => `נשמר עותק של ${count > 1 ? `${players(count)}, ` : ""}${practices(records)}:`,
    imported: "מה שבקובץ נמצא כאן עכשיו.",
    importTitle: "מה שבקובץ",
    comes: ({ name, records }: IncomingView) => `${setApart(name)}: ${practices(records)}.`,
    fresh: "לא היה כאן קודם. נוסף.",
    replaces: ({ replaces, lost }: IncomingView) =>
      (replaces ?? 0) === 0
        ? "מחליף את מה שיש כאן בשם הזה."
        : `מחליף ${practices(replaces ?? 0)} שיש כאן בשם הזה. ${lost === 0 ? "שום דבר לא אובד." : `${practices(lost)} מהם לא בקובץ, ויאבדו.`}`,
    take: "להחליף",
    leave: "להשאיר כמו שזה",
    forgetTitle: "למחוק הכול?",
    forgets: [
      "מי שמנגן כאן, ומה שנבחר בהגדרות.",
      "כל מה שתורגל, וההתקדמות בדרך.",
      "השירים שנוספו מקבצים.",
      "מה שנלמד על צליל הגיטרה ועל הכיוון שלה.",
    ],
    forgetsEnd: "גם מהעותקים שבמכשיר הזה. אין דרך להחזיר.",
    sure: "כן, למחוק הכול מהמכשיר הזה",
    sureOne: "כן, למחוק",
  },

  gate: {
    title: "שאלה למבוגרים",
    why: "לפני שנוגעים במה שנשמר, מבוגר עונה.",
    ask: (a: number, b: number) => `כמה זה ${number(a)} כפול ${number(b)}?`,
    go: "ממשיכים",
    again: "זה יצא אחרת. הנה שאלה אחרת.",
  },
};

/** Colours for who goes by one, with the word it is called by. */
export const COLOURS = [
  { name: "כחול", colour: "#1b5e8c" },
  { name: "ירוק", colour: "#3f6b3a" },
  { name: "סגול", colour: "#6a4a86" },
  { name: "בורדו", colour: "#8c2f3f" },
  { name: "טורקיז", colour: "#1f7a78" },
  { name: "חום", colour: "#7a5432" },
];
