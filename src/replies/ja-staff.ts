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
  buttons: { today: '今日の予約', tomorrow: '明日の予約', handoffs: '引き継ぎ一覧', help: 'ヘルプ' },
};
