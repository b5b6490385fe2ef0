/** The slot table: every detail of a visit, one row each, in asking order. */
import type { SlotName } from './talk.ts';

export const SLOTS: readonly SlotName[] = ['store', 'menu', 'staff', 'day', 'time', 'name'];
