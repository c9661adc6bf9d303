/** A song as it is played, step by step: what a drill would send in each state of the sheet. */
import type { DrillView, FeedbackView, PlaceView, SongView, Update } from "../types";
import { TROUBLES } from "../scenes";

export type SongStep = { afterMs: number; update: Update };

export const SAID: FeedbackView = { diagnosis: "המעבר לאקורד החדש מאחר.", tip: "כדאי לעזוב את האקורד הישן קצת קודם.", basis: "לפי הצליל · פעמיים מתוך שלוש", tipId: "R03", string: null, cause: false };

export function playScene(state: string, song: SongView): SongStep[] {
  const at = (phase: DrillView["phase"], place: PlaceView, beat: number): Update => ({ kind: "drill", drill: drill(song, phase, place, beat) });
  const first = { section: 0, line: 0, part: 0 };
  const second = { section: 0, line: 1, part: 1 };
  const open: Update[] = [{ kind: "status", status: "listening", source: "" }, { kind: "level", level: 0.05, peak: 0.2, floor: 0.004, strings: [0, 0, 0, 0, 0, 0] }];
  switch (state) {
    case "song-connecting":
      return [];
    case "song-ready":
      return now(...open, at("ready", first, 0));
    case "song-count":
      return now(...open, at("countIn", first, 3));
    case "song-lost":
      return now(...open, at("rejoin", { section: 0, line: 2, part: 0 }, 2));
    case "song-said":
      return now(...open, at("playing", { section: 0, line: 2, part: 0 }, 1), { kind: "feedback", feedback: SAID });
    case "song-over":
      return now(...open, { kind: "drill", drill: { ...drill(song, "over", second, 0), outcome: { reached: "רוב הפריטות היו במקום.", next: "כדאי עוד פעם, קצת יותר לאט." } } });
    case "song-no-mic":
      return now({ kind: "trouble", trouble: TROUBLES["missing"] ?? null });
    case "song-noisy":
      return now(...open, at("playing", second, 3), { kind: "trouble", trouble: TROUBLES["noisy"] ?? null });
    case "song-playing":
      return walk(song, open);
    default:
      return now(...open, at("playing", second, 3));
  }
}

// Through the first two lines, a beat every half second.
function walk(song: SongView, open: Update[]): SongStep[] {
  const beats: SongStep[] = [];
  (song.sections[0]?.lines.slice(0, 4) ?? []).forEach(({ parts }, line) => {
    parts.forEach((_, part) => {
      for (let beat = 1; beat <= 4; beat += 1) beats.push({ afterMs: 500, update: { kind: "drill", drill: drill(song, "playing", { section: 0, line, part }, beat) } });
    });
  });
  const counted = [1, 2, 3, 4].map((beat): SongStep => ({ afterMs: 500, update: { kind: "drill", drill: drill(song, "countIn", { section: 0, line: 0, part: 0 }, beat) } }));
  return [...now(...open), ...counted, ...beats];
}

function drill(song: SongView, phase: DrillView["phase"], place: PlaceView, beat: number): DrillView {
  return {
    drill: "song",
    phase,
    beat: beat === 0 ? null : { now: beat, of: song.beats },
    bar: null,
    bpm: song.tempo,
    chord: null,
    next: null,
    string: null,
    other: null,
    place,
    changes: null,
    secondsLeft: null,
    clean: 0,
    tries: 0,
    inARow: 0,
    goal: null,
    outcome: null,
  };
}

function now(...updates: Update[]): SongStep[] {
  return updates.map((update) => ({ afterMs: 0, update }));
}
