/** The shop a measurement books in: of the size of a real one, open every day so that any day can be asked for. */
export const BENCH_SHOP = `version: 1
name: ベンチ
kind: salon
address: 東京都架空区1-1
phone: 03-0000-0000
hours:
  weekly:
${['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `    ${day}: 09:00-21:00`).join('\n')}
booking:
  grid_minutes: 30
  notice_minutes: 60
  window_days: 60
menus:
  - { name: カット, minutes: 30, price: 4400 }
  - { name: カラー, minutes: 90, price: 6600 }
  - { name: パーマ, minutes: 120, price: 8800 }
  - { name: トリートメント, minutes: 30, price: 3300 }
  - { name: ヘッドスパ, minutes: 30, price: 2200 }
staff:
${Array.from({ length: 6 }, (_, n) => `  - { name: 担当${n + 1}, role: スタイリスト, menus: all }`).join('\n')}
`;
