import { messagingApi } from '@line/bot-sdk';
import { LineRefused } from './errors.ts';
import { LineSender } from './sender.ts';
import type { BotInfo, Quota } from './sender.ts';
import type { TokenSource } from './tokens.ts';
import { LineTransport, over } from './transport.ts';

/** Where LINE sends this channel's events; `active` = the switch in its console is on. */
export type WebhookSet = { endpoint: string; active: boolean };
/** What LINE met when it called the webhook. `reason`: `OK`, `COULD_NOT_CONNECT`, `REQUEST_TIMEOUT`, `ERROR_STATUS_CODE`, `UNCLASSIFIED`. */
export type WebhookTest = { success: boolean; statusCode: number; reason: string; detail: string };
export type RichMenuKept = { id: string; name: string };

/** LINE calls the webhook before it answers a test. */
const TIMEOUT_MS = 20_000;

/** An account as its owner sets it up. Every call throws LineRefused or LineUnreachable. */
export class LineAccount {
  readonly #client: messagingApi.MessagingApiClient;
  readonly #blobs: messagingApi.MessagingApiBlobClient;
  readonly #transports: LineTransport[];
  readonly #sender: LineSender;

  /** `dataBaseUrl`: where pictures go, `api-data.line.me` at LINE. */
  constructor({ baseUrl, dataBaseUrl, tokens }: { baseUrl: string; dataBaseUrl: string; tokens: TokenSource }) {
    const [api, data] = [baseUrl, dataBaseUrl].map((url) => new LineTransport({ baseUrl: url, timeoutMs: TIMEOUT_MS, tokens }));
    this.#transports = [api!, data!];
    this.#client = over(new messagingApi.MessagingApiClient({ channelAccessToken: '', baseURL: baseUrl }), api!);
    this.#blobs = over(new messagingApi.MessagingApiBlobClient({ channelAccessToken: '', baseURL: dataBaseUrl }), data!);
    this.#sender = new LineSender({ baseUrl, tokens, timeoutMs: TIMEOUT_MS });
  }

  botInfo(): Promise<BotInfo> { return this.#sender.botInfo(); }
  quota(): Promise<Quota> { return this.#sender.quota(); }

  /** Null = none was ever set. */
  webhook(): Promise<WebhookSet | null> {
    return orNull(this.#client.getWebhookEndpoint());
  }
  async setWebhook(endpoint: string): Promise<void> {
    await this.#client.setWebhookEndpoint({ endpoint });
  }
  /** Has LINE call the webhook that is set, without events. LINE allows this 60 times an hour. */
  async testWebhook(): Promise<WebhookTest> {
    const { success, statusCode, reason, detail } = await this.#client.testWebhookEndpoint({});
    return { success: success === true, statusCode, reason, detail };
  }

  /** Those made with the API; what was made in the manager LINE does not show here. */
  async richMenus(): Promise<RichMenuKept[]> {
    return (await this.#client.getRichMenuList()).richmenus.map(({ richMenuId, name }) => ({ id: richMenuId, name }));
  }
  /** The menu everybody sees who has none of his own; null = none of the API. */
  async defaultRichMenu(): Promise<string | null> {
    return (await orNull(this.#client.getDefaultRichMenuId()))?.richMenuId ?? null;
  }
  async setDefaultRichMenu(id: string): Promise<void> {
    await this.#client.setDefaultRichMenu(id);
  }
  /** Made, with its picture; where LINE does not take the picture nothing is left. */
  async createRichMenu(menu: messagingApi.RichMenuRequest, png: Buffer): Promise<string> {
    const { richMenuId } = await this.#client.createRichMenu(menu);
    try {
      await this.#blobs.setRichMenuImage(richMenuId, new Blob([new Uint8Array(png)], { type: 'image/png' }));
    } catch (error) {
      await this.deleteRichMenu(richMenuId).catch(() => undefined);
      throw error;
    }
    return richMenuId;
  }
  async deleteRichMenu(id: string): Promise<void> {
    await this.#client.deleteRichMenu(id);
  }

  async close(): Promise<void> {
    await Promise.all([this.#sender.close(), ...this.#transports.map((transport) => transport.close())]);
  }
}

/** What LINE has, or null where it says that there is none. */
const orNull = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (error instanceof LineRefused && error.status === 404) return null;
    throw error;
  });
