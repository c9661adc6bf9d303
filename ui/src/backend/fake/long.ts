/**
 * The state `long`: a household, songs and chords with the longest names and the most things that a student
 * may bring along. What the screens make of it is looked at in several sizes.
 */
import type { ChordCard, ProgressView, SongCard, SongView, StudentView, TodayView } from "../types";

const o = null;
export const WIDE: ChordCard[] = [
  { chord: "F#:min7b5", name: "F#m7b5", hebrew: "פה דיאז מינור שבע במול חמש", hebrewSpoken: "פה דיאז מינור שבע במול חמש", frets: [2, o, 2, 2, 1, o], fingers: [2, o, 3, 4, 1, o] },
  { chord: "C#:min7b5", name: "C#m7b5", hebrew: "דו דיאז מינור שבע במול חמש", hebrewSpoken: "דו דיאז מינור שבע במול חמש", frets: [o, 4, 5, 4, 5, o], fingers: [o, 1, 3, 2, 4, o] },
  { chord: "G#:maj7", name: "G#maj7", hebrew: "סול דיאז מז׳ור שבע גדול", hebrewSpoken: "סול דיאז מז׳ור שבע גדול", frets: [o, 11, 13, 12, 13, o], fingers: [o, 1, 3, 2, 4, o] },
];
const NAMES = WIDE.map(({ name }) => name);
const SET_APART = NAMES.map((name) => `\u2066${name}\u2069`);

export const LONG_STUDENTS: StudentView[] = [
  { id: 1, name: "נועה־Alexandra 🎸 מרמת השרון (Joséphine) ב3", colour: null },
  { id: 2, name: "Maximilian-Constantin von Habsburg-Lothr", colour: "#1b5e8c" },
  { id: 3, name: "אבגדהוזחטיכלמנסעפצקרשתאבגדהוזחטיכלמנסעפצ", colour: null },
];

const TITLE = "השיר הארוך ביותר שכתבנו (feat. The Rolling Stones) על הדרך לירושלים, חלק 2 מתוך 3";

export function longSongs(): SongCard[] {
  const card = (id: string, title: string, own: boolean, chords: string[]): SongCard => ({
    id,
    title,
    own,
    playable: own && chords.length === 1,
    chords,
    missing: chords.slice(1),
    words: own ? "רחל בלובשטיין סלע, ותרגום של Johann Wolfgang von Goethe" : null,
    tune: own ? "שמואל כהן, על פי לחן עממי" : null,
  });
  const many = Array.from({ length: 36 }, (_, at) => card(`long-${at}`, `שיר מספר ${at + 1}`, true, NAMES.slice(0, 1 + (at % 3))));
  return [
    card("long", TITLE, true, NAMES),
    ...many,
    card("file-long", TITLE, false, [...NAMES, "Em", "Am", "D", "G", "C", "F"]),
    card("file-word", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf.mxl", false, NAMES),
    card("file-latin", "Supercalifragilistic: the very long song (live at Wembley, 1986) — part 2 of 3", false, NAMES),
  ];
}

export function longSong(): SongView {
  const [card] = longSongs();
  if (!card) throw new Error("no long song");
  const line = (...texts: string[]) => ({ parts: texts.map((text, at) => ({ chord: NAMES[at % 3] ?? null, id: WIDE[at % 3]?.chord ?? null, text })) });
  return {
    card,
    beats: 4,
    time: "4/4",
    tempo: 60,
    capo: 0,
    strum: "D-DU-UDU",
    source: `מילים: ${card.words ?? ""}. לחן: ${card.tune ?? ""}. האקורדים שלנו`,
    sections: [
      {
        kind: "verse",
        label: null,
        lines: [
          line("הדרך ארוכה והיא מתפתלת בין ההרים הגבוהים עד הים, ", "ואנחנו הולכים בה יום אחרי יום ", "ולילה אחרי לילה, שרים את השיר הזה"),
          line("א", "ב", "ג", "ד", "ה", "ו"),
          line("אנציקלופדיותיהםשלהמתמטיקאיםהגדולים ", "הללו", "יה"),
          line("Supercalifragilisticexpialidocious ", "even though ", "the sound of it is something quite atrocious"),
        ],
      },
      { kind: "chorus", label: "פזמון שחוזר אחרי כל בית, and then the bridge (x2)", lines: [line("שרים ", "את ", "השיר")] },
    ],
    boxes: WIDE,
    easier: { capo: 1, chords: [...NAMES, "Em", "Am", "D"] },
    easy: false,
  };
}

export function longDay(day: TodayView): TodayView {
  const [first, second] = SET_APART;
  const titles = ["כיוון", `${first ?? ""} נקי`, `מעברים בין ${first ?? ""} ל־${second ?? ""}`, `״${TITLE}״`];
  return { ...day, tasks: day.tasks.map((task, at) => ({ ...task, title: titles[at] ?? task.title, why: `${task.why} ${SET_APART.join(", ")}.` })) };
}

export function longProgress(usual: ProgressView): ProgressView {
  const [from, to] = WIDE;
  if (!usual.strings || !usual.changes || !from || !to) return usual;
  return { ...usual, strings: { ...usual.strings, card: from }, changes: { ...usual.changes, from, to } };
}
