import { readShop } from '../../model/shop-file.ts';
import type { Shop } from '../../model/shop-file.ts';

/** A shop small enough that everybody wants the same times; quiet over noon, so that a run of ten hours has some. `closed` = a day off for all. */
const shopFile = (closed: string | null): string => `version: 1
name: せまい店
kind: salon
address: 東京都架空区1-1
phone: 03-0000-0000
hours:
  weekly:
${['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `    ${day}: 10:00-18:00`).join('\n')}
${closed === null ? '' : `  exceptions:\n    - { day: ${closed}, hours: closed }\n`}booking:
  grid_minutes: 30
  notice_minutes: 60
  window_days: 4
quiet_hours: "12:00-13:00"
menus:
  - { name: カット, minutes: 60, price: 4400 }
  - { name: カラー, minutes: 90, buffer: 15, price: 6600 }
  - { name: スパ, minutes: 30, price: 2200 }
staff:
  - { name: 佐藤, role: スタイリスト, menus: all }
  - { name: 田中, role: スタイリスト, menus: all }
  - { name: 鈴木, role: スタイリスト, menus: [カット, スパ] }
`;

export function fuzzShop(closed: string | null = null): Shop {
  const read = readShop(shopFile(closed));
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  return { ...read.shop, channel: 'default' };
}
