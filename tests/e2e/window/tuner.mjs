// A student tunes: the fifth string is 18 cents low, then in place. What the page says, what the
// loudspeaker carries and what is kept of the guitar are read from outside; then the lesson goes on.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from './driver.mjs';
import { opened, shot, toChords, walk } from './page.mjs';
import { listenToLoudspeaker, play, renderPluck } from './sound.mjs';

const { HOME, XDG_DATA_HOME } = process.env;
const A2 = 110;
const guide = (page) => page.attribute('[data-testid="tuner-status"]', 'data-guide');

await walk('tuner', async (page, step) => {
  const heard = listenToLoudspeaker();

  await step('a lesson gives the microphone to the tuner', async () => {
    // The student of the lesson before is known.
    assert.equal(await opened(page), 'today');
    await page.run("localStorage.setItem('prita.checked', 'yes'); location.reload();");
    await until('the chord picker', async () => {
      await toChords(page);
      await page.click('[data-testid="chord-A:min"]');
      return page.find('[data-testid="do-tune"]');
    });
    await page.click('[data-testid="do-tune"]');
    await until('the tuner listens', async () => {
      const status = await page.attribute('[data-testid="tuner-status"]', 'data-state');
      return status === 'listening' && (await guide(page)) === 'waiting';
    });
  });

  await step('a low string is recognised, measured and told', async () => {
    renderPluck(`${HOME}/low.wav`, A2 * 2 ** (-18 / 1200));
    play(`${HOME}/low.wav`);
    await until('low', async () => (await guide(page)) === 'low');
    assert.equal(await page.attribute('[data-testid="tuner-status"]', 'data-string'), '5');
    const cents = Number((await page.text('[data-testid="cents"]')).replace('−', '-'));
    assert.ok(Math.abs(cents + 18) <= 2, `${cents} cents`);
    assert.match(await page.text('[data-testid="diagnosis"]'), /מיתר חמש נמוך/);
    assert.match(await page.text('[data-testid="tip"]'), /להדק/);
    await shot(page, 'window-tuner-low');
  });

  await step('it is said aloud', async () => {
    assert.ok(await until('sound from the loudspeaker', () => heard.peak() > 1000, 30));
    await until('silence', async () => (await page.attribute('[data-testid="teacher"]', 'aria-live')) === 'polite', 30);
  });

  await step('the same string in place becomes one line, and counts as tuned', async () => {
    renderPluck(`${HOME}/right.wav`, A2);
    play(`${HOME}/right.wav`);
    await until('in tune', async () => (await page.attribute('[data-testid="tune-5"]', 'data-tuned')) === 'true');
    assert.equal(await page.attribute('[data-testid="lines"]', 'data-line'), 'together');
    await shot(page, 'window-tuner-in-tune');
  });

  await step('what was learnt of the guitar is kept on this device', async () => {
    const file = `${XDG_DATA_HOME}/prita/guitars/my-guitar.json`;
    const print = await until('a fingerprint', () => JSON.parse(readFileSync(file, 'utf8')), 30);
    assert.ok(print.strings[1].notes >= 1, JSON.stringify(print));
    assert.equal(print.strings[0], null);
  });

  await step('the lesson goes on with its chord', async () => {
    await page.click('[data-testid="leave"]');
    await until('listening', async () => {
      const status = await page.attribute('[data-testid="status"]', 'data-state');
      return status === 'listening';
    });
    assert.equal((await page.text('[data-testid="chord-name"]')).trim(), 'Am');
  });
  heard.stop();
});
