/** The order of a day's tasks and the place in it. A plan that is the same goes on where it was left. */
import type { TaskView } from "../backend";

export type Programme = { tasks: TaskView[]; at: number };

export const NOTHING: Programme = { tasks: [], at: 0 };

/** Another plan begins at its first task, the same one where it stood. */
export function take(before: Programme, tasks: TaskView[]): Programme {
  const same = before.tasks.length === tasks.length && tasks.every(({ id, item }, place) => before.tasks[place]?.id === id && before.tasks[place]?.item === item);
  return { tasks, at: same ? before.at : 0 };
}

export function current({ tasks, at }: Programme): TaskView | null {
  return tasks[at] ?? null;
}

export function next({ tasks, at }: Programme): Programme {
  return { tasks, at: Math.min(at + 1, tasks.length) };
}

/** Everything was played; a plan of nothing is not. */
export function isOver({ tasks, at }: Programme): boolean {
  return tasks.length > 0 && at >= tasks.length;
}
