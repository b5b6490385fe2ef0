/** Every sentence of the pages around a payment. */
export const jaPay = {
  /** What is paid for, on the provider's page. */
  title: (shop: string) => (shop ? `予約金（${shop}）` : '予約金'),
  paid: { title: 'お支払いを確認しています', text: 'LINEに確認メッセージが届きます。このページは閉じてかまいません。' },
  done: { title: 'お支払いはお済みです', text: 'ご予約は確定しています。LINEのトークをご確認ください。' },
  left: { title: 'お支払いは完了していません', text: (until: string) => `${until}までにお支払いいただくと、ご予約が確定します。` },
  pay: 'お支払いへ進む',
  over: { title: 'お支払いの期限が過ぎました', text: '仮予約は取り消されています。料金はかかっていません。LINEのトークから、もう一度ご予約ください。' },
  returned: { title: '返金のお手続き中です', text: 'ご予約は取り消されています。お支払い済みの予約金は返金します。' },
  later: { title: 'ただ今お支払いページを準備できません', text: '恐れ入りますが、少し待ってからもう一度お試しください。' },
  retry: 'もう一度試す',
  unknown: { title: 'ページが見つかりません', text: 'LINEのトークにあるボタンから、もう一度お開きください。' },
};
