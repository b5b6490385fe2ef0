import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messagingApi, middleware } from '@line/bot-sdk';
import type { webhook } from '@line/bot-sdk';
import express from 'express';
import { standingClock } from '../../src/simulator/clock.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';

export type Client = messagingApi.MessagingApiClient;
export type Heard = webhook.Event & { replyToken?: string };

export const CHANNEL = { name: 'shop', channelId: '1650000000', channelSecret: '8c570fa6dd201bb328f1c1eac23a96d8', accessToken: 'long-lived-token' };
export const START = Date.UTC(2026, 10, 24, 3, 0);

/** A simulator and a bot on the SDK as it is, talking over HTTP. `answer` is the bot; without one it only listens. */
export async function startSimulator(answer: (client: Client, event: Heard) => Promise<unknown> = async () => {}) {
  const clock = standingClock(START);
  const heard: Heard[] = [];
  /** What went wrong in the bot, which a webhook does not tell. */
  const problems: unknown[] = [];
  const bot = createServer();
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/webhook`;
  const simulator = createSimulator({ channels: [{ ...CHANNEL, webhookUrl }], clock });
  const url = await simulator.listen(0, '127.0.0.1');
  const client = new messagingApi.MessagingApiClient({ channelAccessToken: CHANNEL.accessToken, baseURL: url });

  const app = express();
  app.post('/webhook', middleware({ channelSecret: CHANNEL.channelSecret }), (req, res) => {
    res.end();
    for (const event of (req.body as { events: Heard[] }).events) {
      heard.push(event);
      answer(client, event).catch((error: unknown) => problems.push(error));
    }
  });
  app.use(((_error, _req, res, _next) => void res.sendStatus(401)) as express.ErrorRequestHandler);
  bot.on('request', app);

  /** The control API. */
  const api = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/api${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> & { [n: number]: unknown } };
  };
  const close = async (): Promise<void> => {
    await simulator.close();
    bot.closeAllConnections();
    await new Promise((resolve) => bot.close(resolve));
  };
  return { simulator, clock, client, url, api, heard, problems, webhookUrl, close };
}

/** Answers every event that can be answered with what it said. */
export const echo = async (client: Client, event: Heard): Promise<void> => {
  if (!event.replyToken) return;
  const text = event.type === 'message' && event.message.type === 'text' ? event.message.text : event.type;
  await client.replyMessage({ replyToken: event.replyToken, messages: [{ type: 'text', text }] });
};
