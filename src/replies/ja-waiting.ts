/** Sentences of the waiting list: what is offered of freed time, and what the answer comes to. */
export const jaWaiting = {
  mineWait: (what: string, position: number, offered: boolean) => `${what}（${offered ? '空きをご案内中' : `現在${position}番目`}）`,
  title: 'キャンセル待ちの空きが出ました',
  held: (until: string) => `${until}まで、お客様のためにお取り置きしています。ご希望でしたら「はい」、見送るときは「いいえ」とお送りください。`,
  first: (until: string) => `先着順のご案内です（受付は${until}まで）。ご希望でしたら「はい」、見送るときは「いいえ」とお送りください。`,
  alt: (shop: string, visit: string, until: string, held: boolean) => `${shop}: キャンセル待ちの空きが出ました。\n${visit}\n${held ? `${until}までお取り置きしています。` : `先着順です（${until}まで）。`}`,
  revoked: (visit: string, waits: boolean) => `申し訳ありません。ご案内した次の空きは、店舗の都合によりお受けできなくなりました。\n${visit}\n${waits ? 'キャンセル待ちはそのまま続いています。空きが出たらこちらでお知らせします。' : 'キャンセル待ちも終了しました。'}`,
  closed: (what: string) => `${what}のキャンセル待ちは、ご案内へのお返事がなかったため終了しました。またご希望の際は、「キャンセル待ち」とお送りください。`,

  // ---- answers to a freed slot
  again: (visit: string, until: string) => `次の空きをご案内しています。${until}までに「はい」か「いいえ」でお答えください。\n${visit}`,
  lost: {
    late: (when: string) => `申し訳ありません。${when}の空きはお返事の期限を過ぎたため、次の方にご案内しました。`,
    taken: (when: string) => `申し訳ありません。${when}の空きは、先に他の方のご予約が入りました。`,
    ended: (when: string) => `申し訳ありません。${when}のご案内は終了しています。`,
  },
  goesOn: (position: number) => `キャンセル待ちはそのまま続いています（現在${position}番目）。空きが出たらこちらでお知らせします。`,
  isOver: 'キャンセル待ちは終了しました。またご希望の際は、お気軽にお送りください。',
  overlap: (when: string, clash: string | null) => `${when}は、${clash ? `すでに${clash}` : 'すでに別'}のご予約があるためお取りできません。そのご予約を変更かキャンセルしてから、もう一度「はい」とお送りください。`,
  declined: (when: string) => `承知しました。${when}の空きは見送ります。`,
  unknown: 'このご案内は終了しています。',
  waited: (waits: string) => `${waits}のキャンセル待ちは終了しました。`,
};
