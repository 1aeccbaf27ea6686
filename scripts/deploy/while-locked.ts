import { waitForEnd } from './processes';
import { type RunLock, takeRunLock } from './run-lock';
import { watchTerraform } from './terraform-run';

/**
 * Does work that nobody else does at the same time over the same states. A Terraform that outlived a killed run still
 * makes things and writes its state: the work begins when it has ended.
 * @param note told what it waits for
 * @throws ProblemsError that says who runs
 */
export async function whileLocked<T>(
  file: string,
  command: string,
  note: (text: string) => void,
  work: (lock: RunLock) => Promise<T>,
): Promise<T> {
  const lock = takeRunLock(file, command);
  watchTerraform(lock.keep);
  try {
    await waitForEnd(lock.orphans, (pids) =>
      note(
        `Waiting for Terraform of the run that was killed to end: process ${pids}. To end it sooner, with its state written: kill -INT ${pids}`,
      ),
    );
    return await work(lock);
  } finally {
    watchTerraform(() => undefined);
    lock.release();
  }
}
