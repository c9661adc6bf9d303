// A WebDriver session over plain HTTP: only what the lesson test needs.

const element = 'element-6066-11e4-a52e-4f735466cecf';

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function open(port, binary) {
  const base = `http://127.0.0.1:${port}`;
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: [] } } };
  const session = await retry(() => call(base, 'POST', '/session', { capabilities }), 60);
  const path = `/session/${session.sessionId}`;
  const send = (method, rest, body) => call(base, method, `${path}${rest}`, body);
  const find = async (css) =>
    (await send('POST', '/element', { using: 'css selector', value: css }))[element];
  return {
    browserName: session.capabilities.browserName,
    find,
    click: async (css) => send('POST', `/element/${await find(css)}/click`, {}),
    text: async (css) => send('GET', `/element/${await find(css)}/text`),
    attribute: async (css, name) =>
      send('GET', `/element/${await find(css)}/attribute/${name}`),
    run: (script, args = []) => send('POST', '/execute/sync', { script, args }),
    screenshot: async () => Buffer.from(await send('GET', '/screenshot'), 'base64'),
    close: () => send('DELETE', ''),
  };
}

/// Asks again until `ask` gives something true; the last answer or error explains a failure.
export async function until(what, ask, seconds = 20) {
  let last;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(100)) {
    try {
      last = await ask();
      if (last) return last;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`${what}: not within ${seconds} s (last: ${last})`);
}

async function retry(ask, times) {
  for (let left = times; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0 || error.fromDriver) throw error;
      await pause(250);
    }
  }
}

async function call(base, method, path, body) {
  const response = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const { value } = await response.json();
  if (value?.error) {
    throw Object.assign(new Error(`${value.error}: ${value.message}`), { fromDriver: true });
  }
  return value;
}
