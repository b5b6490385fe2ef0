/** The SDK's own example: express, its middleware, a reply. It keeps nothing; the measure our turns stand beside. */
import { middleware, messagingApi } from '@line/bot-sdk';
import type { webhook } from '@line/bot-sdk';
import express from 'express';

const [port, baseURL, channelSecret] = process.argv.slice(2) as [string, string, string];
const client = new messagingApi.MessagingApiClient({ channelAccessToken: 'bench', baseURL });
const app = express();
app.post('/webhook', middleware({ channelSecret }), (req, res, next) => {
  Promise.all((req.body as webhook.CallbackRequest).events.map((event) =>
    event.type === 'message' && event.message.type === 'text' && event.replyToken
      ? client.replyMessage({ replyToken: event.replyToken, messages: [{ type: 'text', text: event.message.text }] })
      : null,
  )).then((result) => res.json(result), next);
});
app.listen(Number(port), '127.0.0.1', () => process.send?.('ready'));
