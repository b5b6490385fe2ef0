/** The pages a customer sees before and after the provider's own: plain HTML, no script, made for a phone. */
import { jaPay } from '../replies/ja-pay.ts';

/** A page: what it says, and the one button on it, if any. */
export type Page = { title: string; text: string; button?: { label: string; href: string } };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `body{margin:0;font-family:system-ui,sans-serif;background:#f3f4f6;color:#1f2a37;display:grid;min-height:100vh;place-items:center}
main{box-sizing:border-box;width:min(26rem,calc(100vw - 2rem));margin:1rem;padding:2rem 1.5rem;background:#fff;border-radius:1rem;box-shadow:0 1px 4px #0002;text-align:center}
h1{font-size:1.2rem;margin:0 0 .75rem;color:#0f766e}p{margin:0;line-height:1.7}
a{display:block;margin-top:1.5rem;padding:.9rem;border-radius:.6rem;background:#0f766e;color:#fff;text-decoration:none;font-weight:bold}`;

export const html = ({ title, text, button }: Page): string => `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p>${button ? `<a href="${escaped(button.href)}">${escaped(button.label)}</a>` : ''}</main></body></html>
`;

export const PAGES = {
  unknown: { status: 404, page: jaPay.unknown },
  over: { status: 410, page: jaPay.over },
  returned: { status: 410, page: jaPay.returned },
  done: { status: 200, page: jaPay.done },
  paid: { status: 200, page: jaPay.paid },
} as const satisfies Record<string, { status: number; page: Page }>;

/** Nobody could make the link just now. */
export const later = (href: string): { status: number; page: Page } => ({ status: 503, page: { ...jaPay.later, button: { label: jaPay.retry, href } } });

/** The customer came back without paying; until when he still can, in words. */
export const left = (until: string, href: string): { status: number; page: Page } => (
  { status: 200, page: { title: jaPay.left.title, text: jaPay.left.text(until), button: { label: jaPay.pay, href } } });
