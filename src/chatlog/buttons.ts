/** What can be tapped in a chat. */

/** A button a chat shows. */
export type Button = { type: string; label: string; data?: string; text?: string; mode?: string };

/** The tappable things of one LINE message, wherever they stand in it; quick replies only of the last one. */
export function buttonsOf(message: unknown, last: boolean): Button[] {
  const found: Button[] = [];
  const seek = (value: unknown, key: string): void => {
    if (typeof value !== 'object' || value === null || (key === 'quickReply' && !last)) return;
    const it = value as Button;
    if (['postback', 'message', 'datetimepicker'].includes(it.type) && typeof it.label === 'string') found.push(it);
    for (const [k, inner] of Object.entries(value)) seek(inner, k);
  };
  seek(message, '');
  return found;
}
