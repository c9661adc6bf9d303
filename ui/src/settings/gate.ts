/** A sum that a grown-up knows by heart and a small child does not, asked in words. */
export type Sum = { a: number; b: number };

/** Both factors six to nine, never the same sum twice running; `random` in [0, 1). */
export function ask(random: () => number, before: Sum | null = null): Sum {
  const draw = (): number => 6 + Math.floor(random() * 4);
  const sum = { a: draw(), b: draw() };
  if (before === null || sum.a !== before.a || sum.b !== before.b) return sum;
  return { a: sum.a, b: sum.b === 9 ? 6 : sum.b + 1 };
}

export function isRight(answer: string, { a, b }: Sum): boolean {
  return /^\d+$/.test(answer.trim()) && Number(answer.trim()) === a * b;
}
