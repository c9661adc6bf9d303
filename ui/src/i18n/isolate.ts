/**
 * What is not Hebrew, or may not be, inside Hebrew text that is no markup, so that neither moves the other's
 * signs: Latin names between U+2066 and U+2069, the first at the right; what a student wrote (a name, the title of a
 * song) between U+2068 and U+2069, in the direction of its own first letter.
 */
const START = "\u2066";
const EITHER = "\u2068";
const END = "\u2069";

export function isolate(token: string): string {
  return `${START}${token}${END}`;
}

export function setApart(written: string): string {
  return `${EITHER}${written}${END}`;
}

export function isolated(names: string[]): string {
  return names.map(isolate).join(" · ");
}
