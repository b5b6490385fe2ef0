import { describe, expect, test } from '@jest/globals';
import { read, reading } from './read.ts';

const all = (texts: string[], expected: string, options?: Parameters<typeof read>[1]): void => {
  for (const text of texts) expect([text, read(text, options)]).toEqual([text, expected]);
};

describe('several days and times', () => {
  test('a list of days', () => {
    all(['土曜か日曜', '土曜または日曜', '土曜と日曜', '土曜、日曜', '土曜でも日曜でも大丈夫です'], '11-28 11-29');
    all(['12/5、6、7', '12/5か6か7', '12月5・6・7日'], '12-05..12-07');
    all(['来週の月・水・金', '来週の月水金', '来週の月曜、水曜、金曜', '来週の月曜と水曜と金曜'], '11-30 12-02 12-04');
    all(['来週の火曜か再来週の火曜'], '12-01 12-08');
    all(['今週か来週'], '11-24..12-06');
  });
  test('a time belongs to all days on its left', () => {
    all(['土曜か日曜の14時', '土曜、日曜の14時で'], '11-28 11-29 @14:00');
    all(['12/5、12/7、12/8の17時以降'], '12-05 12-07 12-08 @17:00~');
  });
  test('days with times of their own', () => {
    all(['火曜の10時か木曜の15時', '火曜10時、木曜15時', '火曜の10時でも木曜の15時でも'], '12-01 @10:00 | 11-26 @15:00');
    all(['来週月曜の13時、火曜の15時'], '11-30 @13:00 | 12-01 @15:00');
    all(['第一希望12/5の10時、第二希望12/6の14時', '①12/5 10時 ②12/6 14時'], '12-05 @10:00 | 12-06 @14:00');
  });
  test('several times of one day', () => {
    all(['明日の15時か16時', '明日15時または16時'], '11-25 @15:00 | 11-25 @16:00');
    all(['10時か14時'], '@10:00 | @14:00');
    all(['明日の午前か夕方'], '11-25 @~12:00 | 11-25 @16:00~18:00');
  });
  test('a time said first belongs to the days behind it', () => all(['15時以降で、土曜か日曜', '15時以降希望です、土曜か日曜で'], '11-28 11-29 @15:00~'));
  test('a week named first narrows what comes later', () => {
    all(['来週行きたいのですが、土曜の午後空いてますか', '来週で、土曜の午後'], '12-05 @12:00~');
  });
  test('a wish on a condition is an alternative', () => all(['土曜が無理なら日曜', '土曜が難しければ日曜', '土曜が埋まってたら日曜'], '11-28 11-29'));
});

describe('what a day or a time is said for', () => {
  test('the weekday at the end of a list of weeks is meant of all', () => {
    all(['今週か来週の土曜'], '11-28 12-05');
    all(['来週か再来週の土日'], '12-05 12-06 12-12 12-13');
    all(['来月か再来月の第1土曜'], '12-05 2027-01-02');
  });
  test('a day that is only the reason is no wish', () => {
    all(['結婚式が12/10なので、12/8か9にお願いしたいです'], '12-08 12-09');
    all(['12/10が卒業式なので前日の夕方'], '12-09 @16:00~18:00');
    all(['昨夜から歯が痛いので今日の午後に診てほしい', '昨日から痛くて、今日の午後に'], '11-24 @12:00~');
  });
  test('when work ends is no wish, but a time to count from', () => {
    all(['17時退勤なので18時でお願いします', '17時に仕事が終わるので18時で'], '@18:00');
    all(['仕事が18時までなのでそれ以降'], '@18:00~');
  });
  test('what is sold for a day is no wish for it', () => {
    all(['クリスマス限定メニューはありますか', '土曜料金', '成人式のヘアセットはいくらですか', '平日限定クーポン使えますか'], '');
  });
  test('when the shop is open is asked, not wished', () => all(['24時まで営業ですか', '夜は何時までやってますか'], ''));
});

describe('corrections', () => {
  test('the last stated wins', () => {
    all(['15時じゃなくて16時', '15時ではなく16時で', '15時やなくて16時', '15時→16時', '15時から16時に変更', '15時を16時にしてください', '15時と言いましたが16時で', '15時、いや16時', '15時やっぱり16時で', '16時です、15時じゃなくて'], '@16:00');
    all(['土曜じゃなくて日曜', '土曜の予約を日曜に', '土曜行けなくなったので日曜で', '土曜はダメなので日曜で', '土曜は仕事なので日曜で', '土曜のカット、日曜に動かせます？'], '11-29');
  });
  test('what is not said again stays', () => {
    all(['明日の14時…いや15時で', '明日14時→15時', '明日の14時を15時に変更'], '11-25 @15:00');
    all(['28日14時の予約を29日に変更'], '11-29 @14:00');
  });
  test('the week stays, too', () => all(['来週の火曜じゃなくて木曜', '来週の火曜の予約を木曜に'], '12-03'));
  test('what was replaced is told, to find the reservation meant', () => {
    const { replaced } = reading('明日の15時の予約を来週の水曜に変えたい');
    expect(replaced).toEqual([{ dates: ['2026-11-25'], time: { from: '15:00', to: '15:00' } }]);
  });
  test('the new words are the phrase', () => {
    expect(reading('明日の予約を明後日に変更できますか').datePhrase).toBe('明後日');
    expect(reading('来週やなくて今週の土曜やで').datePhrase).toBe('今週の土曜');
  });
});

describe('what will not do', () => {
  test('is kept beside days that are open', () => {
    all(['水曜以外', '水曜は無理です', '水曜はNGで', '水曜は避けたいです'], '-wed');
    all(['火曜と木曜は都合が悪いです', '火曜と木曜以外'], '-tue -thu');
    all(['祝日以外'], '-holidays');
    all(['12/5以外'], '-12-05');
    all(['午前中は無理です', '午前以外'], '-@~12:00');
  });
  test('is taken out of days that can be listed', () => {
    all(['来週の水曜以外', '来週で水曜は無理です', '来週、水曜以外で'], '11-30 12-01 12-03 12-04 12-05 12-06');
    all(['来週の平日で木曜以外'], '11-30 12-01 12-02 12-04');
  });
  test('asking whether something will not do excludes nothing', () => all(['明日は無理ですか', '明日って難しいですかね', '明日無理かな'], '11-25'));
  test('「しか」 turns it round', () => all(['土曜しか行けません', '土曜しか無理です'], '11-28'));
  test('calling off a visit excludes no day', () => all(['明日行けなくなりました', '明日は行けません'], '11-25'));
});

describe('whenever and as early as possible', () => {
  test('any day', () => {
    expect(reading('いつでもいいです')).toMatchObject({ prefer: 'any', when: [{ dates: { from: '2026-11-24', to: null }, time: null }] });
    expect(reading('土日ならいつでも')).toMatchObject({ prefer: 'any', when: [{ dates: ['2026-11-28', '2026-11-29'], time: null }] });
  });
  test('the earliest', () => {
    for (const text of ['最短で', '一番早い日', 'なるべく早めにお願いします', 'なるはやで']) expect(reading(text).prefer).toBe('earliest');
  });
  test('to be done quickly is no wish for a day', () => all(['早く終わりますか', 'なるべく早く返信ください', '最短で何分ですか'], ''));
});
