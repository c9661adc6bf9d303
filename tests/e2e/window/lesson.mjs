// Somebody new opens the window, answers, picks E minor and strums; the third string is dead. What the page
// says, what the strings show and what the loudspeaker carries are read from outside.

import assert from 'node:assert/strict';
import { until } from './driver.mjs';
import { introduce, opened, shot, toChords, walk } from './page.mjs';
import { listenToLoudspeaker, play } from './sound.mjs';

const { ROOT } = process.env;
const state = (page, string) => page.attribute(`[data-testid="string-${string}"]`, 'data-state');

await walk('lesson', async (page, step) => {
  await step('the window is the real one, and asks somebody new three questions', async () => {
    assert.match(page.browserName, /wry|MiniBrowser|WebKit/i);
    assert.equal(await opened(page), 'onboarding');
    assert.equal(await page.run('return document.documentElement.dir'), 'rtl');
    await shot(page, 'window-onboarding');
    await introduce(page);
  });

  await step('then it checks the sound, which can be passed over, and tunes', async () => {
    await until('the open strings are asked for', async () => {
      const stage = await page.attribute('[data-testid="check-stage"]', 'data-stage');
      return stage === 'play';
    });
    await shot(page, 'window-check');
    await page.click('[data-testid="do-skip"]');
    await until('the tuner', () => page.find('[data-testid="tuner"]'));
    await page.click('[data-testid="leave"]');
  });

  await step('today has a first line, and a chord can be chosen instead', async () => {
    await until('the programme', async () => /האקורד הראשון/.test(await page.text('[data-testid="line-1"]')));
    await shot(page, 'window-today');
    await toChords(page);
    const tall = `document.querySelector('[data-testid="chord-E:min"]').getBoundingClientRect().height`;
    await until('the chord cards', () => page.run(`return ${tall} > 0`));
    await shot(page, 'window-picker');
    await page.click('[data-testid="chord-E:min"]');
  });

  await step('the microphone opens and the page listens', async () => {
    await until('listening', async () => {
      const status = await page.attribute('[data-testid="status"]', 'data-state');
      return status === 'listening';
    });
    assert.equal((await page.text('[data-testid="chord-name"]')).trim(), 'Em');
    await shot(page, 'window-listening');
  });

  const heard = listenToLoudspeaker();
  await step('the dead string is named in Hebrew', async () => {
    play(`${ROOT}/tests/demo/em-third-string-dead.wav`);
    await until('string 3 dead', async () => (await state(page, 3)) === 'dead', 30);
    for (const string of [6, 5, 4, 2, 1]) assert.equal(await state(page, string), 'rings');
    const diagnosis = await until('a diagnosis', () => page.text('[data-testid="diagnosis"]'));
    const tip = await page.text('[data-testid="tip"]');
    console.log(`   ${diagnosis} ${tip}`);
    assert.match(diagnosis, /השלישי/);
    assert.match(tip, /\p{Script=Hebrew}/u);
    await shot(page, 'window-finding');
  });

  await step('the teacher speaks', async () => {
    const peak = await until('sound from the loudspeaker', () => heard.peak() > 1000, 30);
    assert.ok(peak);
  });

  await step('the page reaches nothing outside', async () => {
    const blocked = await page.run(
      "try { const x = new XMLHttpRequest(); x.open('GET', 'http://192.0.2.1/', false); x.send(); return 'sent'; } catch (e) { return 'blocked'; }",
    );
    assert.equal(blocked, 'blocked');
  });
  heard.stop();
});
