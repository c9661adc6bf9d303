/** The list of songs in the order that helps: playable first, then by what is missing, the student's own files last. */
import type { SongCard } from "../backend";
import { isolated } from "../i18n/isolate";
import { songs as words } from "../i18n/he/songs";

export type Shelf = { name: "ready" | "almost" | "mine"; songs: SongCard[] };

/** Empty shelves are left out. */
export function shelves(all: SongCard[]): Shelf[] {
  const rest = all.filter(({ playable }) => !playable).sort((one, other) => one.missing.length - other.missing.length);
  const every: Shelf[] = [
    { name: "ready", songs: all.filter(({ playable }) => playable) },
    { name: "almost", songs: rest.filter(({ own }) => own) },
    { name: "mine", songs: rest.filter(({ own }) => !own) },
  ];
  return every.filter(({ songs }) => songs.length > 0);
}

/** The song that is nearest to being playable; none if one is already. */
export function nearest(all: SongCard[]): SongCard | null {
  const [first] = shelves(all);
  return first === undefined || first.name === "ready" ? null : (first.songs[0] ?? null);
}

/** «מילים: ביאליק · לחן: עממי» */
export function creditsOf({ words: lyrics, tune }: Pick<SongCard, "words" | "tune">): string {
  if (lyrics !== null && lyrics === tune) return words.both(lyrics);
  return [lyrics === null ? "" : words.words(lyrics), tune === null ? "" : words.tune(tune)].filter((part) => part !== "").join(" · ");
}

/** For a screen reader; `spokenOf` gives a chord's Hebrew name. */
export function labelOf({ title, chords, missing }: SongCard, spokenOf: (name: string) => string): string {
  const names = (all: string[]): string => all.map(spokenOf).join(", ");
  return words.label(title, names(chords), names(missing));
}

/** «הכי קרוב: ״בוקר אחד״. חסר Em.» */
export function nearestSentence(song: SongCard): string {
  return `${words.nearest(song.title)} ${isolated(song.missing)}.`;
}
