/**
 * The one door from the interface to the teacher. Two things stand behind it: the window's commands
 * (`tauri.ts`) and a script for a plain browser (`fake.ts`). No lesson logic lives here.
 */
import type {
  AppError,
  CheckUpdate,
  ChordCard,
  CommandName,
  InputDevice,
  Source,
  TunerUpdate,
  TuningCard,
  TuningView,
  Update,
} from "./bindings";

export type {
  AppError,
  CheckUpdate,
  ChordCard,
  CommandName,
  FeedbackView,
  GuideView,
  InputDevice,
  NoteCard,
  Source,
  StatusView,
  StringView,
  TroubleView,
  TunerUpdate,
  TuningCard,
  TuningView,
  Update,
} from "./bindings";

/** Whether the system lets the app hear. `prompt`: it will ask when it is asked. */
export type Access = "granted" | "denied" | "prompt";

/** Every call rejects with {@link BackendError} and with nothing else. */
export type Backend = {
  chords(): Promise<ChordCard[]>;
  inputDevices(): Promise<InputDevice[]>;
  openLesson(chord: string, source: Source, onUpdate: (update: Update) => void): Promise<void>;
  practice(chord: string): Promise<void>;
  command(name: CommandName): Promise<void>;
  /** Ends whatever listens: the lesson, the tuner or the check of the sound. */
  closeLesson(): Promise<void>;
  tunings(): Promise<TuningCard[]>;
  /** How the student's own guitar is tuned, as it was chosen last. */
  ownTuning(): Promise<TuningView>;
  /** Keeps that choice: the lessons judge by it. */
  keepTuning(tuning: string, a4: number): Promise<void>;
  /** One thing listens at a time: opening closes what was open. `a4` in Hz, 430–446. */
  openTuner(tuning: string, a4: number, device: string | null, onUpdate: (update: TunerUpdate) => void): Promise<void>;
  /** Holds the tuner to one string, or lets it find the string by itself. */
  aimTuner(string: number | null): Promise<void>;
  /** Says aloud what stands on the tuner's screen. */
  sayTuner(): Promise<void>;
  hushTuner(): Promise<void>;
  openCheck(device: string | null, onUpdate: (update: CheckUpdate) => void): Promise<void>;
  /** Asks for the microphone where a system grants it (phones); a computer answers at once. */
  microphoneAccess(): Promise<Access>;
  /** Where a refusal is taken back: the system's page of this app. */
  openSettings(): Promise<void>;
};

/** What went wrong, in Hebrew and with the way out. */
export class BackendError extends Error {
  readonly code: string;

  constructor({ code, message }: AppError) {
    super(message);
    this.name = "BackendError";
    this.code = code;
  }
}
