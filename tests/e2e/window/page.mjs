// The page of the window under test, and steps that are counted.

import { writeFileSync } from 'node:fs';
import { open, pause, until } from './driver.mjs';

const { APP, PORT, SHOTS } = process.env;

/// Opens the window, hands the page and a step counter to `body`, and says how it went.
export async function walk(name, body) {
  const page = await open(PORT, APP);
  let passed = 0;
  const step = async (what, act) => {
    await act();
    passed += 1;
    console.log(`ok ${passed} - ${what}`);
  };
  try {
    await body(page, step);
    console.log(`${passed} passed, 0 failed`);
  } catch (error) {
    await shot(page, `window-${name}-failed`).catch(() => {});
    console.error(error);
    console.log(`${passed} passed, 1 failed`);
    await page.close().catch(() => {});
    // What was started for a step that failed may still run and would keep the walk alive.
    process.exit(1);
  }
  await page.close().catch(() => {});
}

/// What the window opened with: `onboarding` or `today`.
export function opened(page) {
  const name = `document.querySelector('[data-testid="onboarding"], [data-testid="today"]')?.dataset.testid`;
  return until('the first screen', () => page.run(`return ${name} ?? ''`));
}

/// Answers the three questions.
export async function introduce(page) {
  for (const [question, answer] of Object.entries({ address: 'neutral', hand: 'right', guitar: 'acoustic' })) {
    await until(question, () => page.find(`[data-question="${question}"]`));
    await page.click(`[data-testid="${question}-${answer}"]`);
    await page.click('[data-testid="go"]');
  }
}

/// From today to the free choice of a chord.
export async function toChords(page) {
  await until('today', () => page.find('[data-testid="open-choose"]'));
  await page.click('[data-testid="open-choose"]');
  await until('the chord picker', () => page.find('[data-testid="chord-E:min"]'));
}

export async function shot(page, name) {
  // A page without its fonts is not what a student sees, and they count as loaded until they are
  // asked for.
  await page.run(`
    const faces = ["400 20px Heebo", "700 64px 'Frank Ruhl Libre'"];
    window.painted = false;
    Promise.all(faces.map((face) => document.fonts.load(face, 'ה')))
      .then(() => document.fonts.ready)
      .then(() => requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = true; })));
  `);
  await until('a painted page', () => page.run('return window.painted'));
  await pause(300);
  writeFileSync(`${SHOTS}/${name}.png`, await page.screenshot());
}
