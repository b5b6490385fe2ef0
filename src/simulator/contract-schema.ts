import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { OVERLAY } from './contract-overlay.ts';

/** A JSON schema, or a part of one. */
export type Schema = { [keyword: string]: unknown };

/**
 * LINE's OpenAPI schemas as a JSON schema that refuses what LINE refuses.
 *
 * The file models kinds as a base with `discriminator.mapping` and subtypes as `allOf: [base, own]`, so that taken as
 * it is, a base accepts anything with a `type`. Here every subtype is flattened (base and own properties, nothing
 * else, its `type` pinned) and every base becomes a choice among its subtypes.
 */
export function lineSchemas(file: string): Record<string, Schema> {
  const document = parse(readFileSync(file, 'utf8')) as { components: { schemas: Record<string, Schema> } };
  const given = document.components.schemas;
  const out: Record<string, Schema> = {};
  for (const [name, schema] of Object.entries(given)) {
    const kinds = kindsOf(schema);
    if (kinds === null) {
      out[name] ??= strict(merged(schema, given));
      continue;
    }
    for (const [type, ref] of Object.entries(kinds)) {
      const sub = nameIn(ref);
      const flat = strict(merged(given[sub] ?? {}, given));
      const properties = { ...(flat['properties'] as Schema), type: { const: type } };
      out[sub] = { ...flat, properties, required: [...new Set(['type', ...(flat['required'] as string[])])] };
    }
    out[name] = {
      type: 'object',
      required: ['type'],
      discriminator: { propertyName: 'type' },
      oneOf: Object.values(kinds).map((ref) => ({ $ref: `#/$defs/${nameIn(ref)}` })),
    };
  }
  for (const [place, more] of Object.entries(OVERLAY)) lay(out, place, more);
  return out;
}

const nameIn = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);
const kindsOf = (schema: Schema): Record<string, string> | null => (schema['discriminator'] as { mapping?: Record<string, string> } | undefined)?.mapping ?? null;

/** A subtype with its base's properties as its own. */
function merged(schema: Schema, given: Record<string, Schema>): Schema {
  const parts = (schema['allOf'] as Schema[] | undefined) ?? [];
  const whole = [...parts.map((p) => (p['$ref'] ? merged(given[nameIn(p['$ref'] as string)] ?? {}, given) : p)), { ...schema, allOf: undefined }];
  if (parts.length === 0) return schema;
  return {
    type: 'object',
    properties: Object.assign({}, ...whole.map((p) => p['properties'] ?? {})) as Schema,
    required: whole.flatMap((p) => (p['required'] as string[] | undefined) ?? []),
  };
}

const DROPPED: ReadonlySet<string> = new Set(['description', 'externalDocs', 'example', 'xml', 'format', 'default', 'discriminator', 'nullable', 'deprecated']);

/** Only what a JSON schema knows; objects take no properties they do not name. */
function strict(schema: Schema): Schema {
  const out: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (value === undefined || DROPPED.has(keyword)) continue;
    if (keyword === '$ref') out[keyword] = `#/$defs/${nameIn(value as string)}`;
    else if (keyword === 'properties') out[keyword] = Object.fromEntries(Object.entries(value as Record<string, Schema>).map(([k, v]) => [k, strict(v)]));
    else out[keyword] = keyword === 'items' || keyword === 'additionalProperties' ? (typeof value === 'object' ? strict(value as Schema) : value) : value;
  }
  if (schema['nullable'] === true && typeof schema['type'] === 'string') out['type'] = [schema['type'], 'null'];
  if (schema['type'] === 'object' || out['properties']) {
    out['required'] ??= [];
    if (out['properties'] && out['additionalProperties'] === undefined) out['additionalProperties'] = false;
  }
  return out;
}

/** Adds keywords at `Schema` or `Schema.property`; lists (`required`, `allOf`) grow. */
function lay(schemas: Record<string, Schema>, place: string, more: Schema): void {
  const [name, property] = place.split('.') as [string, string | undefined];
  const schema = schemas[name];
  const target = property === undefined ? schema : (schema?.['properties'] as Record<string, Schema> | undefined)?.[property];
  if (!target) throw new Error(`the overlay names ${place}, which LINE's schemas do not have`);
  for (const [keyword, value] of Object.entries(more)) {
    const held = target[keyword];
    target[keyword] = Array.isArray(held) && Array.isArray(value) ? [...new Set([...held, ...value])] : value;
  }
}
