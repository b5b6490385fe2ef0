import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { lineSchemas } from './contract-schema.ts';

/** One mistake in a request, in LINE's words and with its place as LINE writes it. */
export type Detail = { message: string; property: string };
/** The requests whose body is checked. */
export type Checked = 'ReplyMessageRequest' | 'PushMessageRequest' | 'ValidateMessageRequest' | 'RichMenuRequest' | 'ShowLoadingAnimationRequest' | 'MarkMessagesAsReadByTokenRequest';

let compiled: ((name: Checked) => ValidateFunction) | null = null;

/** Every mistake LINE would answer with 400; empty for a good body. Reading the schemas, once, takes half a second. */
export function mistakes(name: Checked, body: unknown): Detail[] {
  compiled ??= compile();
  const validate = compiled(name);
  if (validate(body)) return [];
  return details(validate.errors ?? []);
}

function compile(): (name: Checked) => ValidateFunction {
  // `unicode: false`: LINE counts UTF-16 units, not code points.
  const ajv = new Ajv2019({ strict: false, discriminator: true, allErrors: true, verbose: true, unicode: false, validateFormats: false, logger: false });
  const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
  ajv.addKeyword({
    keyword: 'maxGraphemes',
    type: 'string',
    validate: (max: number, text: string) => text.length <= max || [...segmenter.segment(text)].length <= max,
  });
  ajv.addKeyword({ keyword: 'maxBytes', type: 'object', validate: (max: number, value: object) => Buffer.byteLength(JSON.stringify(value)) <= max });
  ajv.addKeyword({ keyword: 'pickerBounds', type: 'object', validate: (_: true, action: Record<string, unknown>) => isPicker(action) });
  ajv.addKeyword({
    keyword: 'oneSize',
    type: 'object',
    validate: (_: true, carousel: { contents?: unknown }) =>
      !Array.isArray(carousel.contents) || new Set(carousel.contents.map((b: { size?: string } | null) => b?.size ?? 'mega')).size <= 1,
  });
  ajv.addKeyword({
    keyword: 'placeholders',
    type: 'object',
    validate: (_: true, message: { text?: unknown; substitution?: object }) =>
      !/[{}]/.test(String(message.text).replaceAll('{{', '').replaceAll('}}', '').replace(/\{(\w{1,20})\}/g, (all, key: string) => (key in (message.substitution ?? {}) ? '' : all))),
  });
  ajv.addSchema({ $id: 'line', $defs: lineSchemas(join(import.meta.dirname, 'openapi', 'messaging-api.yml')) });
  return (name) => ajv.getSchema(`line#/$defs/${name}`) as ValidateFunction;
}

/** Dates and times as a picker of this mode writes them, 1900 to 2100, the last after the first. */
function isPicker({ mode, initial, min, max }: Record<string, unknown>): boolean {
  const written = (value: unknown): boolean => {
    if (value === undefined) return true;
    const [, day, , time] = /^(\d{4}-\d\d-\d\d)?([tT](?=\d))?(\d\d:\d\d)?$/.exec(String(value)) ?? [];
    const real = day === undefined || (day >= '1900-01-01' && day <= '2100-12-31' && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day));
    const clock = time === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
    return real && clock && (day !== undefined) === (mode !== 'time') && (time !== undefined) === (mode !== 'date') && /[tT]/.test(String(value)) === (mode === 'datetime');
  };
  if (![initial, min, max].every(written)) return false;
  return min === undefined || max === undefined || String(min).toLowerCase() < String(max).toLowerCase();
}

/** The innermost mistakes, without the noise of the conditions around them, one a place. */
function details(errors: readonly ErrorObject[]): Detail[] {
  const telling = errors.filter((e) => !['if', 'anyOf', 'oneOf', 'allOf'].includes(e.keyword));
  const byPlace = new Map<string, Detail>();
  for (const error of telling.length > 0 ? telling : errors) {
    const detail = inLinesWords(error);
    if (!byPlace.has(detail.property)) byPlace.set(detail.property, detail);
  }
  return [...byPlace.values()];
}

/** `/messages/0/text` → `messages[0].text` */
const placeOf = (pointer: string): string => pointer.replace(/\/(\d+)(?=\/|$)/g, '[$1]').replaceAll('/', '.').replace(/^\./, '');

function inLinesWords({ keyword, instancePath, params, message, schema }: ErrorObject): Detail {
  const p = params as Record<string, unknown>;
  const at = (inner: unknown): string => placeOf(`${instancePath}/${String(inner)}`);
  const property = placeOf(instancePath);
  switch (keyword) {
    case 'required':
      return { message: 'May not be empty', property: at(p['missingProperty']) };
    case 'additionalProperties':
      return { message: `The property, ${String(p['additionalProperty'])}, in the request body is invalid`, property: at(p['additionalProperty']) };
    case 'minLength':
      return { message: 'May not be empty', property };
    case 'maxLength':
    case 'maxGraphemes':
      return { message: `Length must be between 0 and ${String(schema)}`, property };
    case 'minItems':
    case 'maxItems':
      return { message: keyword === 'minItems' ? `Size must be ${String(schema)} or more` : `Size must be between 0 and ${String(schema)}`, property };
    case 'enum':
      return { message: `Must be one of the following values: [${(p['allowedValues'] as unknown[]).join(', ')}]`, property };
    case 'discriminator':
      return { message: 'Must be one of the known types', property: at('type') };
    case 'pickerBounds':
      return { message: 'invalid initial, min or max for this mode', property };
    case 'maxBytes':
      return { message: 'The flex message is too large', property };
    case 'oneSize':
      return { message: 'all bubbles must have the same size', property: at('contents') };
    case 'placeholders':
      return { message: 'braces must be doubled or name a substitution', property: at('text') };
    default:
      return { message: message ?? keyword, property };
  }
}
