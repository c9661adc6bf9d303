/** Hebrew numbers in words, 0–999, by gender, and counted nouns. Above that digits are easier to read. */
export type Gender = "m" | "f";
/** `two` where the language has a word of its own («יומיים»), else «שני …», «שתי …». */
export type Noun = { gender: Gender; one: string; many: string; two?: string };

const UNITS: Record<Gender, string[]> = {
  m: ["אפס", "אחד", "שניים", "שלושה", "ארבעה", "חמישה", "שישה", "שבעה", "שמונה", "תשעה", "עשרה"],
  f: ["אפס", "אחת", "שתיים", "שלוש", "ארבע", "חמש", "שש", "שבע", "שמונה", "תשע", "עשר"],
};
const TEEN: Record<Gender, string> = { m: "עשר", f: "עשרה" };
const TENS = ["", "", "עשרים", "שלושים", "ארבעים", "חמישים", "שישים", "שבעים", "שמונים", "תשעים"];

export function inWords(value: number, gender: Gender): string {
  const number = Math.round(value);
  if (number < 0 || number > 999) return String(number);
  if (number > 99) return hundreds(number, gender);
  if (number < 11) return UNITS[gender][number] ?? "";
  // «שנים עשר», «שתים עשרה»: the two is cut short.
  if (number === 12) return gender === "m" ? "שנים עשר" : "שתים עשרה";
  if (number < 20) return `${UNITS[gender][number - 10] ?? ""} ${TEEN[gender]}`;
  const unit = number % 10;
  const ten = TENS[(number - unit) / 10] ?? "";
  return unit === 0 ? ten : `${ten} ו${UNITS[gender][unit] ?? ""}`;
}

function hundreds(number: number, gender: Gender): string {
  const rest = number % 100;
  const count = (number - rest) / 100;
  const hundred = count === 1 ? "מאה" : count === 2 ? "מאתיים" : `${UNITS.f[count] ?? ""} מאות`;
  if (rest === 0) return hundred;
  const words = inWords(rest, gender);
  return words.includes(" ו") ? `${hundred} ${words}` : `${hundred} ו${words}`;
}

/** «יום אחד», «יומיים», «שלושה ימים»; `digits` keeps the number as a figure from three on. */
export function counted(value: number, { gender, one, many, two }: Noun, digits = false): string {
  const number = Math.round(value);
  if (number === 1) return `${one} ${UNITS[gender][1] ?? ""}`;
  if (number === 2) return two ?? `${gender === "m" ? "שני" : "שתי"} ${many}`;
  return `${digits ? String(number) : inWords(number, gender)} ${many}`;
}
