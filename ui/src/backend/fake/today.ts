/** Today's plan for a plain browser: a usual day, a first one, one after a break, one that is done; refusals. */
import { longDay } from "./long";
import { BackendError, type Backend, type ChordCard, type TaskView, type TodayView } from "../types";

type Find = (chord: string) => ChordCard | undefined;
type Kind = TaskView["target"]["kind"];

const EM = "\u2066Em\u2069";
const AM = "\u2066Am\u2069";

export function fakeToday(asked: string, find: Find): Pick<Backend, "today"> {
  return {
    today: (minutes) => {
      if (asked === "today-loading") return new Promise<TodayView>(() => undefined);
      if (asked === "today-damaged") {
        return Promise.reject(new BackendError({ code: "progress_damaged", message: "קובץ ההתקדמות לא שלם. סוגרים את החלון האחר ומנסים שוב." }));
      }
      return Promise.resolve(dayOf(asked, minutes ?? 7, find));
    },
  };
}

function dayOf(asked: string, minutes: number, find: Find): TodayView {
  const day: TodayView = {
    date: "יום שני, 23 בנובמבר",
    minutes,
    state: "usual",
    tasks: usualTasks(minutes, find),
    week: "ארבעה ימי נגינה מתוך שבעה. יום חופש לא מוחק כלום.",
    better: "המיתר השלישי מצלצל עכשיו בשש מעשר פריטות. לפני שבוע: שתיים.",
  };
  if (asked === "today-new") return { ...day, state: "new", tasks: firstTasks(find), week: "", better: "" };
  if (asked === "today-away") return { ...day, state: "away", tasks: day.tasks.slice(0, 2), week: "עוד לא ניגנו השבוע. יום חופש לא מוחק כלום." };
  if (asked === "long") return longDay(day);
  if (asked === "today-done") return { ...day, state: "done" };
  return day;
}

function usualTasks(minutes: number, find: Find): TaskView[] {
  const tune = task(1, "tune", "step:setup.tune", "כיוון", "תמיד מתחילים מכאן.", 1, []);
  const clean = task(2, "strum", "chord:E:min", `${EM} נקי`, "אתמול נחנק המיתר השלישי, ארבע פעמים מעשר.", 2, cards(find, "E:min"));
  const changes = task(3, "changes", "pair:E:min>A:min", `מעברים בין ${EM} ל־${AM}`, "22 בדקה. בשלושים ממשיכים הלאה.", 1, cards(find, "E:min", "A:min"));
  const song = { ...task(4, "song", "song:hine-ma-tov/1", "״הנה מה טוב״", "שיר שלם עם שני האקורדים האלה.", 3, cards(find, "E:min", "A:min")), song: "hine-ma-tov" };
  if (minutes <= 5) return [tune, { ...clean, minutes: 1.5 }, { ...song, id: "3-song", minutes: 2.5 }];
  if (minutes <= 7) return [tune, clean, changes, song];
  const pattern = task(4, "pattern", "pattern:D-D-D-D-", "פריטה למטה, ארבע פעימות", "הדפוס של השיר הבא.", 4, cards(find, "A:min"));
  const place = task(5, "place", "chord:A:min", `מניחים ${AM}`, "האצבעות מחפשות עוד את המקום.", 3, cards(find, "A:min"));
  return [tune, { ...clean, minutes: 4 }, { ...changes, minutes: 3 }, pattern, place, { ...song, id: "6-song", minutes: 5 }];
}

function firstTasks(find: Find): TaskView[] {
  const hold = task(1, "hold", "step:setup.hold", "יושבים עם הגיטרה", "כשיושבים נוח, האצבעות מגיעות לבד.", 1, []);
  hold.lines = ["יושבים זקוף על כיסא בלי ידיות, והגיטרה על הירך, קרוב לגוף.", "היד שלוחצת מחזיקה את הצוואר בעדינות, והאגודל נח מאחוריו."];
  const tune = task(2, "tune", "step:setup.tune", "מכוונים את הגיטרה", "על גיטרה מכוונת גם האקורד הראשון נשמע טוב.", 1, []);
  const place = task(3, "place", "chord:E:min", `מניחים את האצבעות: ${EM}`, `האקורד הבא בדרך הוא ${EM}.`, 3, cards(find, "E:min"));
  const song = { ...task(4, "song", "song:boker-ehad/1", "שיר: בוקר אחד", "השיר מחכה לאקורד שעוד לומדים, אז מנגנים לאט.", 2, cards(find, "E:min")), song: "boker-ehad" };
  return [hold, tune, place, song];
}

function cards(find: Find, ...chords: string[]): ChordCard[] {
  return chords.map(find).filter((card) => card !== undefined);
}

function task(place: number, kind: Kind, item: string, title: string, why: string, minutes: number, chords: ChordCard[]): TaskView {
  const target = {
    kind,
    seconds: minutes * 60,
    bars: null,
    tempo: null,
    countIn: null,
    clean: null,
    inARow: null,
    perMinute: null,
    goal: null,
    onBeatOne: null,
  };
  return { id: `${place}-${kind}`, item, title, why, minutes, target, chords, song: null, lines: [] };
}
