/** The near screens, and which of them stand in the rail. Far screens lie over them and have no rail. */
import type { IconName } from "../shared/Icon.svelte";

/** `choose`, the free choice of a chord, is reached from others and stands in no rail. */
export type NearScreen = "today" | "path" | "songs" | "progress" | "settings" | "choose";

export type RailStop = { screen: Exclude<NearScreen, "choose"> | "tuner"; icon: IconName };

/** In the order of the rail; the tuner has no place in the tab bar of a phone, settings end both. */
export const RAIL: RailStop[] = [
  { screen: "today", icon: "programme" },
  { screen: "path", icon: "neck" },
  { screen: "songs", icon: "notes" },
  { screen: "progress", icon: "chart" },
  { screen: "tuner", icon: "tune" },
  { screen: "settings", icon: "sliders" },
];
