/** Every sentence for the shop's own people: short, for somebody with scissors in his hand. */
export const jaStaff = {
  customer: (name: string) => `${name}様`,
  someone: 'お客様',
  nominated: (who: string) => `指名 ${who}`,
  charge: (who: string) => `担当 ${who}`,

  // ---- what they are told
  notice: {
    booked: (when: string, menus: string, customer: string, who: string) => `【新規】${when} ${menus} ${customer}（${who}）`,
    cancelled: (when: string, menus: string, customer: string, who: string) => `【キャンセル】${when} ${menus} ${customer}（${who}）`,
    moved: (customer: string, menus: string, before: string, after: string, who: string) => `【変更】${customer} ${menus}（${who}）\n${before} → ${after}`,
    offer_failed: (when: string, menus: string, who: string) => `【空き枠】${when} ${menus}（${who}）\nキャンセル待ちの方にご案内しましたが、ご予約になりませんでした。`,
    approval_asked: (when: string, menus: string, customer: string, who: string, until: string) => `【仮予約】${when} ${menus} ${customer}（${who}）\n${until}までに「承認」または「お断り」でお返事ください。`,
    late_cancel_asked: (when: string, menus: string, customer: string, who: string) => `【期限後のキャンセル希望】${when} ${menus} ${customer}（${who}）\nご予約はそのままです。お客様にはお電話をお願いしています。`,
    late_move_asked: (when: string, menus: string, customer: string, who: string) => `【期限後の変更希望】${when} ${menus} ${customer}（${who}）\nご予約はそのままです。お客様にはお電話をお願いしています。`,
    approval_lapsed: (when: string, menus: string, customer: string, who: string) => `【仮予約終了】${when} ${menus} ${customer}（${who}）\nお返事がなかったため、この仮予約は取り消しになりました。`,
    deposit: {
      give_back: (when: string, customer: string, yen: string) => `【返金】${customer} ${when}（キャンセル済み）\n予約金${yen}をお客様にお返しください。`,
      not_given_back: (when: string, customer: string, yen: string) => `【返金できません】${customer} ${when}（キャンセル済み）\n予約金${yen}の返金をStripeが受け付けませんでした。Stripeの管理画面をご確認のうえ、お客様にご連絡ください。`,
    },
    unreachable: (when: string, menus: string, customer: string, who: string, because: string) => `【リマインド未送信】${when} ${menus} ${customer}（${who}）\n${because}`,
    because: {
      blocked: 'お客様がこのアカウントをブロックしています。必要でしたらお電話でご確認ください。', refused: 'LINEで送信できませんでした。必要でしたらお電話でご確認ください。',
      quota: '今月のLINE送信数が残りわずかです。必要でしたらお電話でご確認ください。',
    },
    quota: {
      low: (limit: number, used: number) => `【LINE送信数】今月は${limit.toLocaleString('ja-JP')}通のうち${used.toLocaleString('ja-JP')}通を使いました。残りは空き枠のご案内や予約のお知らせに使い、リマインドとスタッフへの通知は来月までお休みします。ご予約は「今日の予約」でご確認ください。`,
      gone: (limit: number) => `【LINE送信数】今月の${limit.toLocaleString('ja-JP')}通を使い切りました。来月まで、お客様からのメッセージへの返信以外は送れません。`,
    },
    asked: (customer: string, words: string) => `【引き継ぎ】${customer}がスタッフとの会話を希望しています。${words}`,
    misses: (customer: string, words: string) => `【引き継ぎ】${customer}に自動でお答えできませんでした。${words}`,
    waiting: (customer: string, words: string, more: number) => `【返信待ち】${customer}${words}${more > 0 ? `（ほか${more}件）` : ''}`,
    words: (words: string) => `\n「${words}」`,
    sent: '\n（スタンプ・写真など）',
    how: (customer: string) => `LINE公式アカウントのチャットからご返信ください。終わったら「${customer} 再開」で自動応答に戻ります。`,
  },

  // ---- who one is
  linked: (who: string, shop: string) => `${who}さんとして登録しました。${shop}のご予約をこちらにお知らせします。\n「今日の予約」「ヘルプ」とお送りください。`,
  notLinked: {
    wrong: 'このコードでは登録できませんでした。コードと有効期限をご確認のうえ、もう一度お送りください。',
    later: '登録の操作が続いたため、しばらく受け付けていません。1時間ほどしてから、もう一度お送りください。',
    no_code: '「スタッフ登録」に続けて、お店から受け取ったコードをお送りください。\n例: スタッフ登録 8H2K4',
    elsewhere: 'このLINEアカウントは、すでに別のお店のスタッフとして登録されています。',
    already: (who: string) => `このLINEアカウントは、すでに${who}さんとして登録されています。別の方として登録するときは、先に「スタッフ登録解除」とお送りください。`,
  },
  unlinked: (who: string) => `${who}さんの登録を解除しました。お知らせは届かなくなります。`,
  asCustomer: 'お客様モードに切り替えました。ご自身のご予約をお取りいただけます。\nスタッフに戻るときは「スタッフモード」とお送りください。',
  asStaff: 'スタッフモードです。「今日の予約」「ヘルプ」とお送りください。',
  unknown: '申し訳ありません、うまく読み取れませんでした。',
  help: [
    '次のように送ってください。',
    '・予定を見る「今日の予約」「明日」「28日」「来週の予約」「田中さんの明日」「次の予約」「山田様の予約」',
    '・お客様としての予約「お客様モード」',
    '・登録をやめる「スタッフ登録解除」',
  ],
  weeklyOff: '毎週のお休みはお店の設定で決まっています。1日ずつなら「12/2休みます」のようにお送りください。',
  staleTap: 'この操作は古い画面のものです。もう一度お送りください。',

  // ---- what there is
  agendaDay: (day: string, count: number) => (count > 0 ? `${day} ${count}件` : `${day} ご予約はありません`),
  agendaOf: (who: string) => `${who}さんの予定`,
  closed: '（定休日）',
  off: (who: string) => `休み: ${who}`,
  visit: (time: string, menus: string, customer: string, who: string | null) => `${time} ${menus} ${customer}${who ? `（${who}）` : ''}`,
  marks: { approval: '【仮予約】', deposit: '【入金待ち】', offer: '【ご案内中】', arrived: '【来店済】', no_show: '【無断キャンセル】' },
  moreDays: (days: number) => `続きの日は${days}日分ずつご覧いただけます。「来月の予約」のようにお送りください。`,
  next: (visit: string) => `次のご予約です。\n${visit}`,
  noNext: 'この先2週間のご予約はありません。',
  found: (list: string) => `該当するご予約です。\n${list}`,
  foundMore: 'ほかにもあります。日にちやお名前も続けてお送りください。',
  notFound: '該当するご予約は見つかりませんでした。',
  phone: (phone: string) => ` ${phone}`,
  notes: (notes: string) => `\n　${notes}`,

  buttons: { today: '今日の予約', tomorrow: '明日の予約', next: '次の予約', handoffs: '引き継ぎ一覧', help: 'ヘルプ', staff: 'スタッフモード' },
};
