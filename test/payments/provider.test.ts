import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { HOUR, MINUTE } from '../../src/model/time.ts';
import { MemoryProvider } from '../../src/payments/memory.ts';
import { ProviderAway } from '../../src/payments/ports.ts';
import { stripeProvider } from '../../src/payments/stripe.ts';
import { standingClock } from '../../src/simulator/clock.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { signatureOf } from '../../src/simulator/stripe/webhooks.ts';
import { providerContract } from './provider.contract.ts';

const KEYS = { secretKey: 'sk_test_contract', webhookSecret: 'whsec_contract' };
const START = Date.UTC(2026, 10, 24, 3, 0);

/** Stripe's own SDK, talking to the simulator's Stripe. */
async function stripe() {
  const clock = standingClock(START);
  const simulator = createSimulator({ clock, channels: [{ name: 'default', channelId: '1', channelSecret: 's', accessToken: 't', webhookUrl: 'http://127.0.0.1:9/webhook' }], stripe: { ...KEYS, webhookUrl: 'http://127.0.0.1:9/stripe/webhook' } });
  const baseUrl = await simulator.listen(0);
  const platform = simulator.stripe!;
  platform.settings.webhooks = 'hold';
  return {
    simulator, platform, baseUrl, clock, provider: stripeProvider({ ...KEYS, baseUrl }), now: clock.now, advance: clock.advance,
    pay: async (id: string) => void expect(platform.try(platform.sessions.get(id)!, 'pay')).toBe(true),
    webhook: async (id: string) => {
      const event = [...platform.events.values()].findLast((e) => (e.event as unknown as { data: { object: { id: string } } }).data.object.id === id)!.event;
      const body = JSON.stringify(event);
      return { body: Buffer.from(body), signature: signatureOf(body, KEYS.webhookSecret, platform.seconds) };
    },
    givenBack: (charge: string) => platform.givenBack(charge),
    close: () => simulator.close(),
  };
}

providerContract('Stripe', stripe);
providerContract('memory', async () => {
  const clock = standingClock(START);
  const provider = new MemoryProvider(clock.now);
  return {
    provider, now: clock.now, advance: clock.advance,
    pay: async (id) => void expect(await provider.pay(id)).not.toBeNull(),
    webhook: async (id) => {
      const body = Buffer.from(JSON.stringify(provider.event((await provider.session(id))!, 'checkout.session.completed')));
      return { body, signature: provider.signatureOf(body) };
    },
    givenBack: (charge) => provider.refunds.get(charge) ?? 0,
    close: async () => undefined,
  };
});

const wanted = (change = {}) => ({
  paymentId: '01a21917-4c83-7000-865c-5c4f8b9e11e3', reservationId: '01a21917-4c7e-7000-bb15-60ca057cf27c', attempt: 1, yen: 3000, title: '予約金', until: START + 31 * MINUTE,
  paidUrl: 'https://aiteru.example/paid', leftUrl: 'https://aiteru.example/left', ...change,
});

test('Stripe is asked in whole yen, with an end, 3-D Secure and without what is paid days later; nothing of the customer goes along', async () => {
  const house = await stripe();
  const asked: string[] = [];
  const door = await recording(house.baseUrl, asked);
  await stripeProvider({ ...KEYS, baseUrl: door.url }).createCheckout(wanted());
  const [request = ''] = asked;
  const form = new URLSearchParams(request);
  expect(Object.fromEntries(form)).toEqual({
    mode: 'payment', 'line_items[0][quantity]': '1', 'line_items[0][price_data][currency]': 'jpy', 'line_items[0][price_data][unit_amount]': '3000',
    'line_items[0][price_data][product_data][name]': '予約金', client_reference_id: wanted().paymentId, 'metadata[reservation]': wanted().reservationId, 'metadata[payment]': wanted().paymentId,
    'payment_intent_data[metadata][reservation]': wanted().reservationId, 'payment_intent_data[metadata][payment]': wanted().paymentId,
    'payment_method_options[card][request_three_d_secure]': 'any', 'excluded_payment_method_types[0]': 'konbini', 'excluded_payment_method_types[1]': 'customer_balance',
    expires_at: String((START + 31 * MINUTE) / 1000), locale: 'ja', success_url: 'https://aiteru.example/paid', cancel_url: 'https://aiteru.example/left',
  });
  await door.close();
  await house.close();
});

test('a call whose answer is lost is repeated with the same key: one link', async () => {
  const house = await stripe();
  house.simulator.platform.faults.add({ endpoint: 'stripe.create', times: 1, how: 'drop', status: 500, body: {}, ms: 0, accepted: true });
  expect(await house.provider.createCheckout(wanted())).toHaveProperty('url');
  expect(house.platform.sessions.size).toBe(1);
  await house.close();
});

test('a Stripe that is away is away; a key it does not know, too', async () => {
  const house = await stripe();
  await expect(stripeProvider({ ...KEYS, secretKey: 'sk_test_other', baseUrl: house.baseUrl }).createCheckout(wanted())).rejects.toBeInstanceOf(ProviderAway);
  await house.close();
  await expect(house.provider.session('cs_1')).rejects.toBeInstanceOf(ProviderAway);
});

test('an event five minutes old is forged; one about something else is none of ours', async () => {
  const { provider, now, close } = await stripe();
  const signed = (body: string, seconds = START / 1000) => [Buffer.from(body), signatureOf(body, KEYS.webhookSecret, seconds)] as const;
  const completed = JSON.stringify({ id: 'evt_1', object: 'event', type: 'checkout.session.completed', created: START / 1000, data: { object: { id: 'cs_1', status: 'complete', payment_status: 'paid', payment_intent: 'pi_1', metadata: {} } } });
  expect(await provider.readEvent(...signed(completed, START / 1000 - 301), now())).toBe('forged');
  expect(await provider.readEvent(...signed(completed), now())).toMatchObject({ what: 'session', session: { id: 'cs_1', paymentId: null, paid: true } });
  expect(await provider.readEvent(...signed(completed), now() + HOUR)).toBe('forged');
  for (const body of [JSON.stringify({ id: 'evt_2', type: 'invoice.paid', created: 1, data: { object: {} } }), JSON.stringify({ id: 'evt_3', type: 'checkout.session.completed' }), '{}']) {
    expect(await provider.readEvent(...signed(body), now())).toBeNull();
  }
  expect(await provider.readEvent(...signed('no JSON'), now())).toBe('forged');
  const tampered = `t=${START / 1000},v1=${createHmac('sha256', 'whsec_other').update(`${START / 1000}.${completed}`).digest('hex')}`;
  expect(await provider.readEvent(Buffer.from(completed), tampered, now())).toBe('forged');
  await close();
});

/** A door in front of the API that writes down the bodies that pass. */
async function recording(baseUrl: string, asked: string[]): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (part: Buffer) => (body += part.toString()));
    req.on('end', () => {
      asked.push(body);
      void fetch(`${baseUrl}${req.url}`, { method: req.method!, headers: req.headers as Record<string, string>, ...(body ? { body } : {}) })
        .then(async (answer) => res.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
