// What goes into the microphone and what comes out of the loudspeaker of the window under test.

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const RATE = 48000;

/// Plays a file into the microphone.
export const play = (file) => spawn('paplay', ['--device=guitar', file], { stdio: 'inherit' });

/// The largest sample that the teacher's loudspeaker has carried so far (16 bit).
export function listenToLoudspeaker() {
  let largest = 0;
  const parec = spawn('parec', ['--device=speaker.monitor', '--format=s16le', '--channels=1']);
  parec.stdout.on('data', (data) => {
    for (let at = 0; at + 1 < data.length; at += 2) {
      largest = Math.max(largest, Math.abs(data.readInt16LE(at)));
    }
  });
  return { peak: () => largest, stop: () => parec.kill() };
}

/// One pluck of a stiff string whose first partial is at `hz`, after half a second of silence.
export function renderPluck(file, hz, seconds = 4) {
  const stiffness = 6e-5;
  const quiet = RATE / 2;
  const samples = new Int16Array(quiet + seconds * RATE);
  const partials = [];
  for (let n = 1; n <= 24 && n * hz < 10000; n += 1) {
    const stretched = n * hz * Math.sqrt((1 + stiffness * n * n) / (1 + stiffness));
    // Plucked at a fifth of its length.
    partials.push({ hz: stretched, level: Math.abs(Math.sin((Math.PI * n) / 5)) / n, fade: 1.4 / (1 + 0.25 * n) });
  }
  const loudest = partials.reduce((sum, { level }) => sum + level, 0);
  for (let at = 0; at < seconds * RATE; at += 1) {
    const t = at / RATE;
    const attack = Math.min(1, t / 0.002);
    let sum = 0;
    for (const { hz: f, level, fade } of partials) sum += level * Math.exp(-t / fade) * Math.sin(2 * Math.PI * f * t);
    samples[quiet + at] = Math.round((20000 * attack * sum) / loudest);
  }
  writeFileSync(file, wave(samples));
}

function wave(samples) {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
