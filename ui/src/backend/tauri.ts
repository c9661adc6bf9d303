/** The window's commands behind the {@link Backend} interface; adds nothing but one shape for errors. */
import { Channel } from "@tauri-apps/api/core";
import { he } from "../i18n/he";
import { commands, type AppError, type Update } from "./bindings";
import { BackendError, type Backend } from "./types";

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
  closeLesson: async () => {
    await settle(commands.closeLesson());
  },
};

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
