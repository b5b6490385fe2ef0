/** The shop a measurement books in: open every day, forty people who all do everything. */
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
staff:
${Array.from({ length: 40 }, (_, n) => `  - { name: 担当${n + 1}, role: スタイリスト, menus: all }`).join('\n')}
`;
