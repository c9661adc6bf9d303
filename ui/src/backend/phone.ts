/** Whether the window is a phone's or a tablet's, where the system grants the microphone. */
export type Device = { userAgent: string; maxTouchPoints: number };

export function isPhone({ userAgent, maxTouchPoints }: Device): boolean {
  // An iPad calls itself a Macintosh, which has no touch screen.
  return /Android|iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes("Macintosh") && maxTouchPoints > 1);
}
