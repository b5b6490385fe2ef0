/** jest's globalTeardown (which wants a default export). */
// oxlint-disable-next-line import/no-default-export
export default async function stop(): Promise<void> {
  await globalThis.closeServerRoom?.();
}
