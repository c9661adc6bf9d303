// A student opens the window, picks E minor and strums; the third string is dead. What the page
// says, what the strings show and what the loudspeaker carries are read from outside.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { open, pause, until } from './driver.mjs';

const { APP, PORT, ROOT, SHOTS } = process.env;
const recording = `${ROOT}/tests/demo/em-third-string-dead.wav`;
const shot = async (page, name) => {
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
};
const state = (page, string) => page.attribute(`[data-testid="string-${string}"]`, 'data-state');

const page = await open(PORT, APP);
const passed = [];
const step = async (name, body) => {
  await body();
  passed.push(name);
  console.log(`ok ${passed.length} - ${name}`);
};

try {
  await step('the window is the real one', async () => {
    assert.match(page.browserName, /wry|MiniBrowser|WebKit/i);
    await until('the chord picker', () => page.find('[data-testid="chord-E:min"]'));
    await until('words', async () => (await page.text('h1')).length > 0);
    assert.equal(await page.run('return document.documentElement.dir'), 'rtl');
    const tall = `document.querySelector('[data-testid="chord-E:min"]').getBoundingClientRect().height`;
    await until('the chord cards', () => page.run(`return ${tall} > 0`));
    await shot(page, 'window-picker');
  });

  await step('the microphone opens and the page listens', async () => {
    await page.click('[data-testid="chord-E:min"]');
    await until('listening', async () => {
      const status = await page.attribute('[data-testid="status"]', 'data-state');
      return status === 'listening';
    });
    assert.equal((await page.text('[data-testid="chord-name"]')).trim(), 'Em');
    await shot(page, 'window-listening');
  });

  const heard = listenToLoudspeaker();
  await step('the dead string is named in Hebrew', async () => {
    spawn('paplay', ['--device=guitar', recording], { stdio: 'inherit' });
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
  console.log(`${passed.length} passed, 0 failed`);
} catch (error) {
  await shot(page, 'window-failed').catch(() => {});
  console.error(error);
  console.log(`${passed.length} passed, 1 failed`);
  process.exitCode = 1;
} finally {
  await page.close().catch(() => {});
}

// The largest sample that the teacher's loudspeaker has carried so far (16 bit).
function listenToLoudspeaker() {
  let largest = 0;
  const parec = spawn('parec', ['--device=speaker.monitor', '--format=s16le', '--channels=1']);
  parec.stdout.on('data', (data) => {
    for (let at = 0; at + 1 < data.length; at += 2) {
      largest = Math.max(largest, Math.abs(data.readInt16LE(at)));
    }
  });
  return { peak: () => largest, stop: () => parec.kill() };
}
