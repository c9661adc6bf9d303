/**
 * The shapes a string's line takes: lens, zigzag, bend. Pure path strings in CSS pixels; which state gets
 * which line is decided by the component that draws it.
 */
export type Span = { x: number; from: number; to: number };

/** Outline of a swinging string: pointed at both ends, `half` wide to each side in the middle. */
export function lens({ x, from, to }: Span, half: number): string {
  const length = to - from;
  const pull = (half * 4) / 3;
  const first = round(from + length * 0.3);
  const second = round(from + length * 0.7);
  const out = `C${round(x + pull)} ${first} ${round(x + pull)} ${second} ${round(x)} ${round(to)}`;
  const back = `C${round(x - pull)} ${second} ${round(x - pull)} ${first} ${round(x)} ${round(from)}`;
  return `M${round(x)} ${round(from)}${out}${back}Z`;
}

/** One faint line inside the lens, at `share` (−1–1) of its half-width. */
export function core({ x, from, to }: Span, half: number, share: number): string {
  const length = to - from;
  const pull = (half * share * 4) / 3;
  return `M${round(x)} ${round(from)}C${round(x + pull)} ${round(from + length * 0.3)} ${round(x + pull)} ${round(from + length * 0.7)} ${round(x)} ${round(to)}`;
}

/** A buzzing string: a zigzag that grows towards the middle. */
export function zigzag({ x, from, to }: Span, half: number): string {
  const length = to - from;
  const teeth = Math.max(6, Math.round(length / 13));
  let path = `M${round(x)} ${round(from)}`;
  for (let tooth = 1; tooth < teeth; tooth += 1) {
    const share = tooth / teeth;
    const swing = half * (0.3 + 0.7 * Math.sin(Math.PI * share)) * (tooth % 2 === 0 ? -1 : 1);
    path += `L${round(x + swing)} ${round(from + length * share)}`;
  }
  return `${path}L${round(x)} ${round(to)}`;
}

/** A string that sounds another note: bent off its place. */
export function bend({ x, from, to }: Span, half: number): string {
  return `M${round(x)} ${round(from)}L${round(x + half)} ${round((from + to) / 2)}L${round(x)} ${round(to)}`;
}

export function straight({ x, from, to }: Span): string {
  return `M${round(x)} ${round(from)}V${round(to)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
