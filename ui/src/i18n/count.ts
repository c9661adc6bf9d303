/** What a sentence counts: one and two have forms of their own; up to ten, and whole tens, are words. */
import { inWords, type Gender } from "./numbers";

/** A noun in its forms: alone, two of it (whole), and many. */
export type Noun = { one: string; two: string; many: string; gender: Gender };

const MINUTE: Noun = { one: "דקה", two: "שתי דקות", many: "דקות", gender: "f" };
const PRACTICE: Noun = { one: "תרגול אחד", two: "שני תרגולים", many: "תרגולים", gender: "m" };
const PLAYER: Noun = { one: "נגן אחד או נגנית אחת", two: "שניים שמנגנים כאן", many: "שמנגנים כאן", gender: "m" };

/** «דקה», «שתי דקות», «שבע דקות», «12 דקות» */
export function counted(count: number, { one, two, many, gender }: Noun): string {
  if (count === 1) return one;
  if (count === 2) return two;
  return `${said(count, gender)} ${many}`;
}

/** Minutes in words; halves are said, finer parts rounded to them: «דקה וחצי», «שתי דקות». */
export function minutes(count: number): string {
  const halves = Math.max(1, Math.round(count * 2));
  const whole = Math.floor(halves / 2);
  if (whole === 0) return "חצי דקה";
  const said = counted(whole, MINUTE);
  return halves % 2 === 1 ? `${said} וחצי` : said;
}

export function practices(count: number): string {
  return counted(count, PRACTICE);
}

export function players(count: number): string {
  return counted(count, PLAYER);
}

/** A feminine number by itself, as in a sum: «שבע», «עשרים». */
export function number(value: number): string {
  return said(value, "f");
}

function said(count: number, gender: Gender): string {
  return count <= 10 || count % 10 === 0 ? inWords(count, gender) : String(count);
}
