/** An element with properties and children; texts become text nodes, so that nothing said is ever read as HTML. */
export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Calls the control API; throws what it answers when it refuses. */
export async function call(method, path, body) {
  const answer = await fetch(`/api${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error ?? `${answer.status}`);
  return said;
}

let patience;
/** Tells what went wrong, on top of the page, for a while. */
export function problem(text) {
  const place = document.getElementById('problem');
  place.textContent = text;
  place.hidden = false;
  clearTimeout(patience);
  patience = setTimeout(() => (place.hidden = true), 8000);
}
