/**
 * Picks the backend once, at start. The scripted one exists only outside production builds, so the
 * window never carries it and a student never meets it.
 */
import { he } from "../i18n/he";
import { BackendError, type Backend } from "./types";

export * from "./types";

export async function connectBackend(): Promise<Backend> {
  if ("__TAURI_INTERNALS__" in window) return (await import("./tauri")).tauri;
  if (import.meta.env.MODE !== "production") {
    return (await import("./fake")).fakeBackend(new URLSearchParams(window.location.search));
  }
  throw new BackendError({ code: "no_window", message: he.error.noWindow });
}
