/**
 * The student's own switches, kept in this browser's storage: theme, left-handed picture, tuning and its
 * reference pitch, whether the sound has been checked. Storage that refuses is no reason to stop; the
 * switches then last until the window closes.
 */
export type Theme = "system" | "light" | "dark";

/** The reference pitch that a guitar may be tuned to, in Hz. */
export const A4 = { lowest: 430, usual: 440, highest: 446 };

const THEMES: Theme[] = ["system", "light", "dark"];
const DARK = "(prefers-color-scheme: dark)";

class Settings {
  #theme = $state<Theme>(THEMES.find((theme) => theme === read("theme")) ?? "system");
  #lefty = $state(read("lefty") === "yes");
  #tuning = $state(read("tuning") ?? "standard");
  #a4 = $state(a4Of(read("a4")));
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

  /** Id of the tuning chosen last. */
  get tuning(): string {
    return this.#tuning;
  }

  set tuning(tuning: string) {
    this.#tuning = tuning;
    write("tuning", tuning);
  }

  get a4(): number {
    return this.#a4;
  }

  set a4(a4: number) {
    this.#a4 = a4Of(String(a4));
    write("a4", String(this.#a4));
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

function a4Of(text: string | null): number {
  const asked = text === null ? NaN : Number(text);
  return Number.isInteger(asked) && asked >= A4.lowest && asked <= A4.highest ? asked : A4.usual;
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
