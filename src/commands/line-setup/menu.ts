import { createHash } from 'node:crypto';
import { LineRefused } from '../../line/errors.ts';
import type { LineAccount, RichMenuKept } from '../../line/account.ts';
import type { RichMenu } from '../../replies/rich-menu.ts';
import type { Step } from './step.ts';

/** Names of the menus we made: a menu of the same content is known again by it. */
const OURS = 'aiteru ';
export const nameOf = ({ request, svg }: RichMenu): string => `${OURS}${createHash('sha256').update(JSON.stringify(request)).update(svg).digest('hex').slice(0, 16)}`;

/** The default rich menu: made and linked where it is not there, older ones of ours removed. Others’ menus are left alone. */
export async function menuSteps(account: LineAccount, menu: RichMenu, draw: (svg: string) => Promise<Buffer>): Promise<Step[]> {
  const name = nameOf(menu);
  const [kept, shown] = [await account.richMenus(), await account.defaultRichMenu()];
  const same = kept.filter((m) => m.name === name);
  const there = same.find((m) => m.id === shown) ?? same[0];
  const linked = there !== undefined && (there.id === shown || (await link(account, there)));
  let id = linked ? there.id : '';
  if (!linked) {
    id = await account.createRichMenu({ ...menu.request, name }, await draw(menu.svg));
    await account.setDefaultRichMenu(id);
  }
  const old = kept.filter((m) => m.name.startsWith(OURS) && m.id !== id);
  let removed = 0;
  for (const { id: gone } of old) removed += await account.deleteRichMenu(gone).then(() => 1, () => 0);
  const other = kept.find((m) => m.id === shown && !m.name.startsWith(OURS));
  return [
    there?.id === shown && linked ? { mark: 'ok', says: `The rich menu is there and shown to everybody (${name}).` } : { mark: 'changed', says: `The rich menu is ${linked ? 'shown to everybody again' : 'drawn and shown to everybody'} (${name}).` },
    ...(removed > 0 ? [{ mark: 'changed', says: `${removed === 1 ? 'One older menu' : `${removed} older menus`} of ours removed.` } as const] : []),
    ...(removed < old.length ? [{ mark: 'left', says: `${old.length - removed} older menus of ours could not be removed; the next run tries again.` } as const] : []),
    ...(other ? [{ mark: 'left', says: `The menu “${other.name}” was shown before; it is kept, but no longer shown.` } as const] : []),
  ];
}

/** One that an earlier run made and did not come to link. Without its picture LINE does not take it: false, to be made anew. */
async function link(account: LineAccount, { id }: RichMenuKept): Promise<boolean> {
  try {
    await account.setDefaultRichMenu(id);
    return true;
  } catch (error) {
    if (error instanceof LineRefused && (error.status === 400 || error.status === 404)) return false;
    throw error;
  }
}
