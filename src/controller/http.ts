import type { Server } from 'node:http';
import { createServer } from 'node:http';

/** What the server answers with. */
export interface Answers {
  /** What is still missing, a line each; nothing: the controller works. */
  readonly missing: () => readonly string[];
  readonly metrics: () => Promise<string>;
  readonly metricsType: string;
}

/**
 * Serves `/healthz` (this process answers), `/readyz` (503 with what is missing) and `/metrics`. In plain HTTP, for the kubelet and
 * Prometheus of the cluster: nothing of it is secret, and nothing can be changed by it.
 */
export const serve = ({ missing, metrics, metricsType }: Answers, port: number): Promise<Server> => {
  const answerTo = async (path: string): Promise<readonly [code: number, type: string, text: string]> => {
    switch (path) {
      case '/healthz':
        return [200, 'text/plain', 'ok\n'];
      case '/readyz': {
        const lines = missing();
        return lines.length === 0 ? [200, 'text/plain', 'ok\n'] : [503, 'text/plain', `${lines.join('\n')}\n`];
      }
      case '/metrics':
        return [200, metricsType, await metrics()];
      default:
        return [404, 'text/plain', 'not found\n'];
    }
  };
  const server = createServer((request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    // Whatever anybody asks for: nothing of it may end the process.
    const [path = ''] = (request.url ?? '').split('?');
    void answerTo(path)
      .catch(() => [500, 'text/plain', 'failed\n'] as const)
      .then(([code, type, text]) => {
        response.writeHead(isRead ? code : 405, { 'Content-Type': type }).end(isRead ? text : '');
      });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, () => {
      resolve(server);
    });
  });
};
