/** The rich menu: six areas, each of which sends words a customer could have typed. Pure: its picture is SVG here. */
import type { messagingApi } from '@line/bot-sdk';
import { lettersOn, mixed, onWhite } from '../model/colour.ts';
import { ja } from './ja.ts';

/** Whose it is: a shop's name and colour, `#rrggbb`. */
export type RichMenuLook = { name: string; colour: string };
/** Without its name: that is how a menu is known again, and is LINE's own matter. */
export type RichMenu = { request: Omit<messagingApi.RichMenuRequest, 'name'>; svg: string };

/** The large size LINE recommends. */
const WIDTH = 2500;
const HEIGHT = 1686;
const HEAD = 226;
const COLUMNS = 3;
const ROW = (HEIGHT - HEAD) / 2;
const GAP = 14;
/** The font that is drawn with; its name as the SVG says it. */
export const RICH_MENU_FONT = 'BIZ UDPGothic';

/** Lines on a square of 24, one picture an area, in the order of `ja.richMenu.areas`. */
const ICONS: readonly string[] = [
  // a calendar with a plus
  '<rect x="3" y="5" width="18" height="16" rx="2.4"/><path d="M3 10h18M8 2.8v4M16 2.8v4M12 12.6v5.4M9.3 15.3h5.4"/>',
  // a clock
  '<circle cx="12" cy="12" r="9"/><path d="M12 6.8V12l3.6 2.4"/>',
  // a list with a tick
  '<rect x="4.5" y="4.4" width="15" height="17" rx="2.4"/><path d="M9 2.6h6v3.6H9zM8.4 13.2l2.6 2.6 4.8-5"/>',
  // two arrows
  '<path d="M4.2 10A8 8 0 0 1 18.6 7.2M19.8 14A8 8 0 0 1 5.4 16.8M18.9 3v4.4h-4.4M5.1 21v-4.4h4.4"/>',
  // a bell
  '<path d="M6.2 16.6V11a5.8 5.8 0 0 1 11.6 0v5.6l1.7 2.2h-15zM9.9 21.2a2.2 2.2 0 0 0 4.2 0M12 5.2V3"/>',
  // a shop
  '<path d="M4.4 12v8.6h15.2V12M3 9.4 5 3.6h14l2 5.8a3 3 0 0 1-6 .2 3 3 0 0 1-6 0 3 3 0 0 1-6-.2zM10 20.6v-5h4v5"/>',
];

/** Left edge and width of a column; the widths add up to the picture's. */
const column = (n: number): [x: number, width: number] => {
  const from = Math.round((WIDTH * n) / COLUMNS);
  return [from, Math.round((WIDTH * (n + 1)) / COLUMNS) - from];
};
const bounds = (n: number): messagingApi.RichMenuBounds => {
  const [x, width] = column(n % COLUMNS);
  return { x, y: HEAD + ROW * Math.floor(n / COLUMNS), width, height: ROW };
};

/** The menu of a shop, or of the account where it has several. */
export function richMenu(look: RichMenuLook): RichMenu {
  const areas = ja.richMenu.areas.map((label, n): messagingApi.RichMenuArea => ({ bounds: bounds(n), action: { type: 'message', label, text: label } }));
  return { request: { size: { width: WIDTH, height: HEIGHT }, selected: true, chatBarText: ja.richMenu.bar, areas }, svg: picture(look) };
}

function picture({ name, colour }: RichMenuLook): string {
  const paper = mixed(colour, '#ffffff', 0.9);
  const tiles = ja.richMenu.areas.map((label, n) => tile(label, ICONS[n]!, bounds(n), n === 0 ? { fill: colour, ink: lettersOn(colour), letters: lettersOn(colour) } : { fill: '#ffffff', ink: onWhite(colour), letters: '#22262a' }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="${RICH_MENU_FONT}" font-weight="700" text-anchor="middle">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${paper}"/>`, `<rect width="${WIDTH}" height="${HEAD}" fill="${colour}"/>`, title(name, lettersOn(colour)), ...tiles, '</svg>',
  ].join('\n');
}

function tile(label: string, icon: string, { x, y, width, height }: { x?: number; y?: number; width?: number; height?: number }, { fill, ink, letters }: { fill: string; ink: string; letters: string }): string {
  const [left, top, wide, high] = [x! + GAP, y! + GAP, width! - 2 * GAP, height! - 2 * GAP];
  const middle = left + wide / 2;
  const size = 11.5;
  return [
    `<rect x="${left}" y="${top}" width="${wide}" height="${high}" rx="36" fill="${fill}"/>`,
    `<g transform="translate(${middle - 12 * size} ${top + 130}) scale(${size})" fill="none" stroke="${ink}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${icon}</g>`,
    `<text x="${middle}" y="${top + high - 128}" font-size="${Math.min(96, Math.floor((wide - 60) / ems(label)))}" fill="${letters}">${escaped(label)}</text>`,
  ].join('');
}

/** The name as large as it fits; what is too long for any size worth reading is cut. */
function title(name: string, ink: string): string {
  const plain = name.replaceAll(/\p{Extended_Pictographic}|\p{Cf}|\p{Cc}/gu, ' ').replaceAll(/\s+/g, ' ').trim();
  const room = WIDTH - 240;
  const most = room / 64;
  let shown = plain;
  if (ems(plain) > most) {
    const graphemes = [...new Intl.Segmenter('ja').segment(plain)].map((part) => part.segment);
    while (graphemes.length > 0 && ems(`${graphemes.join('')}…`) > most) graphemes.pop();
    shown = `${graphemes.join('')}…`;
  }
  const size = Math.min(104, Math.floor(room / Math.max(1, ems(shown))));
  return `<text x="${WIDTH / 2}" y="${HEAD / 2 + size * 0.36}" font-size="${size}" fill="${ink}">${escaped(shown)}</text>`;
}

/** How wide a text is, in ems: half of one for what is not full-width, a little more for wide letters. */
const ems = (text: string): number => [...text].reduce((sum, char) => sum + (char.codePointAt(0)! < 0x500 ? (/[mwMW@]/.test(char) ? 0.95 : 0.62) : 1), 0);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
