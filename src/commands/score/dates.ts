import { dayOf } from '../../model/time.ts';
import { understand } from '../../understanding/pipeline.ts';
import { lineOf } from '../understand/line.ts';
import { everyDay, hearing, momentOf, settingOf } from '../understand/setting.ts';
import { judge } from './judge.ts';
import type { DateItem } from './judge.ts';
import type { Item, Kind } from './run.ts';
import type { Outcome } from './table.ts';

let shops: ReturnType<typeof settingOf> | undefined;

/** Date phrases with the days and times they mean. */
export const dates: Kind = {
  name: 'date phrases',
  measures: ['all', 'date', 'time', 'refused', 'none'],
  holds: (item) => typeof item['text'] === 'string' && typeof item['expect'] === 'object' && item['expect'] !== null,
  judge(item: Item): Outcome {
    const asked = item as DateItem & { id: string; text: string; family?: string };
    shops ??= settingOf();
    const now = momentOf(asked.now);
    const hours = asked.hours ? everyDay(asked.hours.open, asked.hours.close) : null;
    const got = lineOf(understand(asked.text, hearing({ ...shops, hours }, now, null)), now);
    const { expect } = asked;
    const marks = judge(asked, got, dayOf(now));
    const named = !expect.refuse && !expect.none;
    return {
      id: asked.id, family: asked.family ?? 'dates',
      marks: { all: marks.all, date: named && expect.dates ? marks.date : null, time: named && expect.time ? marks.time : null, refused: expect.refuse ? got.refuse === expect.refuse : null, none: expect.none ? marks.all : null },
      wrong: marks.all ? null : `${asked.text} (${asked.now.slice(0, 16)}): wanted ${JSON.stringify(expect)}, heard ${JSON.stringify({ dates: got.dates, time: got.time, exclude: got.exclude, refuse: got.refuse, slots: got.slots })}`,
    };
  },
};
