/**
 * The first Ctrl-C ends what runs, in order, and lets nothing half-made stay; later ones only say so.
 * @returns what lets interrupts end the program again
 */
export function onInterrupt(controller: AbortController, say: (text: string) => void): () => void {
  const handler = (): void => {
    const text = 'the machine is being taken down, and what is half-made removed';
    if (controller.signal.aborted) return say(`Already interrupted: ${text}.`);
    say(`Interrupted: ${text}.`);
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, handler);
  return () => {
    for (const signal of signals) process.off(signal, handler);
  };
}
