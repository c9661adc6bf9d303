/**
 * Switches of this window, kept in this browser's storage: theme, whether the sound has been checked,
 * whether anybody plays here and whether it is a left-handed guitar; the last two are the student's and are
 * kept here as well so that the first paint is the right one.
 * Storage that refuses is no reason to stop; the switches then last until the window closes. What the
 * student chose is kept beside the progress.
 */
export type Theme = "system" | "light" | "dark";

const THEMES: Theme[] = ["system", "light", "dark"];
const DARK = "(prefers-color-scheme: dark)";

class Settings {
  #theme = $state<Theme>(THEMES.find((theme) => theme === read("theme")) ?? "system");
  #lefty = $state(read("lefty") === "yes");
  #checked = $state(read("checked") === "yes");
  #known = read("known") === "yes";

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

  /** Whether somebody has played here: then the first screen is today, and not the first question. */
  get known(): boolean {
    return this.#known;
  }

  set known(known: boolean) {
    this.#known = known;
    write("known", known ? "yes" : "no");
  }

  /** As if the app had never been opened. */
  forget(): void {
    this.theme = "system";
    this.lefty = false;
    this.checked = false;
    this.known = false;
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
