/**
 * The one door from the interface to the teacher. Two things stand behind it: the window's commands
 * (`tauri.ts`) and a script for a plain browser (`fake.ts`). No lesson logic lives here.
 */
import type { AppError, ChordCard, CommandName, InputDevice, Source, Update } from "./bindings";

export type {
  AppError,
  ChordCard,
  CommandName,
  FeedbackView,
  InputDevice,
  Source,
  StringView,
  TroubleView,
  Update,
} from "./bindings";

/** Every call rejects with {@link BackendError} and with nothing else. */
export type Backend = {
  chords(): Promise<ChordCard[]>;
  inputDevices(): Promise<InputDevice[]>;
  openLesson(chord: string, source: Source, onUpdate: (update: Update) => void): Promise<void>;
  practice(chord: string): Promise<void>;
  command(name: CommandName): Promise<void>;
  closeLesson(): Promise<void>;
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
