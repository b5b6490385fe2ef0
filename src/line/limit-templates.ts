import { checkAction } from './limit-actions.ts';
import { isObject, listOf, maySay, needHttps, needText } from './limit-measures.ts';
import type { Found } from './limit-measures.ts';

/** Buttons, a question with two answers, columns, pictures: REF "Template messages". */
export function checkTemplate(found: Found, path: string, template: unknown): void {
  if (!isObject(template)) return void found.push({ path, rule: 'must be a template' });
  const actions = (max: number, min = 1): void =>
    listOf(found, `${path}.actions`, template['actions'], min, max, (action, at) => checkAction(found, at, action, 'template'));
  switch (template['type']) {
    case 'buttons':
      checkCaption(found, path, template, 160);
      return actions(4);
    case 'confirm':
      needText(found, `${path}.text`, template['text'], 240);
      return actions(2, 2);
    case 'carousel': {
      const counts = new Set<number>();
      listOf(found, `${path}.columns`, template['columns'], 1, 10, (column, at) => {
        if (!isObject(column)) return void found.push({ path: at, rule: 'must be a column' });
        checkCaption(found, at, column, 120);
        listOf(found, `${at}.actions`, column['actions'], 1, 3, (action, to) => checkAction(found, to, action, 'template'));
        if (Array.isArray(column['actions'])) counts.add(column['actions'].length);
      });
      if (counts.size > 1) found.push({ path: `${path}.columns`, rule: 'every column must have as many actions' });
      return;
    }
    case 'image_carousel':
      return listOf(found, `${path}.columns`, template['columns'], 1, 10, (column, at) => {
        if (!isObject(column)) return void found.push({ path: at, rule: 'must be a column' });
        needHttps(found, `${at}.imageUrl`, column['imageUrl']);
        checkAction(found, `${at}.action`, column['action'], 'imageCarousel');
      });
    default:
      found.push({ path: `${path}.type`, rule: 'buttons, confirm, carousel or image_carousel' });
  }
}

/** Title and text; the text has less room below a title or a picture. */
function checkCaption(found: Found, path: string, part: Record<string, unknown>, alone: number): void {
  const crowded = part['title'] !== undefined || part['thumbnailImageUrl'] !== undefined;
  maySay(found, `${path}.title`, part['title'], 40);
  needText(found, `${path}.text`, part['text'], crowded ? 60 : alone);
  if (part['thumbnailImageUrl'] !== undefined) needHttps(found, `${path}.thumbnailImageUrl`, part['thumbnailImageUrl']);
  if (part['defaultAction'] !== undefined) checkAction(found, `${path}.defaultAction`, part['defaultAction'], 'template');
}
