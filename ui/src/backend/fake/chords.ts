/** The chords of the scripted backend: the eight to choose from, and the others of its course and songs. */
import type { ChordCard } from "../types";
import { WIDE } from "./long";

const o = null;

export const CHORDS: ChordCard[] = [
  chord("E:min", "Em", "מי מינור", [0, 2, 2, 0, 0, 0], [o, 2, 3, o, o, o]),
  chord("E:maj", "E", "מי מז׳ור", [0, 2, 2, 1, 0, 0], [o, 2, 3, 1, o, o]),
  chord("A:min", "Am", "לה מינור", [o, 0, 2, 2, 1, 0], [o, o, 2, 3, 1, o]),
  chord("A:maj", "A", "לה מז׳ור", [o, 0, 2, 2, 2, 0], [o, o, 1, 2, 3, o]),
  chord("D:maj", "D", "רה מז׳ור", [o, o, 0, 2, 3, 2], [o, o, o, 1, 3, 2]),
  chord("D:min", "Dm", "רה מינור", [o, o, 0, 2, 3, 1], [o, o, o, 2, 3, 1]),
  chord("G:maj", "G", "סול מז׳ור", [3, 2, 0, 0, 0, 3], [2, 1, o, o, o, 3]),
  chord("C:maj", "C", "דו מז׳ור", [o, 3, 2, 0, 1, 0], [o, 3, 2, o, 1, o]),
];

const MORE: ChordCard[] = [
  chord("A:7", "A7", "לה שבע", [o, 0, 2, 0, 2, 0], [o, o, 2, o, 3, o]),
  chord("D:7", "D7", "רה שבע", [o, o, 0, 2, 1, 2], [o, o, o, 2, 1, 3]),
  chord("E:7", "E7", "מי שבע", [0, 2, 0, 1, 0, 0], [o, 2, o, 1, o, o]),
  chord("B:7", "B7", "סי שבע", [o, 2, 1, 2, 0, 2], [o, 2, 1, 3, o, 4]),
  chord("F:maj", "F", "פה מז׳ור", [o, o, 3, 2, 1, 1], [o, o, 3, 2, 1, 1]),
  chord("B:min", "Bm", "סי מינור", [o, 2, 4, 4, 3, 2], [o, 1, 3, 4, 2, 1]),
  chord("F#:min", "F#m", "פה דיאז מינור", [2, 4, 4, 2, 2, 2], [1, 3, 4, 1, 1, 1]),
];

export function named(name: string): ChordCard {
  const card = [...CHORDS, ...MORE, ...WIDE].find((one) => one.name === name);
  if (!card) throw new Error(`no chord ${name}`);
  return card;
}

function chord(id: string, name: string, hebrew: string, frets: ChordCard["frets"], fingers: ChordCard["fingers"]): ChordCard {
  return { chord: id, name, hebrew, hebrewSpoken: hebrew, frets, fingers };
}
