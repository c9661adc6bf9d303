import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands } from "./bindings";
import { tauri } from "./tauri";
import { BackendError } from "./types";

vi.mock("./bindings", () => ({ commands: { chords: vi.fn(), practice: vi.fn() } }));

const chords = vi.mocked(commands).chords;
const practice = vi.mocked(commands).practice;

describe("the window's commands", () => {
  beforeEach(() => {
    chords.mockReset();
    practice.mockReset();
  });

  it("give back what Rust gives", async () => {
    chords.mockResolvedValue([]);
    await expect(tauri.chords()).resolves.toEqual([]);
    practice.mockResolvedValue({ status: "ok", data: null });
    await expect(tauri.practice("E:min")).resolves.toBeUndefined();
  });

  it("reject with Rust's own Hebrew, whether answered or thrown", async () => {
    const error = { code: "model_missing", message: "חסר קובץ. כדאי להתקין שוב." };
    practice.mockResolvedValueOnce({ status: "error", error });
    await expect(tauri.practice("E:min")).rejects.toMatchObject(error);
    chords.mockRejectedValueOnce(error);
    await expect(tauri.chords()).rejects.toMatchObject(error);
  });

  it("turn anything else into one Hebrew sentence, not into English", async () => {
    chords.mockRejectedValueOnce(new TypeError("undefined is not an object"));
    const failure: unknown = await tauri.chords().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BackendError);
    expect((failure as BackendError).message).not.toMatch(/[A-Za-z]/);
  });
});
