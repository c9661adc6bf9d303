/**
 * The student's own switches, kept in this browser's storage: theme, left-handed picture, whether the sound
 * has been checked. Storage that refuses is no reason to stop; the switches then last until the window
 * closes. What the lessons need to know of the guitar (its tuning) is kept beside the lessons.
 */
export type Theme = "system" | "light" | "dark";

const THEMES: Theme[] = ["system", "light", "dark"];
const DARK = "(prefers-color-scheme: dark)";

class Settings {
  #theme = $state<Theme>(THEMES.find((theme) => theme === read("theme")) ?? "system");
  #lefty = $state(read("lefty") === "yes");
  #checked = $state(read("checked") === "yes");

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    write("theme", theme);
    showTheme(theme);
  }

  get lefty(): boolean {
    return this.#lefty;
  }

  set lefty(lefty: boolean) {
    this.#lefty = lefty;
    write("lefty", lefty ? "yes" : "no");
  }

  /** Whether the sound has been checked, or the check been passed over. */
  get checked(): boolean {
    return this.#checked;
  }

  set checked(checked: boolean) {
    this.#checked = checked;
    write("checked", checked ? "yes" : "no");
  }

  /** Applies the theme now and whenever the system's changes. */
  follow(): void {
    showTheme(this.#theme);
    window.matchMedia(DARK).addEventListener("change", () => {
      showTheme(this.#theme);
    });
  }
}

function showTheme(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && window.matchMedia(DARK).matches);
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(`prita.${name}`);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(`prita.${name}`, value);
  } catch {
    return;
  }
}

export const settings = new Settings();
