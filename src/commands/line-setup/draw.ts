import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Resvg, initWasm } from '@resvg/resvg-wasm';
import { RICH_MENU_FONT } from '../../replies/rich-menu.ts';

const { resolve } = createRequire(import.meta.url);
/** From npm, so that it is there on a machine without Japanese fonts. */
const FONT = '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf';

let ready: Promise<Uint8Array> | null = null;
/** The library is made ready once; gives the font. */
async function prepare(): Promise<Uint8Array> {
  const [wasm, font] = await Promise.all([readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')), readFile(resolve(FONT))]);
  await initWasm(wasm);
  return font;
}

/** An SVG as PNG; takes about a second. */
export async function drawn(svg: string): Promise<Buffer> {
  const font = await (ready ??= prepare());
  const picture = new Resvg(svg, { font: { fontBuffers: [font], defaultFontFamily: RICH_MENU_FONT } });
  try {
    const image = picture.render();
    try {
      return Buffer.from(image.asPng());
    } finally {
      image.free();
    }
  } finally {
    picture.free();
  }
}
