import { ok, refusal } from './line-api.ts';
import type { Answer, Endpoint } from './line-api.ts';
import { SAYS } from './faults.ts';
import { token } from './ids.ts';
import { pictureOf } from './picture.ts';
import type { Platform } from './platform.ts';
import type { Channel } from './channels.ts';
import type { Json } from './render.ts';

/** A rich menu as it was made, with its picture once that is there: it cannot be another. */
export type RichMenu = Json & { richMenuId: string };
export type Image = { type: string; bytes: Buffer };
/** The rich menus of one channel. */
type Menus = { byId: Map<string, RichMenu>; images: Map<string, Image>; aliases: Map<string, string>; standard: string | null; of: Map<string, string> };

const kept = new WeakMap<Channel, Menus>();
function menusOf(channel: Channel): Menus {
  let menus = kept.get(channel);
  if (!menus) kept.set(channel, (menus = { byId: new Map(), images: new Map(), aliases: new Map(), standard: null, of: new Map() }));
  return menus;
}
const known = (channel: Channel, id: unknown, then: (id: string, menus: Menus) => Answer): Answer => {
  const menus = menusOf(channel);
  return typeof id === 'string' && menus.byId.has(id) ? then(id, menus) : SAYS.notFound;
};
const alias = (id: string, to: string): Json => ({ richMenuAliasId: id, richMenuId: to });

/** The menu a person sees: his own, else the default one. */
export function richMenuFor(channel: Channel, userId: string): RichMenu | null {
  const { byId, of, standard } = menusOf(channel);
  return byId.get(of.get(userId) ?? '') ?? byId.get(standard ?? '') ?? null;
}
export const richMenuImage = (channel: Channel, id: string): Image | null => menusOf(channel).images.get(id) ?? null;
export const forgetRichMenus = (channel: Channel): void => void kept.delete(channel);

/** REF "Rate limits": a hundred an hour each, and a thousand menus in all. */
const HOUR = 3_600_000;
const MOST_MENUS = 1000;
const mayDo = (platform: Platform, channel: Channel, what: string): boolean => channel.allows(`richmenu ${what}`, 100, HOUR, platform.clock.now());

/** REF "Requirements for rich menu image". */
const MOST_BYTES = 1024 * 1024;
const fits = ({ width, height }: { width: number; height: number }): boolean => width >= 800 && width <= 2500 && height >= 250 && width / height >= 1.45;

/** The structure, and what only the reference says of its size and areas. */
function mistakesIn(body: Json): Answer | null {
  const refused = refusal('RichMenuRequest', body);
  if (refused) return refused;
  const size = body['size'] as { width: number; height: number };
  if (!fits(size)) return { status: 400, body: { message: 'The request body has 1 error(s)', details: [{ message: 'The size is not allowed for richmenu', property: 'size' }] } };
  const areas = body['areas'] as { bounds: { x?: number; y?: number; width?: number; height?: number } }[];
  const out = areas.findIndex(({ bounds: { x = 0, y = 0, width = 0, height = 0 } }) => x < 0 || y < 0 || width <= 0 || height <= 0 || x + width > size.width || y + height > size.height);
  return out < 0 ? null : { status: 400, body: { message: 'The request body has 1 error(s)', details: [{ message: 'The bounds are outside of the rich menu', property: `areas[${out}].bounds` }] } };
}

const validate: Endpoint = (_, { body }) => mistakesIn(body) ?? ok();
const create: Endpoint = (platform, { channel, body }) => {
  const refused = mistakesIn(body);
  if (refused) return refused;
  const { byId } = menusOf(channel);
  if (!mayDo(platform, channel, 'create')) return SAYS.rateLimit;
  if (byId.size >= MOST_MENUS) return { status: 400, body: { message: 'The number of rich menus is over the limit' } };
  const richMenuId = `richmenu-${token()}`;
  byId.set(richMenuId, { ...body, richMenuId });
  return ok({ richMenuId });
};
const upload: Endpoint = (platform, { channel, params, raw, contentType }) => known(channel, params[0], (id, { byId, images }) => {
  if (contentType !== 'image/png' && contentType !== 'image/jpeg') return { status: 415, body: { message: `The content type, ${contentType}, is not supported` } };
  if (images.has(id)) return { status: 400, body: { message: 'An image has already been uploaded to the richmenu' } };
  if (raw.length > MOST_BYTES) return SAYS.tooLarge;
  const picture = pictureOf(raw);
  const size = byId.get(id)!['size'] as { width: number; height: number };
  if (!picture || picture.type !== contentType || picture.width !== size.width || picture.height !== size.height) return { status: 400, body: { message: 'The image size is not allowed for richmenu' } };
  images.set(id, { type: contentType, bytes: raw });
  platform.changed({ menus: true });
  return ok();
});
const link = (platform: Platform, channel: Channel, id: unknown, to: (id: string, menus: Menus) => void): Answer => known(channel, id, (menu, menus) => {
  if (!menus.images.has(menu)) return { status: 400, body: { message: 'must upload richmenu image before applying it to user', details: [] } };
  to(menu, menus);
  platform.changed({ menus: true });
  return ok();
});
const remove: Endpoint = (platform, { channel, params }) => known(channel, params[0], (id, menus) => {
  if (!mayDo(platform, channel, 'delete')) return SAYS.rateLimit;
  menus.byId.delete(id);
  menus.images.delete(id);
  if (menus.standard === id) menus.standard = null;
  platform.changed({ menus: true });
  return ok();
});

/** Method, path with its parameters, and what is done: every rich-menu call of the Messaging API a bot makes. */
export const RICH_MENU_ROUTES: readonly (readonly [method: string, path: RegExp, endpoint: Endpoint])[] = [
  ['POST', /^\/v2\/bot\/richmenu$/, create],
  ['POST', /^\/v2\/bot\/richmenu\/validate$/, validate],
  ['GET', /^\/v2\/bot\/richmenu\/list$/, (_, { channel }) => ok({ richmenus: [...menusOf(channel).byId.values()] })],
  ['POST', /^\/v2\/bot\/richmenu\/alias$/, (_, { channel, body }) =>
    known(channel, body['richMenuId'], (id, menus) => (menus.aliases.set(String(body['richMenuAliasId']), id), ok()))],
  ['GET', /^\/v2\/bot\/richmenu\/alias\/list$/, (_, { channel }) => ok({ aliases: [...menusOf(channel).aliases].map(([id, to]) => alias(id, to)) })],
  ['GET', /^\/v2\/bot\/richmenu\/alias\/([^/]+)$/, (_, { channel, params }) => {
    const to = menusOf(channel).aliases.get(params[0]!);
    return to ? ok(alias(params[0]!, to)) : SAYS.notFound;
  }],
  ['POST', /^\/v2\/bot\/richmenu\/alias\/([^/]+)$/, (_, { channel, body, params }) =>
    known(channel, body['richMenuId'], (id, menus) => (menus.aliases.set(params[0]!, id), ok()))],
  ['DELETE', /^\/v2\/bot\/richmenu\/alias\/([^/]+)$/, (_, { channel, params }) => (menusOf(channel).aliases.delete(params[0]!) ? ok() : SAYS.notFound)],
  ['GET', /^\/v2\/bot\/richmenu\/([^/]+)$/, (_, { channel, params }) => known(channel, params[0], (id, menus) => ok(menus.byId.get(id)!))],
  ['DELETE', /^\/v2\/bot\/richmenu\/([^/]+)$/, remove],
  ['POST', /^\/v2\/bot\/richmenu\/([^/]+)\/content$/, upload],
  ['GET', /^\/v2\/bot\/richmenu\/([^/]+)\/content$/, (_, { channel, params }) => {
    const image = richMenuImage(channel, params[0]!);
    return image ? { status: 200, body: null, bytes: image } : SAYS.notFound;
  }],
  ['GET', /^\/v2\/bot\/user\/all\/richmenu$/, (_, { channel }) => {
    const { standard } = menusOf(channel);
    return standard === null ? SAYS.notFound : ok({ richMenuId: standard });
  }],
  ['POST', /^\/v2\/bot\/user\/all\/richmenu\/([^/]+)$/, (platform, { channel, params }) => link(platform, channel, params[0], (id, menus) => (menus.standard = id))],
  ['DELETE', /^\/v2\/bot\/user\/all\/richmenu$/, (platform, { channel }) => ((menusOf(channel).standard = null), platform.changed({ menus: true }), ok())],
  ['GET', /^\/v2\/bot\/user\/([^/]+)\/richmenu$/, (_, { channel, params }) => {
    const id = menusOf(channel).of.get(params[0]!);
    return id === undefined ? SAYS.notFound : ok({ richMenuId: id });
  }],
  ['POST', /^\/v2\/bot\/user\/([^/]+)\/richmenu\/([^/]+)$/, (platform, { channel, params }) => link(platform, channel, params[1], (id, menus) => menus.of.set(params[0]!, id))],
  ['DELETE', /^\/v2\/bot\/user\/([^/]+)\/richmenu$/, (_, { channel, params }) => (menusOf(channel).of.delete(params[0]!), ok())],
];
