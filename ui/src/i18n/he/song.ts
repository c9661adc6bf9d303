/** Words of the song sheet. */
import { counted, inWords, type Noun } from "../numbers";

const CLICKS: Noun = { gender: "m", one: "קליק", many: "קליקים" };
const CHORDS: Noun = { gender: "m", one: "אקורד", many: "אקורדים" };

export const song = {
  kicker: (chords: number) => `שיר · ${counted(chords, CHORDS)}`,
  now: "עכשיו",
  next: "הבא",
  slower: "יותר לאט",
  stop: "די",
  loop: "לולאה",
  start: "מתחילים",
  again: "שוב",
  reading: "בלי מיקרופון",
  tempo: "פעימות לדקה",
  tempoShort: "בדקה",
  countIn: (beats: number) => `הכנה: ${counted(beats, CLICKS)}`,
  connecting: "רגע, מתחברים לשמיעה",
  ready: "פורטים פעם אחת, וסופרים יחד",
  retry: "לנסות שוב",
  settings: "להגדרות",
  lost: "נכנסים בשורה הבאה",
  loading: "רגע, פותחים את השיר",
  capo: (fret: number) => `קאפו בסריג ${inWords(fret, "f")}`,
  easier: "גרסה קלה",
  easyIsRead: "את הגרסה הקלה קוראים כאן. לניגון משותף חוזרים למה שנכתב.",
  original: "כמו שנכתב",
  strum: "פריטה",
  down: "למטה",
  up: "למעלה",
  strumLabel: (strokes: string) => `תבנית הפריטה: ${strokes}`,
  over: (chord: string, word: string) => (word === "" ? chord : `${chord}, על המילה ${word}`),
  section: { verse: "בית", chorus: "פזמון", bridge: "מעבר" },
  lineLabel: (words: string, chords: string) => (chords === "" ? words : `${words}. ${chords}`),
};
