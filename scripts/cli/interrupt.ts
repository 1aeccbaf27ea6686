/**
 * The first Ctrl-C aborts the controller, once; later ones only say so.
 * @param doing what happens then, as a clause
 * @returns what lets interrupts end the program again
 */
export function onInterrupt(controller: AbortController, doing: string, say: (text: string) => void): () => void {
  const handler = (): void => {
    if (controller.signal.aborted) return say(`Already interrupted: ${doing}.`);
    say(`Interrupted: ${doing}.`);
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, handler);
  return () => {
    for (const signal of signals) process.off(signal, handler);
  };
}
