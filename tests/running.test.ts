// The program while it runs and when it is told to stop, started as `npm start` does.
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { emptyHome } from './support/databases/homes.ts';
import { freePort, startFlipside } from './support/process.ts';

test('half a request does not keep it alive when it is told to stop', async () => {
  const flipside = await startFlipside(await emptyHome('embedded'));
  onTestFinished(async () => void (await flipside.stop('SIGKILL')));
  const half = net.connect(flipside.port, '127.0.0.1');
  onTestFinished(() => void half.destroy());
  half.on('error', () => {});
  half.write(`POST /sign-in HTTP/1.1\r\nHost: flipside.halden.example\r\nContent-Length: 500\r\n\r\nemail=`);
  await flipside.get('/healthz');
  const begun = performance.now();
  expect(await flipside.stop()).toBe(0);
  // The request itself would time out only after two minutes.
  expect(performance.now() - begun).toBeLessThan(100_000);
});

test('figures are on a port of their own, and nowhere on the site', async () => {
  const port = await freePort();
  const flipside = await startFlipside({ ...(await emptyHome('embedded')), METRICS_PORT: String(port) });
  onTestFinished(async () => void (await flipside.stop('SIGKILL')));
  await flipside.get('/healthz');
  expect((await flipside.get('/metrics')).status).toBe(404);
  const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const text = await (await at('/metrics')).text();
  expect(text).toContain(
    'flipside_http_request_duration_seconds_count{method="GET",route="/healthz",status="200"} 1',
  );
  for (const name of [
    'flipside_database_up 1',
    'flipside_letters_oldest_waiting_seconds 0',
    'nodejs_eventloop_lag_p99',
  ])
    expect(text).toContain(name);
  expect((await at('/')).status).toBe(404);
  expect(await flipside.stop()).toBe(0);
});
