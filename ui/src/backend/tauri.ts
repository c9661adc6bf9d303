/** The window's commands behind the {@link Backend} interface; adds nothing but one shape for errors. */
import { Channel, invoke } from "@tauri-apps/api/core";
import { he } from "../i18n/he";
import { commands, type AppError, type CheckUpdate, type TunerUpdate, type Update } from "./bindings";
import { isPhone } from "./phone";
import { BackendError, type Access, type Backend } from "./types";

type Settled<T> = { status: "ok"; data: T } | { status: "error"; error: AppError };

export const tauri: Backend = {
  chords: () => settle(commands.chords()),
  inputDevices: () => settle(commands.inputDevices()),
  openLesson: async (chord, source, onUpdate) => {
    const updates = new Channel<Update>();
    updates.onmessage = onUpdate;
    await settle(commands.openLesson(chord, source, updates));
  },
  practice: async (chord) => {
    await settle(commands.practice(chord));
  },
  command: async (name) => {
    await settle(commands.command(name));
  },
  openDrill: async (drill, source, onUpdate) => {
    const updates = new Channel<Update>();
    updates.onmessage = onUpdate;
    await settle(commands.openDrill(drill, source, updates));
  },
  evidence: () => settle(commands.evidence()),
  playStrum: (mended) => settle(commands.playStrum(mended)),
  hushStrum: async () => {
    await settle(commands.hushStrum());
  },
  checkTogether: async () => {
    await settle(commands.checkTogether());
  },
  object: async () => {
    await settle(commands.object());
  },
  closeLesson: async () => {
    await settle(commands.closeLesson());
  },
  tunings: () => settle(commands.tunings()),
  ownTuning: () => settle(commands.ownTuning()),
  keepTuning: async (tuning, a4) => {
    await settle(commands.keepTuning(tuning, a4));
  },
  openTuner: async (tuning, a4, device, onUpdate) => {
    const updates = new Channel<TunerUpdate>();
    updates.onmessage = onUpdate;
    await settle(commands.openTuner(tuning, a4, device, updates));
  },
  aimTuner: async (string) => {
    await settle(commands.aimTuner(string));
  },
  sayTuner: async () => {
    await settle(commands.sayTuner());
  },
  hushTuner: async () => {
    await settle(commands.hushTuner());
  },
  openCheck: async (device, onUpdate) => {
    const updates = new Channel<CheckUpdate>();
    updates.onmessage = onUpdate;
    await settle(commands.openCheck(device, updates));
  },
  path: () => settle(commands.path()),
  chooseOrder: (order) => settle(commands.chooseOrder(order)),
  moveOn: (steps, back) => settle(commands.moveOn(steps, back)),
  songs: () => settle(commands.songs()),
  song: (id, easy) => settle(commands.song(id, easy)),
  importSong: () => settle(commands.importSong()),
  forgetSong: async (id) => {
    await settle(commands.forgetSong(id));
  },
  progress: () => settle(commands.progress()),
  microphoneAccess: async () => {
    // A computer asks by itself when the sound driver opens the microphone.
    if (!isPhone(navigator)) return "granted";
    const { microphone } = await settle(invoke<PhonePermissions>("plugin:prita-mobile|request_permissions", { request: { microphone: true, camera: false } }));
    if (accessOf(microphone) === "granted") await settle(invoke("plugin:prita-mobile|open_audio_session"));
    return accessOf(microphone);
  },
  openSettings: async () => {
    if (isPhone(navigator)) await settle(invoke("plugin:prita-mobile|open_settings"));
  },
  home: () => settle(commands.home()),
  admit: (name, settings) => settle(commands.admit(name, settings)),
  switchStudent: (id) => settle(commands.switchStudent(id)),
  choose: (settings) => settle(commands.choose(settings)),
  styles: () => settle(commands.styles()),
  exportProgress: () => settle(commands.exportProgress()),
  lookIntoProgress: () => settle(commands.lookIntoProgress()),
  importProgress: () => settle(commands.importProgress()),
  forgetStudent: (id) => settle(commands.forgetStudent(id)),
  forgetAll: async () => {
    await settle(commands.forgetAll());
  },
  today: (minutes) => settle(commands.today(minutes)),
};

/** What the phone's part of the app answers; `mobile/src/answers.rs`. */
type PhonePermission = "granted" | "denied" | "prompt" | "prompt-with-rationale" | "not-needed";
type PhonePermissions = { microphone: PhonePermission };

function accessOf(permission: PhonePermission): Access {
  if (permission === "granted" || permission === "not-needed") return "granted";
  return permission === "denied" ? "denied" : "prompt";
}

// A command that cannot fail answers plainly, one that can with a status.
async function settle<T>(call: Promise<T | Settled<T>>): Promise<T> {
  let answer: T | Settled<T>;
  try {
    answer = await call;
  } catch (error) {
    throw new BackendError(isAppError(error) ? error : { code: "unexpected", message: he.error.unexpected });
  }
  if (!isSettled(answer)) return answer;
  if (answer.status === "error") throw new BackendError(answer.error);
  return answer.data;
}

function isSettled<T>(answer: T | Settled<T>): answer is Settled<T> {
  return typeof answer === "object" && answer !== null && "status" in answer;
}

function isAppError(error: unknown): error is AppError {
  return typeof error === "object" && error !== null && "code" in error && "message" in error && !(error instanceof Error);
}
