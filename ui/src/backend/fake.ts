/**
 * A backend for a plain browser: eight chords and scripted lessons, picked by `?state=`. It judges no sound
 * and opens no microphone; a production build leaves it out.
 */
import { CHORDS } from "./fake/chords";
import { fakeCourse } from "./fake/course";
import { fakeHome } from "./fake/home";
import { WIDE } from "./fake/long";
import { fakeToday } from "./fake/today";
import { drillScene } from "./fake/drill";
import { playScene } from "./fake/song";
import { songScene } from "./fake/songs";
import { isScene, scene, TROUBLES } from "./scenes";
import { checkScene, pinnedTo, STANDARD, tunerScene, TUNINGS } from "./tuning";
import { askedAlone, evidenceOf, inDoubt } from "./why";
import { BackendError, type Backend, type ChordCard, type TunerUpdate, type Update } from "./types";

export function fakeBackend(query: URLSearchParams): Backend {
  const asked = query.get("state") ?? "playing";
  let send: ((update: Update) => void) | null = null;
  let tell: ((update: TunerUpdate) => void) | null = null;
  // Plays the drill that is open from its beginning.
  let again: (() => void) | null = null;
  let verdict: Extract<Update, { kind: "verdict" }> | null = null;
  let about: number | null = null;
  let timer = 0;
  let current = CHORDS[0];
  let own = { tuning: "standard", a4: 440 };

  function play<T>(steps: { afterMs: number; update: T }[], to: (update: T) => void, at = 0): void {
    const step = steps[at];
    if (!step) return;
    const act = (): void => {
      to(step.update);
      play(steps, to, at + 1);
    };
    if (step.afterMs === 0) act();
    else timer = window.setTimeout(act, step.afterMs);
  }

  function tellPage(update: Update): void {
    if (update.kind === "verdict") verdict = update;
    if (update.kind === "feedback") about = update.feedback.string;
    send?.(update);
  }

  function stop(): void {
    window.clearTimeout(timer);
    send = null;
    tell = null;
    again = null;
  }

  function restart(): void {
    window.clearTimeout(timer);
    if (current && send) play(scene(isScene(asked) ? asked : "playing", current), tellPage);
  }

  return {
    chords: () => Promise.resolve(asked === "long" ? [...WIDE, ...CHORDS] : CHORDS),
    inputDevices: () =>
      Promise.resolve([
        { id: "built-in", name: "Built-in Microphone", isDefault: true },
        { id: "usb", name: "USB Audio", isDefault: false },
      ]),
    openLesson: (id, source, onUpdate) => {
      if (asked === "error") return Promise.reject(new BackendError({ code: "model_missing", message: "קובץ המודל חסר. מתקינים את התוכנה שוב, וממשיכים." }));
      if (source.kind === "recording" && asked === "no-file") return Promise.reject(new BackendError({ code: "nothing_chosen", message: "" }));
      stop();
      send = onUpdate;
      current = find(id);
      restart();
      if (source.kind === "demo") onUpdate({ kind: "status", status: "listening", source: "שיעור לדוגמה" });
      return Promise.resolve();
    },
    practice: (id) => {
      current = find(id);
      restart();
      return Promise.resolve();
    },
    command: (name) => {
      if (again && (name === "again" || name === "start")) again();
      else if (name === "again") restart();
      if (name === "next") {
        current = CHORDS[(CHORDS.findIndex((card) => card === current) + 1) % CHORDS.length];
        if (current) send?.({ kind: "chord", card: current });
        restart();
      }
      return Promise.resolve();
    },
    openDrill: (drill, _source, onUpdate) => {
      if (asked === "song-refused") return Promise.reject(new BackendError({ code: "model_missing", message: "קובץ המודל חסר. מתקינים את התוכנה שוב, וממשיכים." }));
      stop();
      again = () => {
        window.clearTimeout(timer);
        const id = drill.item.replace(/^song:|\/\d+$/g, "");
        if (drill.kind === "song") play(playScene(asked, songScene(asked, id, false)), onUpdate);
        else if (asked.startsWith("drill")) play(drillScene(drill, asked, CHORDS), onUpdate);
        else {
          // A lesson on the drill's chord, with its gates.
          const card = find(drill.item.replace(/^(chord|pair):/, "").split(">")[0] ?? "") ?? CHORDS[0];
          play([...drillScene(drill, "drill-ready", CHORDS), ...(card ? scene(isScene(asked) ? asked : "playing", card) : [])], onUpdate);
        }
      };
      again();
      return Promise.resolve();
    },
    evidence: () => Promise.resolve(evidenceOf(asked, current, verdict)),
    playStrum: () => {
      send?.({ kind: "speaking", speaking: true });
      timer = window.setTimeout(() => send?.({ kind: "speaking", speaking: false }), 1500);
      return Promise.resolve(asked !== "mute");
    },
    hushStrum: () => {
      send?.({ kind: "speaking", speaking: false });
      return Promise.resolve();
    },
    checkTogether: () => {
      if (about !== null) tellPage(askedAlone(about, false));
      return Promise.resolve();
    },
    object: () => {
      if (about !== null && verdict !== null) tellPage(inDoubt(verdict, about));
      if (about !== null) tellPage(askedAlone(about, true));
      return Promise.resolve();
    },
    closeLesson: () => {
      stop();
      return Promise.resolve();
    },
    tunings: () => Promise.resolve(TUNINGS),
    ownTuning: () => {
      const lost = asked === "tuner-forgotten" ? (TROUBLES["forgotten"] ?? null) : null;
      return Promise.resolve({ card: TUNINGS.find(({ id }) => id === own.tuning) ?? STANDARD, a4: own.a4, lost });
    },
    keepTuning: (tuning, a4) => {
      if (asked === "tuner-full") return Promise.reject(new BackendError({ code: "disk_full", message: "אין מקום בדיסק. מפנים קצת מקום, וממשיכים." }));
      own = { tuning, a4 };
      return Promise.resolve();
    },
    openTuner: (_tuning, _a4, _device, onUpdate) => {
      stop();
      tell = onUpdate;
      play(tunerScene(asked), (update) => tell?.(update));
      return Promise.resolve();
    },
    aimTuner: (string) => {
      window.clearTimeout(timer);
      tell?.(pinnedTo(string));
      return Promise.resolve();
    },
    sayTuner: () => {
      tell?.({ kind: "speaking", speaking: true });
      return Promise.resolve();
    },
    hushTuner: () => {
      tell?.({ kind: "speaking", speaking: false });
      return Promise.resolve();
    },
    openCheck: (_device, onUpdate) => {
      stop();
      play(checkScene(asked), onUpdate);
      return Promise.resolve();
    },
    ...fakeCourse(asked),
    microphoneAccess: () => Promise.resolve(asked === "denied" ? "denied" : "granted"),
    openSettings: () => Promise.resolve(),
    ...fakeHome(asked),
    ...fakeToday(asked, find),
  };
}

function find(id: string): ChordCard | undefined {
  return [...CHORDS, ...WIDE].find(({ chord: name }) => name === id);
}
