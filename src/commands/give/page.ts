/** What is held about a customer as one page in Japanese, to read on a screen or to print. Everything in it is escaped. */
import type { Given } from '../../chatlog/personal.ts';
import { visible } from '../../chatlog/words/visible.ts';
import type { Store } from '../../model/store.ts';
import { dayOf, minuteOf, toClock } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';

const escaped = (text: unknown): string => visible(String(text ?? '')).replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!);
const moment = (at: Instant): string => `${dayOf(at).replaceAll('-', '/')} ${toClock(minuteOf(at))}`;
const momentOf = (iso: unknown): string => (typeof iso === 'string' && !Number.isNaN(Date.parse(iso)) ? moment(Date.parse(iso)) : '');
const table = (head: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  rows.length === 0 ? '<p class="none">記録はありません。</p>'
    : `<table><thead><tr>${head.map((h) => `<th>${escaped(h)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</tbody></table>`;

const STATUS: Record<string, string> = { confirmed: '確定', pending: '仮', canceled: 'キャンセル', waiting: '待ち', offered: 'ご案内中', booked: 'ご予約済み', left: '解除', closed: '終了', completed: '済み', failed: '失敗', no_show: 'ご来店なし' };
const status = (said: unknown): string => STATUS[String(said)] ?? String(said);
const WHO = { user: 'お客様', system: '自動応答', staff: 'スタッフ' } as const;
const list = (names: unknown): string => (Array.isArray(names) ? names.join('、') : '');

/** The page, whole: no script, nothing is loaded from elsewhere. */
export function givenPage({ person, madeAt, held, history, log }: Given, stores: readonly Store[]): string {
  const rows = (what: string) => held[what] ?? [];
  const known = rows('talks').map((talk) => [talk['channel'], talk['name'], talk['phone'], talk['blocked'] ? 'はい' : 'いいえ', momentOf(talk['updated_at'])]);
  const staying = [['events', '受付中のメッセージ'], ['events_set_aside', '処理できなかったメッセージ'], ['still_to_send', '送信待ち']].map(([what = '', name]) => [name, rows(what).length]);
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>保有個人データの開示</title>
<style>
:root { color-scheme: light; }
body { font: 15px/1.7 "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", sans-serif; color: #222; max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2.2rem; border-bottom: 2px solid #ddd; padding-bottom: .2rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #e3e3e3; overflow-wrap: anywhere; } th { color: #666; font-weight: 600; white-space: nowrap; }
.none, .when { color: #777; } .chat p { margin: .5rem 0; padding: .5rem .8rem; border-radius: .6rem; background: #f2f3f5; white-space: pre-wrap; overflow-wrap: anywhere; } .chat p.user { background: #e3f4e1; } .when { font-size: .8rem; display: block; }
.wide { overflow-x: auto; } @media print { body { max-width: none; } .chat p { break-inside: avoid; } }
</style></head><body>
<h1>保有個人データの開示</h1>
<p>作成日時: ${escaped(moment(madeAt))}${stores.length > 0 ? `　店舗: ${escaped(stores.map((store) => store.name).join('、'))}` : ''}</p>
<h2>お客様情報</h2>
${table(['項目', '内容'], [['お名前', person.name], ['お電話', person.phone ?? ''], ['メール', rows('person')[0]?.['email'] ?? ''], ['LINEのID', person.lineId ?? ''], ['登録日時', momentOf(rows('person')[0]?.['created_at'])], ['管理番号', person.userId]])}
<h2>アカウントごとの情報</h2>
<div class="wide">${table(['アカウント', 'お名前', 'お電話', 'ブロック', '最後のやりとり'], known)}</div>
<h2>ご予約</h2>
<div class="wide">${table(['日時', '店舗', 'メニュー', '担当', '状態', 'メモ'], rows('visits').map((v) => [momentOf(v['start_time']), v['store'], list(v['menus']), v['staff'], `${status(v['status'])}${v['no_show'] ? '（ご来店なし）' : ''}`, v['notes']]))}</div>
<h2>ご来店の記録</h2>
${table(['日付', '店舗', 'メニュー', '状態'], history.map((h) => [h.date, h.store, h.menu, status(h.status)]))}
<h2>キャンセル待ち</h2>
${table(['ご希望', '店舗', 'メニュー', '状態'], rows('waits').map((w) => [`${momentOf(w['wanted_from'])}〜${momentOf(w['wanted_until'])}`, w['store'], list(w['menus']), status(w['status'])]))}
<h2>お支払い</h2>
${table(['日時', '金額', '状態'], rows('payments').map((p) => [momentOf(p['created_at']), `${Number(p['amount']).toLocaleString('ja-JP')}円`, status(p['status'])]))}
<h2>処理の途中のもの</h2>
${table(['種類', '件数'], staying)}
<h2>LINEでのやりとり</h2>
<div class="chat">${log.map((entry) => `<p class="${entry.role === 'user' ? 'user' : 'us'}"><span class="when">${escaped(moment(entry.timestamp))}　${escaped(WHO[entry.role])}</span>${escaped(entry.message)}</p>`).join('\n') || '<p class="none">記録はありません。</p>'}</div>
</body></html>
`;
}
