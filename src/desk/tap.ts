/**
 * What a button of the desk carries: an answer to the question it was shown with, or words. It needs no owner: whoever
 * could send it could as well write them.
 */

export const DESK_VERBS = ['yes', /** the customer wanted it */ 'asked', /** nobody is moved */ 'only', 'no', /** an id */ 'visit', 'approve', 'decline', /** a customer's id */ 'resume', /** words, as if they were written */ 'order'] as const;
export type DeskVerb = (typeof DESK_VERBS)[number];
export type DeskTap = { verb: DeskVerb; value: string; seq: number };

const FORMAT = 'd';
const MAX_DATA = 300;

/** Postback data for a button shown in this talk: `d.<seq>.<verb>.<value>`. */
export const writeDeskTap = ({ seq }: { seq: number }, verb: DeskVerb, value = ''): string => [FORMAT, seq, verb, value].join('.').slice(0, MAX_DATA);

/** Whether postback data is the desk's, whatever is in it. */
export const isDeskTap = (data: string): boolean => data.startsWith(`${FORMAT}.`);

/** Null = not one of the desk's buttons. Never throws. */
export function readDeskTap(data: string): DeskTap | null {
  const [format, seq, verb, ...rest] = data.length <= MAX_DATA ? data.split('.') : [];
  const known = DESK_VERBS.find((v) => v === verb);
  if (format !== FORMAT || !known || !seq || !/^\d{1,9}$/.test(seq)) return null;
  return { verb: known, value: rest.join('.'), seq: Number(seq) };
}
