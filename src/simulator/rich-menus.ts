import { ok, refusal } from './line-api.ts';
import type { Answer, Endpoint } from './line-api.ts';
import { SAYS } from './faults.ts';
import { token } from './ids.ts';
import type { Channel } from './channels.ts';
import type { Json } from './render.ts';

/** The rich menus of one channel. They are kept and answered, not drawn: PC users of LINE do not see them either. */
type Menus = { byId: Map<string, Json>; aliases: Map<string, string>; standard: string | null; of: Map<string, string> };

const kept = new WeakMap<Channel, Menus>();
function menusOf(channel: Channel): Menus {
  let menus = kept.get(channel);
  if (!menus) kept.set(channel, (menus = { byId: new Map(), aliases: new Map(), standard: null, of: new Map() }));
  return menus;
}
const known = (channel: Channel, id: unknown, then: (id: string, menus: Menus) => Answer): Answer => {
  const menus = menusOf(channel);
  return typeof id === 'string' && menus.byId.has(id) ? then(id, menus) : SAYS.notFound;
};
const alias = (id: string, to: string): Json => ({ richMenuAliasId: id, richMenuId: to });

const validate: Endpoint = (_, { body }) => refusal('RichMenuRequest', body) ?? ok();
const create: Endpoint = (_, { channel, body }) => {
  const refused = refusal('RichMenuRequest', body);
  if (refused) return refused;
  const richMenuId = `richmenu-${token()}`;
  menusOf(channel).byId.set(richMenuId, { ...body, richMenuId });
  return ok({ richMenuId });
};

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
  ['DELETE', /^\/v2\/bot\/richmenu\/([^/]+)$/, (_, { channel, params }) => known(channel, params[0], (id, menus) => (menus.byId.delete(id), ok()))],
  ['POST', /^\/v2\/bot\/richmenu\/([^/]+)\/content$/, (_, { channel, params }) => known(channel, params[0], () => ok())],
  ['GET', /^\/v2\/bot\/user\/all\/richmenu$/, (_, { channel }) => {
    const { standard } = menusOf(channel);
    return standard === null ? SAYS.notFound : ok({ richMenuId: standard });
  }],
  ['POST', /^\/v2\/bot\/user\/all\/richmenu\/([^/]+)$/, (_, { channel, params }) => known(channel, params[0], (id, menus) => ((menus.standard = id), ok()))],
  ['DELETE', /^\/v2\/bot\/user\/all\/richmenu$/, (_, { channel }) => ((menusOf(channel).standard = null), ok())],
  ['GET', /^\/v2\/bot\/user\/([^/]+)\/richmenu$/, (_, { channel, params }) => {
    const id = menusOf(channel).of.get(params[0]!);
    return id === undefined ? SAYS.notFound : ok({ richMenuId: id });
  }],
  ['POST', /^\/v2\/bot\/user\/([^/]+)\/richmenu\/([^/]+)$/, (_, { channel, params }) =>
    known(channel, params[1], (id, menus) => (menus.of.set(params[0]!, id), ok()))],
  ['DELETE', /^\/v2\/bot\/user\/([^/]+)\/richmenu$/, (_, { channel, params }) => (menusOf(channel).of.delete(params[0]!), ok())],
];
