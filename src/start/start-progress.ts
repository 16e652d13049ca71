/** Tells what a start is waiting for. */
export type TellStep = (step: string) => void;

const tellEveryMs = 3_000;

/**
 * Tells whoever watches a start that it goes on: at once that it began, then every few seconds what it is waiting for, until `stop`.
 * @param write takes whole lines
 */
export function startProgress(
  write: (text: string) => void,
  everyMs = tellEveryMs,
): { readonly step: TellStep; stop(): void } {
  const began = performance.now();
  let now = 'the configuration';
  write('Hemgång is starting.\n');
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - began) / 1000);
    write(`Hemgång is starting (${seconds} s): waiting for ${now}.\n`);
  }, everyMs);
  return {
    step: (step) => {
      now = step;
    },
    stop: () => clearInterval(timer),
  };
}
