import { describe, expect, test } from '@jest/globals';
import { hear } from './hearing.ts';

test.each([
  ['2人で予約したい', 2], ['二名です', 2], ['ふたりでお願いします', 2], ['家族4人で', 4], ['大人2人と子供1人で', 3], ['私と娘2人', 3], ['子供2人と私で', 3], ['子どもと2人で', 2],
  ['2人じゃなくて3人です', 3], ['人数を３に変更', 3], ['一人です', 1], ['おひとりさまです', 1],
])('%s: %i people', (text, people) => expect(hear(text).people).toBe(people));

test.each(['2人目の子です', '3階の田中です', '15時に', '10歳の息子', '担当の人', '何人いますか', '一番早い時間'])('%s: nobody counted', (text) => expect(hear(text).people).toBeNull());

test.each([
  ['山田です。予約したいです', '山田'], ['青木美咲と申します', '青木美咲'], ['青木　美咲です', '青木 美咲'], ['予約している中村ですが', '中村'], ['名前は山田花子です', '山田花子'],
  ['名前は山口じゃなくて山田です', '山田'], ['やまだです、予約お願いします', 'やまだ'], ['ジョン・スミスと申します', 'ジョン・スミス'], ['五百旗頭と申します', '五百旗頭'],
])('%s: the name', (text, name) => expect(hear(text).name).toBe(name));

test.each(['大丈夫です', 'カットです', '学生です', '満席です', '明日です', '山田さんに聞きました', '本当です', '初診です', '林間学校です'])('%s: no name', (text) => expect(hear(text).name).toBeNull());

test('after 「お名前は？」 a bare name is one, an answer that is none is not', () => {
  for (const [text, name] of [['青木 美咲', '青木 美咲'], ['みさき', 'みさき'], ['Anna Müller', 'Anna Müller'], ['タナカです', 'タナカ'], ['王小明です', '王小明']] as const) expect(hear(text, 'asked_name').name).toBe(name);
  for (const text of ['えっと、何でですか？', '戻る', 'やめます', 'はい', '15時で']) expect(hear(text, 'asked_name').name).toBeNull();
});

describe('telephone numbers', () => {
  test.each(['090-1234-5678', '０９０１２３４５６７８', '090 1234 5678', '090ー1234ー5678', '電話番号は09012345678です', '+81 90-1234-5678', '(090)1234-5678'])('%s', (text) => expect(hear(text).phone).toBe('09012345678'));
  test('a landline has ten digits', () => expect(hear('03-1234-5678です').phone).toBe('0312345678'));
  test.each(['12/3 14:00', '4400円', '2026-11-24', '090-123', '00000000000000000000'])('%s is none', (text) => expect(hear(text).phone).toBeNull());
});

describe('choices', () => {
  test.each([
    ['2番', 2], ['2番目で', 2], ['②', 2], ['二番目', 2], ['2つ目の時間', 2], ['ふたつ目', 2], ['2', 2], ['上から2番目', 2], ['最初の', 1], ['一番上で', 1], ['最後の', -1], ['一番下', -1], ['下から2番目', -2], ['その1', 1],
  ])('%s', (text, nth) => expect(hear(text, 'offered_times').choice).toEqual({ nth }));

  test.each([['遅い方で', 'later'], ['早いほう', 'earlier'], ['午後の方', 'afternoon'], ['午前ので', 'morning'], ['夕方のやつ', 'evening'], ['じゃあそこで', 'that'], ['それでお願いします', 'that']])('%s', (text, by) =>
    expect(hear(text, 'offered_times').choice).toEqual({ by }));

  test('nothing is chosen where nothing is on offer', () => {
    for (const text of ['2番', '遅い方で', 'それで', '最後の']) expect(hear(text).choice).toBeNull();
    expect(hear('もっと遅い時間がいいです', 'offered_times').choice).toBeNull();
  });

  test('a bare number is the hour when there are not so many things on offer', () => {
    const offered = [{ day: '2026-11-25', time: '15:00' }, { day: '2026-11-25', time: '16:00' }];
    expect(hear('2', 'offered_times', { offered }).choice).toEqual({ nth: 2 });
    expect(hear('15', 'offered_times', { offered }).when).toEqual([{ dates: null, time: { from: '15:00', to: '15:00' } }]);
  });
});

describe('questions', () => {
  test.each([
    ['カットいくらですか', ['price']], ['駐車場ありますか', ['parking']], ['定休日はいつ？', ['closing_day']], ['何時までやってますか', ['hours']], ['カード使えますか', ['payment']], ['前払いですか', ['prepay']],
    ['どのくらい時間かかりますか', ['duration']], ['持ち物はありますか', ['belongings']], ['キャンセル料はかかりますか', ['cancel_policy']], ['指名料はいくらですか', ['nomination']], ['最寄り駅はどこですか', ['access']], ['田中さんは明日いますか', ['staff']],
    ['いくらですか？あと時間はどれくらいかかりますか', ['price', 'duration']],
  ])('%s', (text, topics) => expect(hear(text).topics).toEqual(topics));

  test('a question beside a booking is kept beside it', () => {
    expect(hear('明日の15時にカット予約お願いします。駐車場ありますか？')).toMatchObject({ intent: 'book', topics: ['parking'], menus: { set: ['カット'] } });
    expect(hear('はい、お願いします。あと駐車場ありますか？', 'confirming')).toMatchObject({ intent: 'affirm', answer: 'yes', topics: ['parking'] });
  });

  test('statements ask nothing', () => {
    for (const text of ['車で行きます。明日の15時でお願いします', '現金で払います、明日カットお願いします']) expect(hear(text).topics).toEqual([]);
  });
});

describe('what is left to the last visit', () => {
  test.each([
    ['いつもの時間で', ['time']], ['いつもと同じ時間で', ['time']], ['前回と同じ時間帯でお願いします', ['time']], ['この前の時刻に', ['time']], ['前と同じ時間で', ['time']],
    ['いつもの曜日に', ['weekday']], ['前回と同じ曜日でお願いします', ['weekday']], ['いつもの曜日の時間で', ['weekday', 'time']], ['前回と同じ曜日と時間で', ['weekday', 'time']], ['いつもの日時でお願いします', ['weekday', 'time']],
  ])('%s', (text, usual) => expect(hear(text)).toMatchObject({ intent: 'book', usual }));
  test.each(['いつもので', '前の時間で', 'いつも混む時間は？', '前回と同じ人で', '15時で', '同じ曜日'])('%s: no hour and no weekday of it', (text) => expect(hear(text).usual).toBeUndefined());

  test('「前と同じ時間」 may also be the time under way, 「いつもの時間」 never is', () => {
    expect(hear('前と同じ時間で').shift).toEqual({ same: 'time' });
    expect(hear('いつもと同じ時間で').shift).toBeNull();
  });

  test.each([
    ['いつものとトリートメントで', { add: ['トリートメント'] }], ['前回と同じメニューにカラーも追加で', { add: ['カラー'] }], ['いつものメニュー、プラスでトリートメント', { add: ['トリートメント'] }],
    ['いつものとカラーとトリートメントで', { add: ['カラー', 'トリートメント'] }], ['前と同じでカラーなしで', { remove: ['カラー'] }], ['いつものカットで明日', { set: ['カット'] }], ['いつものカットとカラーで', { set: ['カット', 'カラー'] }], ['いつもので', null],
  ])('%s', (text, menus) => expect(hear(text)).toMatchObject({ intent: 'repeat_last', menus }));

  test.each([['前回と同じ人で、前回と同じメニュー', 'repeat_last'], ['いつもの時間にいつものメニューで', 'repeat_last'], ['いつものメニュー', 'repeat_last'], ['前回と同じ人で', 'book'], ['いつものメニューは何ですか', 'menu_info'], ['いつもの時間は空いてますか', 'check_availability'], ['前回と同じ料金', 'price_info']])(
    '%s: %s', (text, intent) => expect(hear(text).intent).toBe(intent));
});
