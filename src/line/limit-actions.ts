import { isObject, maySay, needText } from './limit-measures.ts';
import type { Found } from './limit-measures.ts';

/** Where an action hangs decides how long its label may be and whether it must have one (REF "label specification"). */
const LABELS = {
  quickReply: { max: 20, required: true },
  template: { max: 20, required: true },
  imageCarousel: { max: 12, required: false },
  flexButton: { max: 40, required: true },
  flexPart: { max: 40, required: false },
} as const;
export type ActionPlace = keyof typeof LABELS;

/** What a tap does: REF "Action objects". */
export function checkAction(found: Found, path: string, action: unknown, place: ActionPlace): void {
  if (!isObject(action)) return void found.push({ path, rule: 'must be an action' });
  const label = LABELS[place];
  if (label.required && (typeof action['label'] !== 'string' || action['label'] === '')) found.push({ path: `${path}.label`, rule: 'must not be empty' });
  else maySay(found, `${path}.label`, action['label'], label.max);
  switch (action['type']) {
    case 'message':
      needText(found, `${path}.text`, action['text'], Infinity);
      return maySay(found, `${path}.text`, action['text'], 300);
    case 'postback':
      needText(found, `${path}.data`, action['data'], 300);
      maySay(found, `${path}.displayText`, action['displayText'], 300);
      maySay(found, `${path}.text`, action['text'], 300);
      maySay(found, `${path}.fillInText`, action['fillInText'], 300);
      if (action['displayText'] !== undefined && action['text'] !== undefined) found.push({ path: `${path}.text`, rule: 'not together with displayText' });
      if (action['fillInText'] !== undefined && action['inputOption'] !== 'openKeyboard') found.push({ path: `${path}.fillInText`, rule: 'only with inputOption openKeyboard' });
      return;
    case 'uri':
      needText(found, `${path}.uri`, action['uri'], 1000);
      if (!/^(https?|line|tel):[\x21-\x7e]+$/.test(String(action['uri']))) found.push({ path: `${path}.uri`, rule: 'http, https, line or tel, percent-encoded' });
      return;
    case 'datetimepicker':
      needText(found, `${path}.data`, action['data'], 300);
      return checkPicker(found, path, action);
    case 'clipboard':
      return needText(found, `${path}.clipboardText`, action['clipboardText'], 1000);
    case 'camera':
    case 'cameraRoll':
    case 'location':
      if (place !== 'quickReply') found.push({ path: `${path}.type`, rule: 'only in a quick reply' });
      return;
    default:
      found.push({ path: `${path}.type`, rule: 'not an action LINE knows here' });
  }
}

const PICKED = {
  date: /^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$|^2100-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  time: /^([01]\d|2[0-3]):[0-5]\d$/,
  datetime: /^((19|20)\d\d|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d$/,
} as const;

/** Three forms by mode, 1900 to 2100, the last after the first. LINE's pickers know no time zone and no steps. */
function checkPicker(found: Found, path: string, action: Record<string, unknown>): void {
  const form = Object.entries(PICKED).find(([mode]) => mode === action['mode'])?.[1];
  if (!form) return void found.push({ path: `${path}.mode`, rule: 'date, time or datetime' });
  const { min, max } = action;
  for (const name of ['initial', 'min', 'max']) {
    const value = action[name];
    if (value !== undefined && (typeof value !== 'string' || !form.test(value))) found.push({ path: `${path}.${name}`, rule: `not a ${String(action['mode'])} as LINE writes it` });
  }
  if (typeof min === 'string' && typeof max === 'string' && min.toUpperCase() >= max.toUpperCase()) found.push({ path: `${path}.max`, rule: 'must be after min' });
}
