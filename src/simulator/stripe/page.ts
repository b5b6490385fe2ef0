/** The hosted payment page, for a person or a browser in a test: pays, fails, or goes back. */
import { Router, urlencoded } from 'express';
import type { Request, Response } from 'express';
import { TRIES } from './platform.ts';
import type { CheckoutSession, StripePlatform } from './platform.ts';

const escaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `body{margin:0;font-family:system-ui,sans-serif;background:#f6f8fa;color:#1a1f36;display:grid;min-height:100vh;place-items:center}
main{box-sizing:border-box;width:min(26rem,calc(100vw - 2rem));margin:1rem;padding:1.75rem 1.5rem;background:#fff;border-radius:.75rem;box-shadow:0 2px 8px #0002}
small{display:block;color:#6b7280;line-height:1.6}h1{font-size:1rem;font-weight:600;margin:1rem 0 .25rem;overflow-wrap:anywhere}
.yen{font-size:2.1rem;font-weight:700;margin:0 0 1.25rem}.wrong{background:#fef2f2;color:#b91c1c;padding:.75rem;border-radius:.5rem;margin:0 0 1rem;line-height:1.5}
form{display:grid;gap:.6rem}button,a{box-sizing:border-box;width:100%;padding:.85rem;border-radius:.5rem;border:1px solid #d1d5db;background:#fff;color:inherit;font:inherit;text-align:center;text-decoration:none}
button.pay{background:#635bff;border-color:#635bff;color:#fff;font-weight:700}`;

const WRONG = { declined: 'カードが拒否されました。別のカードでお試しください。', '3ds': '本人認証（3-D セキュア）に失敗しました。もう一度お試しください。' } as const;

function pageOf(session: CheckoutSession, wrong?: string): string {
  const open = session.status === 'open';
  const over = session.status === 'complete' ? 'お支払いはお済みです。' : 'この支払いページの有効期限は切れています。';
  const back = session.cancel_url ? `<a href="${escaped(session.cancel_url)}">戻る</a>` : '';
  const form = `<form method="post"><button class="pay" name="how" value="pay">支払う</button><button name="how" value="declined">カードが拒否される</button><button name="how" value="3ds">3-D セキュアに失敗する</button>${back}</form>`;
  return `<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>お支払い</title><style>${STYLE}</style></head>
<body><main><small>Stripe の代わりの練習用ページです。カード番号は要りません。お金は動きません。</small>
<h1>${escaped(session.title)}</h1><p class="yen">¥${session.amount_total.toLocaleString('ja-JP')}</p>
${wrong ? `<p class="wrong" role="alert">${wrong}</p>` : ''}${open ? form : `<p role="status">${over}</p>`}</main></body></html>
`;
}

/** `/pay/<session>`. */
export function stripePage(stripe: StripePlatform): Router {
  const router = Router();
  const found = (req: Request, res: Response): CheckoutSession | null => {
    stripe.tick();
    const session = stripe.sessions.get(String(req.params['id'])) ?? null;
    if (!session) res.status(404).type('text').send('この支払いページはありません。\n');
    return session;
  };
  router.get('/pay/:id', (req, res) => {
    const session = found(req, res);
    if (session) res.type('html').send(pageOf(session));
  });
  router.post('/pay/:id', urlencoded({ extended: false }), (req, res) => {
    const session = found(req, res);
    if (!session) return;
    const how = TRIES.find((one) => one === (req.body as { how?: unknown } | undefined)?.how);
    if (!how || !stripe.try(session, how)) return void res.type('html').send(pageOf(session));
    if (how !== 'pay') return void res.type('html').send(pageOf(session, WRONG[how]));
    res.redirect(303, session.success_url);
  });
  return router;
}
