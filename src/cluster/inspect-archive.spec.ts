import { tarGz, vddk } from '../../integration-tests/vddk-archives';
import { inspectArchive } from './inspect-archive';
import type { InspectionMessage } from './inspect-archive';

const file = new File([tarGz(vddk()) as BlobPart], 'VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz');
const verdict = {
  ok: true,
  value: { version: '8.0.3', library: 'libvixDiskLib.so.8', files: 2, unpackedBytes: 611, warnings: [] },
} as const;

/** A worker of the browser, as far as it can be seen from outside. */
class TestWorker extends EventTarget {
  static readonly started: TestWorker[] = [];
  readonly files: File[] = [];
  terminated = false;

  constructor(readonly url: URL) {
    super();
    TestWorker.started.push(this);
  }

  postMessage(message: File) {
    this.files.push(message);
  }

  terminate() {
    this.terminated = true;
  }

  say(message: InspectionMessage) {
    this.dispatchEvent(new MessageEvent('message', { data: message }));
  }
}

const only = (): TestWorker => {
  const [worker] = TestWorker.started;
  if (!worker) throw new Error('No worker was started.');
  return worker;
};

describe('inspectArchive in a worker', () => {
  beforeEach(() => {
    TestWorker.started.length = 0;
    Object.assign(globalThis, { Worker: TestWorker });
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'Worker');
  });

  test('hands over the file, passes progress on, and ends the worker with the verdict', async () => {
    const progress: number[] = [];
    const inspected = inspectArchive(file, { onProgress: (bytesRead) => progress.push(bytesRead) });
    const worker = only();
    worker.say({ bytesRead: 10 });
    worker.say({ bytesRead: 20 });
    expect(worker.terminated).toBe(false);
    worker.say({ verdict });
    expect(await inspected).toEqual(verdict);
    expect(worker.files).toEqual([file]);
    expect(progress).toEqual([10, 20]);
    expect(worker.terminated).toBe(true);
  });

  test('cancelling ends the worker at once', async () => {
    const controller = new AbortController();
    const inspected = inspectArchive(file, { signal: controller.signal });
    controller.abort();
    expect(await inspected).toEqual({ ok: false, error: { code: 'Cancelled' } });
    expect(only().terminated).toBe(true);
  });

  test('starts none when it is cancelled already', async () => {
    expect(await inspectArchive(file, { signal: AbortSignal.abort() })).toEqual({
      ok: false,
      error: { code: 'Cancelled' },
    });
    expect(TestWorker.started).toEqual([]);
  });

  test('a worker that cannot be loaded is done without', async () => {
    const inspected = inspectArchive(file, {});
    only().dispatchEvent(new Event('error'));
    expect(await inspected).toMatchObject({ ok: true, value: { version: '8.0.3' } });
    expect(only().terminated).toBe(true);
  });
});

test('a browser that makes no workers inspects on the main thread', async () => {
  expect('Worker' in globalThis).toBe(false);
  expect(await inspectArchive(file, {})).toMatchObject({ ok: true, value: { version: '8.0.3', build: '23950268' } });
});
