/** Display text as it comes from the backend: Latin tokens stand between U+2066 and U+2069. */
export type Part = { latin: boolean; text: string };

export function partsOf(text: string): Part[] {
  const parts = text.split(/\u2066([^\u2069]*)\u2069/);
  return parts.map((part, index) => ({ latin: index % 2 === 1, text: part })).filter((part) => part.text !== "");
}

/** A Latin token set apart, for a sentence that {@link partsOf} takes apart again. */
export function isolated(token: string): string {
  return `\u2066${token}\u2069`;
}

/** The same without the marks, for a label. */
export function plain(text: string): string {
  return text.replace(/[\u2066\u2069]/g, "");
}
