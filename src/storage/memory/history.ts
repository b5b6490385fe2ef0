import type { HistoryEntry, ReservationHistory } from '../../chatlog/record.ts';

/** `reservation_history` in the process. */
export function memoryHistory(): ReservationHistory {
  const byUser = new Map<string, Map<string, HistoryEntry>>();
  return {
    record: async (userId, entry) => {
      const known = byUser.get(userId) ?? byUser.set(userId, new Map()).get(userId)!;
      known.set(entry.reservationId, { ...entry });
    },
    read: async (userId) => [...(byUser.get(userId)?.values() ?? [])].map((entry) => ({ ...entry })),
  };
}
