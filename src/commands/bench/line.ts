import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** LINE as far as a measurement needs it: every call is answered at once, every reply is counted by its token. */
export type MeasuredLine = { url: string; onReply: (token: string, text: string) => void; replies: number; close: () => Promise<void> };

const SENT = '{"sentMessages":[{"id":"1","quoteToken":"q"}]}';
const PROFILE = '{"userId":"U0","displayName":"青木"}';
const BOT = '{"userId":"U0","basicId":"@bench","displayName":"bench","chatMode":"bot","markAsReadMode":"auto"}';

export async function measuredLine(): Promise<MeasuredLine> {
  const server: Server = createServer((req, res) => {
    let body = '';
    req.setEncoding('utf8');
    req.on('data', (part: string) => (body += part));
    req.on('end', () => {
      const sends = req.url === '/v2/bot/message/reply' || req.url === '/v2/bot/message/push';
      if (sends) {
        line.replies++;
        const at = body.indexOf('"replyToken":"') + 14;
        line.onReply(body.slice(at, body.indexOf('"', at)), body);
      }
      const answer = sends ? SENT : req.url?.startsWith('/v2/bot/profile/') ? PROFILE : req.url === '/v2/bot/info' ? BOT : '{}';
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer), 'x-line-request-id': 'bench' });
      res.end(answer);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const line: MeasuredLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onReply: () => undefined,
    replies: 0,
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
  return line;
}
