/** Words of the list of songs. */
import { setApart } from "../isolate";
import { counted, type Noun } from "../numbers";

const CHORDS: Noun = { gender: "m", one: "אקורד", many: "אקורדים" };

export const songs = {
  title: "שירים",
  ready: "אפשר לנגן כבר",
  almost: "חסרים עוד אקורדים",
  mine: "מקבצים שלי",
  fromFile: "מקובץ",
  import: "להוסיף שיר מקובץ",
  added: (title: string) => `השיר ״${setApart(title)}״ נוסף.`,
  remove: (title: string) => `להסיר את ״${setApart(title)}״`,
  removeTitle: (title: string) => `להסיר את ״${setApart(title)}״?`,
  removes: ["השיר יוסר מהשירון. הקובץ שממנו הוא נוסף נשאר במקומו, ומה שכבר תורגל נשמר."],
  removeSure: "כן, להסיר את השיר",
  removeAct: "להסיר",
  removed: (title: string) => `השיר ״${setApart(title)}״ הוסר.`,
  loading: "רגע, פותחים את השירון",
  none: "עוד אין כאן שירים. אפשר להוסיף שיר מקובץ.",
  noneReady: "עוד אין שיר שכל האקורדים שלו מצלצלים.",
  nearest: (title: string) => `הכי קרוב: ״${setApart(title)}״. חסר`,
  missing: "חסר:",
  chords: (count: number) => counted(count, CHORDS),
  words: (name: string) => `מילים: ${name}`,
  tune: (name: string) => `לחן: ${name}`,
  both: (name: string) => `מילים ולחן: ${name}`,
  label: (title: string, chords: string, missing: string) => `${title}, ${chords}${missing === "" ? "" : `. חסר: ${missing}`}`,
};
