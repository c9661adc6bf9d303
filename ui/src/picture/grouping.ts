/**
 * Which words stand under the strings and where: equal neighbours share one rule and one word, the one
 * spoken string takes the large word, and words that would touch step half a line down or stay away.
 */
import { he } from "../i18n/he";
import type { Shown, ShownString } from "./states";

export type Group = { state: Shown; from: number; to: number };
export type Word = { text: string; x: number; row: 0 | 1 };
export type Rule = { from: number; to: number };
export type Caption = { rules: Rule[]; words: Word[]; large: (Word & { state: Shown }) | null };
export type Measures = { xs: number[]; gap: number; width: number; small: number; large: number };

/** Widest average advance of a letter over the words in use, in ems: Heebo 500, Frank Ruhl Libre 800. */
const SMALL_ADVANCE = 0.57;
const LARGE_ADVANCE = 0.47;

/** Runs of equal neighbours along the strings; `apart` stands alone whatever its neighbours are. */
export function groupNeighbours(strings: ShownString[], apart: number | null): Group[] {
  const groups: Group[] = [];
  strings.forEach(({ string, state }, index) => {
    const last = groups.at(-1);
    const joins = last?.state === state && string !== apart && strings[index - 1]?.string !== apart;
    if (last && joins) last.to = index;
    else groups.push({ state, from: index, to: index });
  });
  return groups;
}

/** The words for a set of strings; `spoken` is the string number the sentence is about. */
export function caption(strings: ShownString[], spoken: number | null, measures: Measures): Caption {
  const groups = groupNeighbours(strings, spoken);
  const singled = groups.find(({ from, to }) => from === to && strings[from]?.string === spoken);
  const large = singled ? largeWord(singled, measures) : null;
  const rules: Rule[] = [];
  const words: Word[] = [];
  for (const group of inReadingOrder(groups, measures.xs)) {
    if (group === singled || he.stateWord(group.state, 1) === "") continue;
    const rule = ruleOf(group, measures);
    if (group.from !== group.to) rules.push(rule);
    const word = smallWord(group, rule, words, measures);
    if (word && !isDropped(group, word, large, measures)) words.push(word);
  }
  if (large && words.some((word) => overlap(word, large, measures, measures.gap * 0.04))) large.row = 1;
  return { rules, words, large };
}

function inReadingOrder(groups: Group[], xs: number[]): Group[] {
  return [...groups].sort((one, other) => (xs[one.from] ?? 0) - (xs[other.from] ?? 0));
}

function ruleOf({ from, to }: Group, { xs, gap }: Measures): Rule {
  const ends = [xs[from] ?? 0, xs[to] ?? 0];
  return { from: Math.min(...ends) - gap * 0.16, to: Math.max(...ends) + gap * 0.16 };
}

function smallWord(group: Group, rule: Rule, before: Word[], measures: Measures): Word | null {
  const text = he.stateWord(group.state, group.to - group.from + 1);
  if (text === "") return null;
  const half = (text.length * measures.small * SMALL_ADVANCE) / 2;
  const x = clamp((rule.from + rule.to) / 2, half, measures.width - half);
  const word: Word = { text, x, row: 0 };
  const last = before.at(-1);
  if (last?.row === 0 && overlap(last, word, measures, 4)) word.row = 1;
  return word;
}

function largeWord({ state, from }: Group, measures: Measures): Word & { state: Shown } {
  const text = he.stateWord(state, 1);
  const half = (text.length * measures.large * LARGE_ADVANCE) / 2;
  return { text, state, row: 0, x: clamp(measures.xs[from] ?? 0, half, measures.width - half) };
}

// A lone ringing string beside the large word keeps its disc and drops the word.
function isDropped({ state, from, to }: Group, word: Word, large: Word | null, measures: Measures): boolean {
  return state === "rings" && from === to && large !== null && overlap(word, large, measures, measures.gap * 0.1);
}

function overlap(word: Word, other: Word, measures: Measures, margin: number): boolean {
  return Math.abs(word.x - other.x) < halfWidth(word, measures) + halfWidth(other, measures) + margin;
}

function halfWidth(word: Word, { small, large }: Measures): number {
  return (word.text.length * ("state" in word ? large * LARGE_ADVANCE : small * SMALL_ADVANCE)) / 2;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
