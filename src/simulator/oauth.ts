import type { Answer } from './line-api.ts';
import type { Platform } from './platform.ts';

const DAYS_30 = 30 * 24 * 3600;

/** LINE's token endpoints; `form` is the url-encoded body. Null when the path is none of them. */
export function tokenEndpoint(platform: Platform, method: string, path: string, form: URLSearchParams): Answer | null {
  const now = platform.clock.now();
  switch (`${method} ${path}`) {
    case 'POST /oauth2/v3/token': {
      const channel = form.has('client_assertion') ? ofAssertion(platform, form) : ofSecret(platform, form);
      if (form.get('grant_type') !== 'client_credentials') return error('unsupported_grant_type');
      return channel ? granted(channel.issue(now, 900), 900) : error('invalid_client');
    }
    case 'POST /v2/oauth/accessToken': {
      const channel = ofSecret(platform, form);
      return channel ? granted(channel.issue(now, DAYS_30), DAYS_30) : error('invalid_client');
    }
    case 'POST /oauth2/v2.1/token': {
      const channel = ofAssertion(platform, form);
      return channel ? granted(channel.issue(now, DAYS_30), DAYS_30, { key_id: 'simulated' }) : error('invalid_client');
    }
    case 'POST /oauth2/v2.1/revoke':
    case 'POST /v2/oauth/revoke':
      return { status: 200, body: null };
    case 'GET /oauth2/v2.1/verify': {
      const channel = platform.channels.find((c) => c.accepts(form.get('access_token') ?? '', now));
      return channel ? { status: 200, body: { client_id: channel.channelId, expires_in: 900, scope: 'message' } } : error('invalid_request');
    }
    default:
      return null;
  }
}

const granted = (token: string, seconds: number, more = {}): Answer => ({ status: 200, body: { token_type: 'Bearer', access_token: token, expires_in: seconds, ...more } });
const error = (name: string): Answer => ({ status: 400, body: { error: name, error_description: name.replaceAll('_', ' ') } });

const ofSecret = (platform: Platform, form: URLSearchParams) =>
  platform.channels.find((c) => c.channelId === form.get('client_id') && c.channelSecret === form.get('client_secret'));

/** By the `iss` of a JWT; its signature is not checked, since no key was ever registered here. */
function ofAssertion(platform: Platform, form: URLSearchParams) {
  try {
    const claims = JSON.parse(Buffer.from(form.get('client_assertion')?.split('.')[1] ?? '', 'base64url').toString()) as { iss?: unknown };
    return platform.channels.find((c) => c.channelId === claims.iss);
  } catch {
    return undefined;
  }
}
