/**
 * Where everything of the chord picture stands, in CSS pixels: nut, frets, discs, soundboard, bridge, and
 * the six strings over them. Pure arithmetic; draws nothing and knows nothing of what was heard.
 *
 * Index 0 is string 6 (thickest), index 5 string 1, as in a chord's `frets`.
 */
export const STRINGS = 6;

/** Half-widths and heights in string gaps, measured from the design pictures. */
const BOARD_OVERHANG = 0.46;
const BODY_OVERHANG = 0.585;
const NUMBER_OFFSET = 0.69;
const WIDTH_IN_GAPS = 6.62;
const FRET_IN_GAPS = 0.87;
const LEAST_BODY = 1.6;
const BOARD_SHARE = 0.5;
const THICKEST = 5.4;
const THINNEST = 2;
const FULL_GAP = 84;

export type Box = { x: number; y: number; width: number; height: number };
export type Space = { width: number; height: number; maxGap: number; lefty: boolean };
export type Layout = {
  gap: number;
  /** Centre of each string. */
  xs: number[];
  gauges: number[];
  openMarkY: number;
  openMarkRadius: number;
  nut: Box;
  board: Box;
  /** Lower edge (towards the body) of each fret shown: its metal wire. */
  wires: number[];
  firstFret: number;
  discRadius: number;
  fretNumberX: number;
  body: Box;
  rosette: { x: number; y: number; radius: number };
  bridge: Box;
  /** The point on the bridge where the strings end. */
  saddleY: number;
};

/** The frets a box shows: at least three, from the nut while the hand is near it, else from the lowest finger. */
export function fretWindow(frets: (number | null)[]): { first: number; count: number } {
  const pressed = frets.filter((fret): fret is number => fret !== null && fret > 0);
  const highest = Math.max(0, ...pressed);
  const lowest = Math.min(...pressed, highest);
  if (highest <= 5) return { first: 1, count: Math.max(3, highest) };
  return { first: lowest, count: Math.max(3, highest - lowest + 1) };
}

/** Distance of a fret's wire from the nut, as a share of the whole string. */
export function fretLaw(fret: number): number {
  return 1 - 2 ** (-fret / 12);
}

/** Height of wire `fret` within a box that shows `count` frets from `first`, 0–1. */
export function wireShare(fret: number, first: number, count: number): number {
  const start = fretLaw(first - 1);
  return (fretLaw(fret) - start) / (fretLaw(first + count - 1) - start);
}

/** Drawn thickness of a string, from thick to thin by equal steps of ratio. */
export function gauge(index: number, gap: number): number {
  const scale = Math.min(1, Math.max(0.72, gap / FULL_GAP));
  return THICKEST * (THINNEST / THICKEST) ** (index / (STRINGS - 1)) * scale;
}

/** How far a string's lens may swell to each side at full level; thick strings swing wider. */
export function reach(index: number, gap: number): number {
  return gap * (0.225 - (0.095 * index) / (STRINGS - 1));
}

export function layOut(space: Space, frets: (number | null)[]): Layout {
  const gap = Math.min(space.maxGap, space.width / WIDTH_IN_GAPS);
  const xs = stringCentres(space.width, gap, space.lefty);
  const left = Math.min(...xs);
  const across = gap * (STRINGS - 1);
  const window = fretWindow(frets);

  const openMarkRadius = Math.max(6.5, gap * 0.105);
  const openMarkY = openMarkRadius + 3;
  const nutHeight = Math.max(9, gap * 0.15);
  const nutTop = openMarkY + openMarkRadius + gap * 0.1;
  const boardTop = nutTop + nutHeight;
  const bridgeHeight = Math.max(22, gap * 0.37);
  const bodyEnd = space.height - 1;
  const bridgeTop = bodyEnd - Math.max(6, gap * 0.12) - bridgeHeight;
  const fretted = frettedHeight(gap * FRET_IN_GAPS, window.count, bridgeTop - boardTop, gap);
  const wires = Array.from(
    { length: window.count },
    (_, index) => boardTop + fretted * wireShare(window.first + index, window.first, window.count),
  );
  const boardEnd = boardTop + fretted + Math.max(5, gap * 0.1);
  const bodyTop = boardTop + fretted - 2;
  const body = { x: left - gap * BODY_OVERHANG, y: bodyTop, width: across + 2 * gap * BODY_OVERHANG, height: bodyEnd - bodyTop };
  const board = { x: left - gap * BOARD_OVERHANG, y: boardTop, width: across + 2 * gap * BOARD_OVERHANG, height: boardEnd - boardTop };
  return {
    gap,
    xs,
    gauges: xs.map((_, index) => gauge(index, gap)),
    openMarkY,
    openMarkRadius,
    nut: { x: board.x - 4, y: nutTop, width: board.width + 8, height: nutHeight },
    board,
    wires,
    firstFret: window.first,
    discRadius: Math.min(gap * 0.32, (fretted / window.count) * 0.44),
    fretNumberX: space.lefty ? left + across + gap * NUMBER_OFFSET : left - gap * NUMBER_OFFSET,
    body,
    rosette: rosette(left + across / 2, board.y + board.height, bridgeTop, gap),
    bridge: { x: body.x + 2, y: bridgeTop, width: body.width - 4, height: bridgeHeight },
    saddleY: bridgeTop,
  };
}

function stringCentres(width: number, gap: number, lefty: boolean): number[] {
  const left = (width - gap * (STRINGS - 1)) / 2;
  return Array.from({ length: STRINGS }, (_, index) => left + gap * (lefty ? STRINGS - 1 - index : index));
}

// A short picture loses soundboard first; only then do the frets close up.
function frettedHeight(fret: number, count: number, available: number, gap: number): number {
  return Math.max(0, Math.min(fret * count, Math.max(available - gap * LEAST_BODY, available * BOARD_SHARE)));
}

function rosette(x: number, boardEnd: number, bridgeTop: number, gap: number): { x: number; y: number; radius: number } {
  const free = bridgeTop - boardEnd;
  const radius = Math.min(gap * 1.38, free * 0.49);
  return { x, y: bridgeTop - radius - Math.min(gap * 0.3, Math.max(0, free - 2 * radius + gap * 0.1)), radius };
}

/** Where the sounding part of a string begins: the nut, or the wire its finger presses against. */
export function soundingFrom(layout: Layout, fret: number | null): number {
  if (fret === null || fret === 0) return layout.board.y;
  return layout.wires[fret - layout.firstFret] ?? layout.board.y;
}

/** Centre of the finger's disc: just behind its wire, on the nut's side. */
export function discY(layout: Layout, fret: number): number {
  return soundingFrom(layout, fret) - layout.discRadius - layout.gap * 0.035;
}

/** Middle of each fret shown, where its number stands. */
export function fretMiddles(layout: Layout): { fret: number; y: number }[] {
  return layout.wires.map((wire, index) => {
    const before = index === 0 ? layout.board.y : (layout.wires[index - 1] ?? layout.board.y);
    return { fret: layout.firstFret + index, y: (before + wire) / 2 };
  });
}
