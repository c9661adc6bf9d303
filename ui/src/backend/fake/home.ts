/**
 * Who plays here, for a plain browser: nobody (`first`), one student, or two (`settings-two`); refusals by
 * name. Nothing is kept beyond the page.
 */
import { LONG_STUDENTS } from "./long";
import { noticesOf as ofProgress } from "./progress";
import { BackendError, type Backend, type HomeView, type ImportView, type SettingsView, type StudentView, type StyleView } from "../types";

type Part = Pick<
  Backend,
  "home" | "admit" | "switchStudent" | "choose" | "styles" | "exportProgress" | "lookIntoProgress" | "importProgress" | "forgetStudent" | "forgetAll"
>;

const STYLES: StyleView[] = [
  { id: "patient", name: "סבלני", sample: "כדאי לעגל את הקמיצה עד שהמיתר מצלצל." },
  { id: "brief", name: "תמציתי", sample: "כדאי לעגל את הקמיצה." },
  { id: "playful", name: "שובב", sample: "שיניח לו לשיר: כדאי לעגל את הקמיצה." },
  { id: "child", name: "לילדים", sample: "נעגל יחד את הקמיצה, כמו גשר קטן." },
  { id: "strict", name: "קפדן", sample: "מעגלים את הקמיצה ופורטים שוב." },
];

const FILE: ImportView = {
  file: "prita-2026-11-20.json",
  students: [
    { name: "נועה", records: 42, replaces: 40, lost: 3 },
    { name: "אבא", records: 7, replaces: null, lost: 0 },
  ],
};

const LONG_FILE: ImportView = {
  file: "prita-backup-from-the-old-laptop-in-the-living-room-2026-11-20 (1).json",
  students: LONG_STUDENTS.map(({ name }, at) => ({ name, records: 42, replaces: at === 0 ? 40 : null, lost: at })),
};

export function usual(): SettingsView {
  return {
    address: "neutral",
    hand: "right",
    mirror: false,
    notes: "solfege",
    style: "patient",
    level: "beginner",
    colour: null,
    guitar: null,
    metronome: true,
    minutes: 7,
    order: "em-first",
  };
}

export function fakeHome(asked: string): Part {
  const home = beginning(asked);

  const refuse = (state: string, code: string, message: string): Promise<never> | null =>
    asked === state ? Promise.reject(new BackendError({ code, message })) : null;
  const shown = (): Promise<HomeView> => Promise.resolve(structuredClone(home));
  const full = "אין מקום לשמור את ההתקדמות. מפנים קצת מקום, ושום דבר לא הולך לאיבוד.";
  const unkept = (): Promise<never> | null =>
    refuse("settings-full", "progress_full", full) ??
    refuse("first-full", "progress_full", full) ??
    refuse("today-locked", "progress_busy", "ההתקדמות פתוחה עכשיו בחלון אחר. סוגרים אותו, ומנסים שוב.");

  function be(student: StudentView | null): void {
    home.current = student;
    home.settings = { ...home.settings, colour: student?.colour ?? null };
  }

  return {
    home: () => refuse("home-newer", "progress_newer", "את הקובץ כתבה תוכנה חדשה יותר. מתקינים אותה, וממשיכים.") ?? shown(),
    admit: (name, settings) => {
      const taken = home.students.some((student) => student.name === name);
      if (taken) return Promise.reject(new BackendError({ code: "student_taken", message: "השם הזה כבר מוכר כאן. בוחרים שם אחר." }));
      const refused = unkept();
      if (refused) return refused;
      const student = { id: home.students.length + 1, name: name ?? "אני", colour: settings.colour };
      home.students.push(student);
      home.settings = settings;
      be(student);
      return shown();
    },
    switchStudent: (id) => {
      be(home.students.find((student) => student.id === id) ?? null);
      return shown();
    },
    choose: (settings) => {
      const refused = unkept();
      if (refused) return refused;
      home.settings = settings;
      return shown();
    },
    styles: () => Promise.resolve(STYLES),
    exportProgress: () =>
      refuse("no-file", "nothing_chosen", "") ?? Promise.resolve({ file: "prita-2026-11-26.json", students: home.students.length, records: 42 }),
    lookIntoProgress: () =>
      refuse("no-file", "nothing_chosen", "") ??
      refuse("settings-foreign", "import_foreign", "זה לא קובץ של התקדמות. בוחרים קובץ אחר.") ??
      Promise.resolve(asked === "long" ? LONG_FILE : FILE),
    importProgress: () => {
      home.students = [
        { id: 1, name: "נועה", colour: null },
        { id: 2, name: "אבא", colour: null },
      ];
      be(home.students[0] ?? null);
      return shown();
    },
    forgetStudent: (id) => {
      home.students = home.students.filter((student) => student.id !== id);
      if (home.current?.id === id) be(home.students[0] ?? null);
      return shown();
    },
    forgetAll: () => {
      Object.assign(home, beginning("first"));
      return Promise.resolve();
    },
  };
}

function beginning(asked: string): HomeView {
  const noa: StudentView = { id: 1, name: "נועה", colour: null };
  const blue: StudentView = { id: 2, name: "כחול", colour: "#1b5e8c" };
  const students = asked === "long" ? structuredClone(LONG_STUDENTS) : asked === "first" || asked === "first-full" ? [] : asked === "settings-two" ? [noa, blue] : [noa];
  const lefty = localStorage.getItem("prita.lefty") === "yes";
  return {
    students,
    current: students[0] ?? null,
    settings: { ...usual(), hand: lefty ? "left" : "right", guitar: students.length > 0 ? "acoustic" : null },
    writable: asked !== "today-locked",
    notices: noticesOf(asked),
  };
}

function noticesOf(asked: string): string[] {
  if (asked === "today-locked") return ["ההתקדמות פתוחה עכשיו בחלון אחר של פריטה. כאן אפשר רק לראות אותה."];
  if (asked === "today-recovered") return ["קובץ ההתקדמות נפגם. הוא נשמר בצד: progress.damaged. חזר העותק הטוב האחרון, עד 23 בנובמבר. שום דבר לא אבד."];
  return ofProgress(asked);
}
