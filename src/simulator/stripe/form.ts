/** Stripe's requests: forms whose names nest, `line_items[0][price_data][currency]=jpy`. */

export type Form = { [key: string]: string | Form };

/** A form as an object; lists are objects with numbers for keys. */
export function readForm(text: string): Form {
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [name.split('[')[0]!, ...[...name.matchAll(/\[([^\]]*)\]/g)].map((part) => part[1]!)];
    let at = form;
    for (const key of path.slice(0, -1)) {
      const next = at[key];
      at = typeof next === 'object' ? next : (at[key] = Object.create(null) as Form);
    }
    at[path.at(-1)!] = value;
  }
  return form;
}

/** What lies at a path, if it is a text. */
export function textAt(form: Form, ...path: string[]): string | undefined {
  let at: string | Form | undefined = form;
  for (const key of path) at = typeof at === 'object' ? at[key] : undefined;
  return typeof at === 'string' ? at : undefined;
}
export const partAt = (form: Form, key: string): Form => (typeof form[key] === 'object' ? form[key] : {});
