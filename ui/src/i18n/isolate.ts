/** Latin names inside Hebrew text that is no markup: isolated, U+2066 … U+2069, the first at the right. */
const START = "\u2066";
const END = "\u2069";

export function isolate(token: string): string {
  return `${START}${token}${END}`;
}

export function isolated(names: string[]): string {
  return names.map(isolate).join(" · ");
}
