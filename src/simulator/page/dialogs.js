const byId = (id) => document.getElementById(id);

/** Opens a dialog; gives what was entered, or null when it was left. */
function ask(dialog, input) {
  return new Promise((resolve) => {
    dialog.returnValue = '';
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'ok' && input.value !== '' ? input.value : null), { once: true });
    dialog.showModal();
    input.focus();
    input.select?.();
  });
}

const INPUTS = { date: 'date', time: 'time', datetime: 'datetime-local' };

/** The picker of an action, with its bounds. */
export function pickWith({ label, mode, initial, min, max }) {
  const input = byId('picker-input');
  const written = (value) => (value ?? '').replace('t', 'T');
  byId('picker-title').textContent = label;
  // Bounds of another mode would make the new value invalid while the type changes.
  input.value = input.min = input.max = '';
  input.type = INPUTS[mode];
  input.min = written(min);
  input.max = written(max);
  input.value = written(initial ?? min);
  return ask(byId('picker-dialog'), input);
}

/** Asks for the name of somebody new. */
export function askName(title, suggestion) {
  byId('name-title').textContent = title;
  byId('name-input').value = suggestion;
  return ask(byId('name-dialog'), byId('name-input'));
}
