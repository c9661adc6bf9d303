/** The words of the rail and of what every near screen has. */
import type { NearScreen } from "../../shell/screens";

export const shell = {
  nav: "מסכים",
  skip: "דילוג לתוכן",
  back: "חזרה",
  screens: {
    today: "היום",
    path: "הדרך",
    songs: "שירים",
    progress: "התקדמות",
    settings: "הגדרות",
    choose: "אקורד אחר",
  } satisfies Record<NearScreen, string>,
  tuner: "כיוון",
};
