import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/**
 * A registry that takes pushes (OCI distribution specification 1.1): uploads in one piece or many, each held to its digest; a manifest is
 * refused while anything that it names is missing. Below `closed/` it asks who is there, and lets nobody in.
 */
export const startRegistry = async () => {
  const blobs = new Map();
  const manifests = new Map();
  const uploads = new Map();
  const digestOf = (content) => `sha256:${createHash('sha256').update(content).digest('hex')}`;
  const refuse = (response, status, code) => response.writeHead(status).end(JSON.stringify({ errors: [{ code }] }));

  const takeManifest = (request, response, name, reference, content) => {
    const { config, layers = [], manifests: parts = [] } = JSON.parse(content);
    const isThere = ({ digest }) => blobs.has(digest);
    const isKnown = ({ digest }) => manifests.has(`${name}@${digest}`);
    if (![...layers, ...(config ? [config] : [])].every(isThere) || !parts.every(isKnown))
      return refuse(response, 404, 'MANIFEST_BLOB_UNKNOWN');
    const digest = digestOf(content);
    if (reference.startsWith('sha256:') && reference !== digest) return refuse(response, 400, 'DIGEST_INVALID');
    for (const key of [`${name}@${digest}`, `${name}@${reference}`])
      manifests.set(key, { content, type: request.headers['content-type'] });
    return response.writeHead(201, { 'docker-content-digest': digest }).end();
  };

  const answer = (request, response, content) => {
    const { pathname, searchParams } = new URL(request.url, 'http://registry');
    const [, name, kind, reference] = /^\/v2\/(.+?)\/(blobs\/uploads|blobs|manifests)\/(.*)$/.exec(pathname) ?? [];
    if (name === undefined) return response.writeHead(200).end('{}');
    if (name.startsWith('closed/'))
      return refuse(response.setHeader('www-authenticate', 'Basic realm="closed"'), 401, 'UNAUTHORIZED');
    if (kind === 'manifests' && request.method === 'PUT')
      return takeManifest(request, response, name, reference, content);
    if (kind === 'blobs/uploads') {
      const id = reference || String(uploads.size + 1);
      const whole = Buffer.concat([uploads.get(id) ?? Buffer.alloc(0), content]);
      uploads.set(id, whole);
      if (request.method !== 'PUT')
        return response
          .writeHead(202, { location: `/v2/${name}/blobs/uploads/${id}`, range: `0-${Math.max(0, whole.length - 1)}` })
          .end();
      if (searchParams.get('digest') !== digestOf(whole)) return refuse(response, 400, 'DIGEST_INVALID');
      blobs.set(searchParams.get('digest'), whole);
      return response.writeHead(201).end();
    }
    const found = kind === 'blobs' ? blobs.get(reference) : manifests.get(`${name}@${reference}`)?.content;
    if (!found) return refuse(response, 404, 'UNKNOWN');
    response.writeHead(200, {
      'content-length': found.length,
      'content-type': manifests.get(`${name}@${reference}`)?.type ?? 'application/octet-stream',
    });
    return response.end(request.method === 'HEAD' ? undefined : found);
  };

  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => answer(request, response, Buffer.concat(parts)));
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    host: `127.0.0.1:${server.address().port}`,
    /** The manifest of `NAME@DIGEST` or `NAME@TAG`, with its digest. */
    manifest: (name) => {
      const { content } = manifests.get(name);
      return { ...JSON.parse(content), digest: digestOf(content) };
    },
    stop: () => {
      server.close();
    },
  };
};
