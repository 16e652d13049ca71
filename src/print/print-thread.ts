import { parentPort } from 'node:worker_threads';
import type { FromPrintThread, ToPrintThread } from './printer.js';
import { printed } from './printed-document.js';

/** The thread that makes PDF files: started as a file of its own (`Printer`). */
parentPort?.on('message', ({ number, document }: ToPrintThread) => {
  printed(document).then(
    (bytes) => parentPort?.postMessage({ number, bytes } satisfies FromPrintThread, []),
    // What cannot be printed costs this document alone, not the thread and all that wait for it.
    () => parentPort?.postMessage({ number } satisfies FromPrintThread, []),
  );
});
