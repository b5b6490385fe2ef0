/** Every sentence about 予約金, and those of the pages a customer sees around paying. */
export const jaDeposit = {
  rows: { deposit: '予約金', due: 'お支払い期限' },
  /** In the summary before a booking. */
  terms: (yen: string, lead: string | null) => (lead ? `${yen}（先払い・開始の${lead}前までのキャンセルは返金）` : `${yen}（先払い）`),
  askedTitle: '仮予約（お支払い待ち）',
  approvedTitle: 'お店が承認しました（お支払い待ち）',
  asked: '予約金のお支払いが済むと、ご予約が確定します。期限を過ぎると仮予約は取り消しになります。',
  paidTitle: 'ご予約が確定しました',
  paid: (yen: string, sentence: string) => `予約金${yen}を確認しました。${sentence}`,
  lapsed: {
    late: (visit: string) => `期限までに予約金のお支払いを確認できなかったため、仮予約を取り消しました。料金はかかっていません。\n${visit}\n空いていれば、もう一度ご予約いただけます。`,
    failed: (visit: string) => `予約金のお支払いが完了しなかったため、仮予約を取り消しました。料金はかかっていません。\n${visit}\n空いていれば、もう一度ご予約いただけます。`,
  },
  unneeded: {
    gone: (yen: string, visit: string) => `予約金${yen}のお支払いを確認しましたが、こちらの仮予約はすでに取り消されているため、全額を返金します。\n${visit}\nカード会社により、反映まで数日かかることがあります。`,
    twice: (yen: string, visit: string) => `予約金はすでにお預かりしているため、今回お支払いいただいた${yen}は全額を返金します。ご予約はそのままです。\n${visit}`,
  },
  owed: (yen: string, how: string) => `こちらのご予約には予約金${yen}をお願いしております。\n${how}`,
  howUnknown: 'お支払い方法は、お店からご案内いたします。',
  willReturn: (yen: string) => `予約金${yen}は全額を返金します。`,
  willKeep: (yen: string, lead: string) => `開始の${lead}前を過ぎているため、予約金${yen}は返金されません。`,
  returned: (yen: string) => `予約金${yen}は全額を返金します。カード会社により、反映まで数日かかることがあります。`,
  returnedByHand: (yen: string) => `予約金${yen}は、お店からお返しします。`,
  kept: (yen: string) => `予約金${yen}の返金はございません。`,
  waiting: (until: string) => `【仮予約・${until}までにお支払い】`,
  rule: (lead: string | null) => (lead ? `予約金は、開始の${lead}前までのキャンセルで全額を返金します。それ以降は返金できません。` : '予約金は、開始前までのキャンセルで全額を返金します。'),
  prepay: (menus: string | null, yen: string) => `${menus ? `${menus}のご予約には` : 'ご予約には'}、予約金${yen}をお願いしております。`,
  buttons: { pay: 'お支払いへ進む', again: 'もう一度予約する' },
};
