import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { unpack, work } from './buildah.mjs';
import { renderServer } from './chart.mjs';
import { ask, renewCertificate, startServer } from './plugin-server.mjs';

const root = join(import.meta.dirname, '../..');
const files = readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.gz'))
  .map((entry) => join(entry.parentPath, entry.name).slice(join(root, 'dist').length));
const types = {
  js: 'application/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

describe('the image of the plugin, read-only and as a user of group 0', () => {
  let image, server;
  before(async () => {
    image = unpack('localhost/migration-prep/plugin:0.1.0');
    server = await startServer(image);
  });
  after(() => server?.stop('SIGKILL'));

  test('it runs without a user of its own and without any capability', () => {
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    for (const line of [
      /^Uid:\t54321\t54321/m,
      /^Gid:\t0\t0/m,
      /^CapEff:\t0+$/m,
      /^CapBnd:\t[0-9a-f]+$/m,
      /^NoNewPrivs:\t1$/m,
    ])
      assert.match(status, line);
    assert.match(readFileSync(`/proc/${server.pid}/mountinfo`, 'utf8'), / \/ ro[ ,]/);
  });

  test('it answers on both IP families', async () => {
    for (const host of ['127.0.0.1', '::1']) assert.equal((await ask(server, '/healthz', { host })).status, 200, host);
  });

  test('its own command is what the chart starts', () => {
    assert.deepEqual(
      image.config.OCIv1.config.Entrypoint.map((word) => word.replace('/usr/sbin/', '')),
      renderServer().command,
    );
    assert.ok('9443/tcp' in image.config.OCIv1.config.ExposedPorts);
  });

  test('every file has its type, which a browser must not doubt', async () => {
    assert.ok(files.length > 5);
    for (const file of files) {
      const { status, headers, body } = await ask(server, file);
      assert.deepEqual(
        [status, headers['content-type'], headers['x-content-type-options']],
        [200, types[file.split('.').at(-1)], 'nosniff'],
        file,
      );
      assert.ok(body.equals(readFileSync(join(root, 'dist', file))), file);
    }
  });

  test('chunks are kept for a year, everything else is asked for again, a refusal is not kept', async () => {
    for (const file of files) {
      const { headers } = await ask(server, file);
      const isChunk = /-[0-9a-f]{8}\.js/.test(file);
      assert.equal(headers['cache-control'], isChunk ? 'public, max-age=31536000, immutable' : 'no-cache', file);
    }
    for (const fixed of ['/plugin-manifest.json', '/plugin-entry.js', '/locales/en/plugin__migration-prep.json'])
      assert.ok(files.includes(fixed));
    assert.equal((await ask(server, '/924-00000000.js')).headers['cache-control'], 'no-store');
  });

  test('what may change is sent whole, whatever the browser has', async () => {
    const { headers } = await ask(server, '/plugin-manifest.json');
    assert.equal(headers.etag, undefined);
    const again = await ask(server, '/plugin-manifest.json', {
      headers: { 'if-modified-since': headers['last-modified'] },
    });
    assert.equal(again.status, 200);
  });

  test('it leaves word of where the chart expects MTV', async () => {
    const { status, headers, body } = await ask(server, '/settings.json');
    const said = [status, headers['content-type'], headers['cache-control'], JSON.parse(body.toString())];
    assert.deepEqual(said, [200, 'application/json; charset=utf-8', 'no-cache', { mtvNamespace: 'openshift-mtv' }]);
  });

  test('scripts and texts are compressed for those who ask, as well as the budgets of bytes count on', async () => {
    const { headers, body } = await ask(server, '/plugin-entry.js', { headers: { 'accept-encoding': 'gzip' } });
    assert.deepEqual([headers['content-encoding'], headers.vary], ['gzip', 'Accept-Encoding']);
    const entry = readFileSync(join(root, 'dist/plugin-entry.js'));
    assert.ok(gunzipSync(body).equals(entry));
    // What tools/bundle-budget.mjs counts is what is sent.
    assert.ok(body.equals(readFileSync(join(root, 'dist/plugin-entry.js.gz'))), `${String(body.length)} bytes`);
  });

  test('GET and HEAD, nothing else', async () => {
    const head = await ask(server, '/plugin-entry.js', { method: 'HEAD' });
    assert.deepEqual([head.status, head.body.length, head.headers['content-type']], [200, 0, types.js]);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      for (const path of ['/plugin-entry.js', '/healthz']) {
        const { status, headers } = await ask(server, path, { method });
        assert.deepEqual([status, headers.allow], [405, 'GET, HEAD'], `${method} ${path}`);
      }
    }
    assert.equal((await ask(server, '/', { method: 'TRACE' })).status, 405);
  });

  test('no folder, no listing, nothing outside, nothing hidden', async () => {
    const config = '/etc/migration-prep/nginx.conf';
    const paths = [
      '/',
      '/locales',
      '/locales/',
      '/locales/en',
      `/../../..${config}`,
      `/..%2f..%2f..${config}`,
      `/%2e%2e/%2e%2e/%2e%2e${config}`,
      `//../../..${config}`,
      `/locales/../../../..${config}`,
      `/..;/..;${config}`,
      '/.%00',
      '/.git/config',
      '/locales/.hidden',
      config,
    ];
    for (const path of paths) {
      const { status, body, headers } = await ask(server, path);
      assert.ok(status === 404 || status === 400, `${path}: ${status}`);
      assert.ok(!body.includes('ssl_certificate') && headers.location === undefined, path);
    }
  });

  test('it does not say what it is', async () => {
    assert.equal((await ask(server, '/')).headers.server, 'nginx');
  });

  test('the log has what went wrong, without queries, and nothing else', async () => {
    // A line is written after its answer: the last one may still be on its way.
    const isLogged = async (path) => {
      for (let tries = 0; tries < 500 && !server.output().endsWith(`GET ${path}\n`); tries += 1) await sleep(10);
    };
    await ask(server, '/earlier.js');
    await isLogged('/earlier.js');
    const before = server.output().length;
    await ask(server, '/plugin-manifest.json');
    await ask(server, '/healthz', { headers: { 'user-agent': 'kube-probe/1.35' } });
    await ask(server, '/missing.js?cacheBuster=1');
    await isLogged('/missing.js');
    assert.match(server.output().slice(before), /^\S+ 404 GET \/missing\.js\n$/);
    assert.equal(server.errors(), '');
  });

  const handshake = (port, version, host = '127.0.0.1') =>
    new Promise((resolve) => {
      const socket = connect({
        host,
        port,
        minVersion: version,
        maxVersion: version,
        ciphers: 'DEFAULT@SECLEVEL=0',
        rejectUnauthorized: false,
      });
      socket.once('secureConnect', () => {
        resolve(socket.getProtocol());
        socket.destroy();
      });
      socket.once('error', ({ code }) => resolve(code));
    });

  test('TLS 1.2 and 1.3', async () => {
    assert.equal(await handshake(server.port, 'TLSv1.3'), 'TLSv1.3');
    assert.equal(await handshake(server.port, 'TLSv1.2'), 'TLSv1.2');
    assert.equal(await handshake(server.port, 'TLSv1.1'), 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  });

  for (const [family, profile, reached, refused] of [
    ['IPv4', 'Modern', '127.0.0.1', '::1'],
    ['IPv6', 'Intermediate', '::1', '127.0.0.1'],
  ]) {
    test(`the chart's values: ${family} only, TLS profile ${profile}`, async () => {
      const strict = await startServer(image, `plugin.ipFamily=${family}`, `plugin.tlsProfile=${profile}`);
      try {
        await assert.rejects(ask(strict, '/healthz', { host: refused }), { code: 'ECONNREFUSED' });
        assert.equal(await handshake(strict.port, 'TLSv1.3', reached), 'TLSv1.3');
        assert.equal(
          await handshake(strict.port, 'TLSv1.2', reached),
          profile === 'Modern' ? 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' : 'TLSv1.2',
        );
      } finally {
        strict.stop('SIGKILL');
      }
    });
  }

  test('a renewed certificate is used at once, without a restart', async () => {
    assert.equal((await ask(server, '/healthz')).certificate, 'plugin-1');
    server.ca = renewCertificate(server.secret, 2);
    assert.equal((await ask(server, '/healthz')).certificate, 'plugin-2');
    process.kill(server.pid, 0);
  });

  test('the browser journeys pass on what it serves', () => {
    const logged = server.output().length;
    const report = join(work, 'journeys.json');
    writeFileSync(join(work, 'plugin-ca.crt'), server.ca);
    // This server says where MTV is by the chart's defaults.
    const isElsewhere = 'MTV in (my-mtv|konveyor-forklift)';
    const journeys = [
      '--grep-invert',
      isElsewhere,
      '--workers',
      '1',
      '--reporter',
      'json',
      'whole-way.spec.ts',
      'connection.spec.ts',
    ];
    const { stdout } = spawnSync('npx', ['playwright', 'test', '-c', 'integration-tests', ...journeys], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        SANDBOX_PLUGIN: `https://127.0.0.1:${server.port}`,
        SANDBOX_PLUGIN_CA: join(work, 'plugin-ca.crt'),
      },
    });
    const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
    assert.ok(
      stats.expected > 1 && stats.unexpected + stats.flaky + stats.skipped === 0,
      `${stdout}\n${JSON.stringify({ stats, errors })}`,
    );
    assert.equal(server.output().slice(logged), '');
  });

  test('it ends by itself when it is asked to', async () => {
    server.stop();
    assert.equal(await server.ended, 0);
  });
});
