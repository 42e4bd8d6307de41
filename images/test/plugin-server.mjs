import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { work } from './buildah.mjs';
import { renderServer } from './chart.mjs';

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '::', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
      });
  });

/** Puts a new certificate into a Secret's folder as kubelet does: a new folder, then one link is exchanged. Gives the certificate. */
export const renewCertificate = (folder, serial) => {
  const version = `..version_${serial}`;
  mkdirSync(join(folder, version));
  const [key, certificate] = ['tls.key', 'tls.crt'].map((name) => join(folder, version, name));
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=plugin-${serial}`,
      '-addext',
      'subjectAltName=IP:127.0.0.1,IP:::1',
      '-keyout',
      key,
      '-out',
      certificate,
    ],
    { stdio: 'ignore' },
  );
  chmodSync(key, 0o640);
  symlinkSync(version, join(folder, '..data_new'));
  renameSync(join(folder, '..data_new'), join(folder, '..data'));
  if (serial === 1) for (const name of ['tls.key', 'tls.crt']) symlinkSync(`..data/${name}`, join(folder, name));
  return readFileSync(certificate);
};

/** One request; `path` is sent as it is. */
export const ask = ({ port, ca }, path, { method = 'GET', host = '127.0.0.1', headers = {} } = {}) =>
  new Promise((resolve, reject) => {
    request({ host, port, path, method, ca, headers, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          body: Buffer.concat(parts),
          certificate: answer.socket?.getPeerCertificate().subject?.CN,
        }),
      );
    })
      .once('error', reject)
      .end();
  });

/** Runs `command`, or the image's own with `args`, in an image's tree; `mounts` are folders by the path where they appear. */
export const runImage = ({ tree, config }, { mounts = {}, args, command } = {}) => {
  const { Entrypoint, Cmd, Env } = config.OCIv1.config;
  const folder = mkdtempSync(join(work, 'log-'));
  const files = ['out', 'err'].map((name) => join(folder, name));
  const [out, err] = files.map((file) => openSync(file, 'w'));
  // A container runtime hands over streams that its user may open.
  for (const file of files) chmodSync(file, 0o666);
  const options = Object.entries(mounts).flatMap(([path, source]) => ['--mount', `${source}=${path}`]);
  const child = spawn(
    join(import.meta.dirname, 'run-image.sh'),
    [tree, ...options, ...(command ?? [...Entrypoint, ...(args ?? Cmd ?? [])])],
    {
      env: Object.fromEntries(Env.map((line) => line.split(/=(.*)/s, 2))),
      stdio: ['ignore', out, err],
    },
  );
  closeSync(out);
  closeSync(err);
  return {
    pid: child.pid,
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code))),
    stop: (signal = 'SIGQUIT') => child.kill(signal),
    output: () => readFileSync(files[0], 'utf8'),
    errors: () => readFileSync(files[1], 'utf8'),
  };
};

/** Starts the plugin's server as the chart does with these values, but on a free port. */
export const startServer = async (image, ...values) => {
  const port = await freePort();
  const [secret, configMap] = ['secret-', 'config-'].map((name) => mkdtempSync(join(work, name)));
  const ca = renewCertificate(secret, 1);
  const { command, files, configAt, certificateAt } = renderServer(...values);
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(configMap, name), text.replaceAll('9443', String(port)));
  for (const each of [secret, configMap]) chmodSync(each, 0o755);
  const running = runImage(image, { mounts: { [certificateAt]: secret, [configAt]: configMap }, command });
  const server = { ...running, port, ca, secret };
  const deadline = Date.now() + 10_000;
  const host = files['nginx.conf'].includes('ipv6only=on') ? '::1' : '127.0.0.1';
  let ended = false;
  running.ended.then(() => {
    ended = true;
  });
  for (;;) {
    try {
      await ask(server, '/healthz', { host });
      return server;
    } catch (error) {
      if (ended || Date.now() > deadline)
        throw new Error(`The server does not answer: ${running.errors()}`, { cause: error });
      await sleep(50);
    }
  }
};
