import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const recorded = join(__dirname, '../../sandbox/recorded');
const recordedAnswers = {
  networks: readFileSync(join(recorded, 'inventory-networks-detail1.json')),
  hosts: readFileSync(join(recorded, 'inventory-hosts-detail1.json')),
  vms: readFileSync(join(recorded, 'inventory-vms-detail4.json')),
};

/** MTV's inventory, which answers with what was recorded, or with other lists, for any Provider. */
export interface InventoryServer {
  readonly url: string;
  readonly stop: () => void;
}

/** Asks for a token, as the real one does. */
export const startInventory = async (
  answers: Readonly<Record<string, string | Buffer>> = recordedAnswers,
): Promise<InventoryServer> => {
  const server = createServer(({ url = '', headers }, response) => {
    const [, list = ''] = /^\/providers\/vsphere\/[^/]+\/(\w+)\?detail=[14]$/.exec(url) ?? [];
    if (headers.authorization?.startsWith('Bearer ') !== true) response.writeHead(401).end();
    else if (!(list in answers)) response.writeHead(404, { 'X-Reason': 'ProviderNotFound' }).end();
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(answers[list]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
