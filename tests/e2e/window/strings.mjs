// A student plays the strings of E minor one by one: the right one, another one, the right one again.
// What is asked for and what was heard in its place are read from the page.

import assert from 'node:assert/strict';
import { until } from './driver.mjs';
import { opened, shot, walk } from './page.mjs';
import { play, renderPluck } from './sound.mjs';

const { HOME } = process.env;
const [E2, B2, G3] = [82.407, 123.471, 195.998];

await walk('strings', async (page, step) => {
  const text = (name) => page.text(`[data-testid="${name}"]`);
  const asks = (ordinal) => until(`string ${ordinal}`, async () => (await text('string-now')).includes(ordinal));
  const pluck = (name, hz) => {
    renderPluck(`${HOME}/${name}.wav`, hz, 2);
    play(`${HOME}/${name}.wav`);
  };

  await step('a step of the path asks for the strings one by one', async () => {
    assert.equal(await opened(page), 'today');
    await page.run("localStorage.setItem('prita.checked', 'yes'); location.reload();");
    for (const place of ['nav-path', 'chapter-em', 'step-em.strings']) {
      await until(place, async () => {
        await page.click(`[data-testid="${place}"]`);
        return true;
      });
    }
    await until('listening', async () => (await page.attribute('[data-testid="status"]', 'data-state')) === 'listening');
    await asks('השישי');
  });

  await step('a string that rings leads to the next one', async () => {
    pluck('sixth', E2);
    await asks('החמישי');
    assert.equal(await page.attribute('[data-testid="string-6"]', 'data-state'), 'rings');
  });

  await step('another string is named, and the asked one still waited for', async () => {
    pluck('third', G3);
    await until('the third is named', async () => (await text('string-other')).includes('השלישי'));
    await asks('החמישי');
    await shot(page, 'window-strings');
  });

  await step('the right one goes on', async () => {
    pluck('fifth', B2);
    await asks('הרביעי');
    const other = await page.run(`return document.querySelector('[data-testid="string-other"]') === null`);
    assert.ok(other, 'nothing is said of another string any more');
  });
});
