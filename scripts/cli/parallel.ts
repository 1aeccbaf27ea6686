/**
 * Answers in the order of the inputs, no more than `atOnce` at work. One that fails stops none of the others.
 * @throws Error with every failure, once all are done
 */
export async function inParallel<T, R>(
  inputs: readonly T[],
  atOnce: number,
  work: (input: T) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  const failures: string[] = [];
  const waiting = inputs.map((input, index) => ({ input, index }));
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        answers[next.index] = await work(next.input);
      } catch (error) {
        failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw new Error(`${failures.length} of ${inputs.length} failed\n\n${failures.join('\n\n')}`);
  return answers;
}
