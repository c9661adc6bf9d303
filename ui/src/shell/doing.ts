/** What the student goes off to practise, and which far screen that is. */

/**
 * One thing to practise, as the course names it: `item` is `chord:E:min`, `pair:E:min>A:min`,
 * `pattern:…`, `song:ID/1` or `step:ID`; `kind` is the course's kind of drill.
 */
export type Doing = { kind: string; item: string; minutes?: number };

export type Place = { screen: "tuner" } | { screen: "song"; song: string } | { screen: "practice"; chord: string } | { screen: "choose" };

/** Where one does it. What is no chord, no song and no tuning is practised by choosing freely. */
export function placeOf({ kind, item }: Doing): Place {
  if (kind === "tune") return { screen: "tuner" };
  const [what, rest = ""] = split(item);
  if (what === "song") return { screen: "song", song: rest.replace(/\/\d+$/, "") };
  const chord = rest.split(/[>\s]/)[0] ?? "";
  if ((what === "chord" || what === "pair") && chord !== "") return { screen: "practice", chord };
  return { screen: "choose" };
}

function split(item: string): [string, string?] {
  const at = item.indexOf(":");
  return at < 0 ? [item] : [item.slice(0, at), item.slice(at + 1)];
}
