/** What has been opened, in the order it was; closed the other way round. */
export type Opened = { what: string; close(): Promise<void> };

/** How long one thing may take to close before the next is closed all the same, milliseconds. */
const PATIENCE = 25_000;

/** npm passes on the Ctrl-C that the terminal has sent to us as well; so soon after the first it is the same one. */
const SAME_MS = 500;

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/**
 * Settles once a signal asks to stop. From then on a second one ends the process at once: `force` is called without
 * being waited for, and the exit code is the shell's, 128 + the signal's number.
 */
export function stopAsked(force: () => void): Promise<void> {
  return new Promise((resolve) => {
    let armed = false;
    for (const [signal, number] of Object.entries(SIGNALS)) {
      process.on(signal, () => {
        resolve();
        setTimeout(() => (armed = true), SAME_MS).unref();
        if (!armed) return;
        force();
        process.exit(128 + number);
      });
    }
  });
}

/** Closes everything, last opened first. One that fails or hangs is said in a line and does not keep the others open. */
export async function closeAll(opened: Opened[]): Promise<boolean> {
  let well = true;
  for (const { what, close } of opened.splice(0).toReversed()) {
    const slow = new Promise<string>((resolve) => setTimeout(() => resolve(`took longer than ${PATIENCE / 1000} s`), PATIENCE).unref());
    const trouble = await Promise.race([close().then(() => null, (error: unknown) => (error as Error).message), slow]);
    if (trouble === null) continue;
    well = false;
    console.error(`Closing ${what}: ${trouble}`);
  }
  return well;
}
