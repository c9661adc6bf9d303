/** The path, songs and progress of the scripted backend; what the student chooses lasts until the page is left. */
import { pathScene } from "./path";
import { progressScene } from "./progress";
import { importScene, songScene, songsScene } from "./songs";
import type { Backend, OrderView } from "../types";

type Course = Pick<Backend, "path" | "chooseOrder" | "moveOn" | "songs" | "song" | "importSong" | "forgetSong" | "progress">;

export function fakeCourse(asked: string): Course {
  let order: OrderView = "em-first";
  let moved: string[] = [];
  let imported = false;
  let forgotten: string[] = [];
  // A scene that throws is a call that rejects.
  const told = <T>(scene: () => T): Promise<T> => Promise.resolve().then(scene);

  return {
    path: () => told(() => pathScene(asked, order, moved)),
    chooseOrder: (chosen) => {
      order = chosen;
      return told(() => pathScene(asked, order, moved));
    },
    moveOn: (steps, back) => {
      moved = back ? moved.filter((id) => !steps.includes(id)) : [...moved, ...steps];
      return told(() => pathScene(asked, order, moved));
    },
    songs: () => told(() => songsScene(asked, imported).filter(({ id }) => !forgotten.includes(id))),
    song: (id, easy) => told(() => songScene(asked, id, easy)),
    importSong: () =>
      told(() => {
        const song = importScene(asked);
        imported = true;
        forgotten = [];
        return song;
      }),
    forgetSong: (id) =>
      told(() => {
        forgotten = [...forgotten, id];
      }),
    progress: () => told(() => progressScene(asked)),
  };
}
