// The commands and types of the window, as the Rust side exports them. Not edited by hand once generated.
/* eslint-disable */
import { invoke as TAURI_INVOKE, Channel as TAURI_CHANNEL } from "@tauri-apps/api/core";

export const commands = {
  async chords(): Promise<ChordCard[]> {
    return await TAURI_INVOKE("chords");
  },
  async inputDevices(): Promise<InputDevice[]> {
    return await TAURI_INVOKE("input_devices");
  },
  async openLesson(chord: string, source: Source, updates: TAURI_CHANNEL<Update>): Promise<Result<null, AppError>> {
    return call("open_lesson", { chord, source, updates });
  },
  async practice(chord: string): Promise<Result<null, AppError>> {
    return call("practice", { chord });
  },
  async command(name: CommandName): Promise<Result<null, AppError>> {
    return call("command", { name });
  },
  async closeLesson(): Promise<void> {
    await TAURI_INVOKE("close_lesson");
  },
};

export type ChordCard = { chord: string; name: string; hebrew: string; hebrewSpoken: string; frets: [number | null, number | null, number | null, number | null, number | null, number | null]; fingers: [number | null, number | null, number | null, number | null, number | null, number | null] };
export type InputDevice = { id: string; name: string; isDefault: boolean };
export type Source = { kind: "microphone"; device: string | null } | { kind: "demo" } | { kind: "recording" };
export type StringView = { string: number; asked: boolean; state: "rings" | "dead" | "buzz" | "wrong_pitch" | "not_played" | "unsure"; heard: string | null; expected: string | null };
export type FeedbackView = { diagnosis: string; tip: string; basis: string; tipId: string; string: number | null };
export type TroubleView = { code: "microphone_missing" | "microphone_lost" | "too_noisy" | "clipping" | "narrow_band" | "silence" | "engine_down"; diagnosis: string; tip: string };
export type Update =
  | { kind: "status"; status: "connecting" | "listening" | "finished"; source: string }
  | { kind: "level"; level: number; peak: number; floor: number; strings: [number, number, number, number, number, number] }
  | { kind: "onset"; at: number }
  | { kind: "verdict"; verdict: "right" | "fault" | "unsure"; askString: number | null; strings: [StringView, StringView, StringView, StringView, StringView, StringView] }
  | { kind: "feedback"; feedback: FeedbackView }
  | { kind: "trouble"; trouble: TroubleView | null }
  | { kind: "speaking"; speaking: boolean }
  | { kind: "chord"; card: ChordCard };
export type CommandName = "again" | "next" | "why" | "stop";
export type AppError = { code: string; message: string };
export type Result<T, E> = { status: "ok"; data: T } | { status: "error"; error: E };

async function call<T>(name: string, args?: Record<string, unknown>): Promise<Result<T, AppError>> {
  try {
    return { status: "ok", data: await TAURI_INVOKE<T>(name, args) };
  } catch (error) {
    if (error instanceof Error) throw error;
    return { status: "error", error: error as AppError };
  }
}
