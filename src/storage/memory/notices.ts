/** What the shop's people are to hear, in the process. */
import type { Listener, Notice, NoticeReader, NoticeWriter, Untold } from '../../jobs/notices.ts';
import type { Instant } from '../../model/time.ts';

export type KeptNotice = Notice & { dueAt: Instant; toldAt: Instant | null };

/** Both sides in one; one instance is one transaction, which `undo` takes back. */
export class MemoryNotices implements NoticeReader, NoticeWriter {
  readonly #kept: KeptNotice[];
  readonly #listener: (staffId: string, channel: string) => Listener | null;
  readonly #undo: (() => void)[] = [];

  /** `listener`: where a person of the shop is reached at a channel. */
  constructor(kept: KeptNotice[], listener: (staffId: string, channel: string) => Listener | null) {
    this.#kept = kept;
    this.#listener = listener;
  }

  async waiting(now: Instant): Promise<string[]> {
    return [...new Set(this.#kept.filter((n) => n.toldAt === null && n.dueAt <= now).map((n) => n.staffId))];
  }

  async keep(notices: readonly Notice[]): Promise<void> {
    for (const notice of notices) {
      if (this.#kept.some((n) => n.rowId === notice.rowId && n.staffId === notice.staffId)) continue;
      const told = this.#kept.filter((n) => n.staffId === notice.staffId && n.about !== null && n.about === notice.about).map((n) => n.toldAt ?? -Infinity);
      const kept: KeptNotice = { ...structuredClone(notice), dueAt: notice.calm > 0 ? Math.max(notice.madeAt, ...told.map((at) => at + notice.calm)) : notice.madeAt, toldAt: null };
      this.#kept.push(kept);
      this.#undo.push(() => void this.#kept.splice(this.#kept.indexOf(kept), 1));
    }
  }

  async untold(staffId: string, channel: string): Promise<Untold> {
    const own = this.#kept.filter((n) => n.staffId === staffId);
    const notices = own.filter((n) => n.toldAt === null);
    const told = own.flatMap((n) => n.toldAt ?? []);
    return {
      listener: this.#listener(staffId, channel), notices: notices.map(({ rowId, news }) => ({ rowId, news })),
      due: notices.length === 0 ? null : Math.min(...notices.map((n) => n.dueAt)), toldAt: told.length === 0 ? null : Math.max(...told),
    };
  }

  /** The twin looks at every talk. */
  async left(): Promise<void> {}

  async told(staffId: string, rowIds: readonly string[], at: Instant): Promise<void> {
    for (const notice of this.#kept.filter((n) => n.staffId === staffId && rowIds.includes(n.rowId))) {
      notice.toldAt = at;
      this.#undo.push(() => (notice.toldAt = null));
    }
  }

  undo(): void {
    for (const back of this.#undo.splice(0).toReversed()) back();
  }
}
