import type { LineAccount, WebhookTest } from '../../line/account.ts';
import { LineRefused } from '../../line/errors.ts';
import { saidBy } from './step.ts';
import type { Step } from './step.ts';

/** The webhook's address, set where it differs, and LINE's own test of it. `wanted` null = left as it is. */
export async function webhookSteps(account: LineAccount, wanted: string | null): Promise<{ steps: Step[]; active: boolean }> {
  const before = await account.webhook();
  const steps: Step[] = [];
  if (wanted === null && !before) return { steps: [{ mark: 'wrong', says: 'No webhook address is set yet: give one with --url https://…' }], active: false };
  if (wanted !== null && before?.endpoint !== wanted) {
    const refused = await account.setWebhook(wanted).then(() => null, notAnAddress);
    if (refused) return { steps: [{ mark: 'wrong', says: `LINE does not take ${wanted} as an address (${refused}): its name must be known to everybody’s DNS, and one made just now may need some minutes.` }], active: before?.active ?? false };
    steps.push({ mark: 'changed', says: `The webhook address is ${wanted}${before?.endpoint ? ` (it was ${before.endpoint})` : ''}.` });
  } else steps.push({ mark: 'ok', says: `The webhook address is ${before!.endpoint}.` });
  steps.push(tested(await account.testWebhook()));
  return { steps, active: (await account.webhook())?.active ?? false };
}

/** LINE's reason where it refuses the address itself. */
function notAnAddress(error: unknown): string {
  if (error instanceof LineRefused && error.status === 400) return saidBy(error);
  throw error;
}

function tested({ success, statusCode, reason, detail }: WebhookTest): Step {
  if (success) return { mark: 'ok', says: `LINE called it and was answered with ${statusCode}.` };
  return { mark: 'wrong', says: `LINE called it in vain: ${reason}${detail && detail !== String(statusCode) ? `, ${detail}` : ''}${statusCode > 0 ? `, HTTP ${statusCode}` : ''}. ${advice(reason, statusCode)}` };
}

/** What to do about it (LINE's “Check the reason for errors”). */
function advice(reason: string, status: number): string {
  switch (reason) {
    case 'COULD_NOT_CONNECT': return 'Is the app running, does that name lead to it from the internet, and is its certificate of a public authority, with the intermediate certificates?';
    case 'REQUEST_TIMEOUT': return 'The app must answer within two seconds: does the proxy in front of it reach it, and its database?';
    case 'ERROR_STATUS_CODE':
      if (status === 401) return 'The running app knows another channel secret: are its settings these, and was it started again since?';
      if (status === 404) return 'The running app does not know this channel, or the proxy leads elsewhere: was the app started again with these settings?';
      return status >= 500 ? 'The app, or the proxy before it, is in trouble: its log says why.' : 'Something before the app answers in its place.';
    default: return 'The app’s log may say why; then run this again.';
  }
}
