import { expect, test } from '@jest/globals';
import { makeMetrics } from '../src/metrics.ts';

test('the page counts turns, LINE answers and cache reads, and asks for the backlog', async () => {
  const metrics = makeMetrics(() => Promise.resolve({ outboxSize: 3, outboxAge: 1.5, inboxDead: 1 }));
  metrics.turn('ok', 0.004);
  metrics.turn('ok', 0.3);
  metrics.lineAnswer('reply', 'sent');
  metrics.lineAnswer('push', 'unreachable');
  metrics.slotCache('hit');
  metrics.slotCache('away');
  metrics.slotFill('kept');
  metrics.slotFill('refused');
  metrics.webhook(200, 0.003);
  metrics.swept('outbox', 3);
  metrics.lineQuota('default', { limit: 200, used: 161 });
  metrics.lineQuota('other', { limit: null, used: 5 });
  const page = await metrics.page();
  for (const line of [
    'aiteru_turns_total{outcome="ok"} 2',
    'aiteru_turn_seconds_bucket{le="0.005"} 1',
    'aiteru_line_answers_total{endpoint="reply",status="sent"} 1',
    'aiteru_line_answers_total{endpoint="push",status="unreachable"} 1',
    'aiteru_slot_cache_total{found="hit"} 1',
    'aiteru_slot_cache_total{found="away"} 1',
    'aiteru_slot_cache_hit_ratio 0.5',
    'aiteru_slot_cache_fills_total{result="refused"} 1',
    'aiteru_webhook_seconds_count{status="200"} 1',
    'aiteru_swept_total{what="outbox"} 3',
    'aiteru_line_quota_limit{channel="default"} 200',
    'aiteru_line_quota_used{channel="default"} 161',
    'aiteru_line_quota_limit{channel="other"} +Inf',
    'aiteru_outbox_size 3',
    'aiteru_outbox_age_seconds 1.5',
    'aiteru_inbox_dead 1',
  ]) expect(page).toContain(`${line}\n`);
});

test('the page comes even when the database does not answer', async () => {
  const metrics = makeMetrics(() => Promise.reject(new Error('away')));
  expect(await metrics.page()).toMatch(/^aiteru_outbox_size NaN$/im);
});

test('two houses in one process count apart', async () => {
  const quiet = (): Promise<{ outboxSize: number; outboxAge: number; inboxDead: number }> => Promise.resolve({ outboxSize: 0, outboxAge: 0, inboxDead: 0 });
  const [one, other] = [makeMetrics(quiet), makeMetrics(quiet)];
  one.slotCache('miss');
  expect(await other.page()).not.toContain('found="miss"');
});
