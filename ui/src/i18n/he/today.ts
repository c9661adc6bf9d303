/** Today's programme. */
import { minutes } from "../count";

export const today = {
  title: (length: number) => `היום: ${minutes(length)}`,
  plainTitle: "היום",
  lengths: "כמה זמן היום",
  length: (length: number) => `${length} דקות`,
  programme: "מה מנגנים היום",
  first: (chord: string) => `${chord}, האקורד הראשון`,
  firstWhy: "קודם יושבים נוח ומכוונים, ואז מניחים אצבעות.",
  away: "אחרי הפסקה מתחילים ממה שקל.",
  start: "מתחילים",
  goOn: "ממשיכים",
  finished: "כבר נוגן",
  done: "להיום מספיק.",
  more: "עוד קצת",
  retry: "לנסות שוב",
  otherChord: "אקורד אחר",
  loading: "רגע, מכינים את היום",
};

export const reading = {
  next: "הבא",
  before: "הקודם",
  place: (at: number, of: number) => `${at} מתוך ${of}`,
};
