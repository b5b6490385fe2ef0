import type { Schema } from './contract-schema.ts';

const https: Schema = { pattern: '^https://[\\x21-\\x7e]+$', maxLength: 2000 };
/** An action as it hangs in one place: how long its label may be, and whether it must have one. */
const labelled = (max: number, required: boolean): Schema => ({
  properties: { label: { maxGraphemes: max, ...(required ? { minLength: 1 } : {}) } },
  ...(required ? { required: ['label'] } : {}),
});
/** `$ref` beside other keywords: both hold. */
const onlyIn = (types: string[]): Schema => ({ properties: { type: { enum: types } } });
const IN_CHAT = ['postback', 'message', 'uri', 'datetimepicker', 'clipboard'];

/**
 * What LINE's OpenAPI file leaves out: limits and rules found only in the Messaging API reference
 * (sections "Message objects", "Action objects", "Rich menu structure"). Lengths are UTF-16 units; `maxGraphemes`
 * counts as people do; `maxBytes` as JSON; `pickerBounds`, `oneSize`, `placeholders`: see `contract.ts`.
 */
export const OVERLAY: Record<string, Schema> = {
  'TextMessage.text': { minLength: 1, maxLength: 5000 },
  'TextMessageV2.text': { minLength: 1, maxLength: 5000 },
  'TextMessageV2.substitution': { maxProperties: 100, propertyNames: { pattern: '^[0-9a-zA-Z_]{1,20}$' } },
  TextMessageV2: { placeholders: true },
  'ImageMessage.originalContentUrl': https,
  'ImageMessage.previewImageUrl': https,
  'VideoMessage.originalContentUrl': https,
  'VideoMessage.previewImageUrl': https,
  'VideoMessage.trackingId': { maxLength: 100 },
  'AudioMessage.originalContentUrl': https,
  'LocationMessage.title': { minLength: 1, maxLength: 100 },
  'LocationMessage.address': { minLength: 1, maxLength: 100 },
  'StickerMessage.packageId': { minLength: 1 },
  'StickerMessage.stickerId': { minLength: 1 },
  'ImagemapMessage.altText': { minLength: 1, maxLength: 1500 },
  'ImagemapMessage.baseUrl': https,
  'ImagemapMessage.actions': { minItems: 1, maxItems: 50 },
  'FlexMessage.altText': { minLength: 1, maxLength: 1500 },
  'TemplateMessage.altText': { minLength: 1, maxLength: 1500 },

  QuickReply: { required: ['items'] },
  'QuickReply.items': { minItems: 1 },
  QuickReplyItem: { required: ['type', 'action'] },
  'QuickReplyItem.type': { enum: ['action'] },
  'QuickReplyItem.imageUrl': https,
  'QuickReplyItem.action': { allOf: [labelled(20, true), onlyIn([...IN_CHAT, 'camera', 'cameraRoll', 'location'])] },
  'Sender.iconUrl': https,

  PostbackAction: { required: ['data'], not: { required: ['displayText', 'text'] }, dependentSchemas: { fillInText: { required: ['inputOption'], properties: { inputOption: { const: 'openKeyboard' } } } } },
  'PostbackAction.data': { minLength: 1 },
  'PostbackAction.displayText': { maxGraphemes: 300 },
  'PostbackAction.text': { maxGraphemes: 300 },
  'PostbackAction.fillInText': { maxGraphemes: 300 },
  MessageAction: { required: ['text'] },
  'MessageAction.text': { minLength: 1, maxGraphemes: 300 },
  URIAction: { required: ['uri'] },
  'URIAction.uri': { maxLength: 1000, pattern: '^(https?|line|tel):[\\x21-\\x7e]+$' },
  DatetimePickerAction: { required: ['data', 'mode'], pickerBounds: true },
  'DatetimePickerAction.data': { minLength: 1 },

  'FlexButton.action': { allOf: [labelled(40, true), onlyIn(IN_CHAT)] },
  'FlexBox.action': { allOf: [labelled(40, false), onlyIn(IN_CHAT)] },
  'FlexText.action': { allOf: [labelled(40, false), onlyIn(IN_CHAT)] },
  'FlexImage.action': { allOf: [labelled(40, false), onlyIn(IN_CHAT)] },
  'FlexBubble.action': { allOf: [labelled(40, false), onlyIn(IN_CHAT)] },
  FlexBubble: { maxBytes: 30 * 1024 },
  'FlexBubble.hero': { ...onlyIn(['box', 'image', 'video']) },
  FlexCarousel: { maxBytes: 50 * 1024, oneSize: true },
  'FlexCarousel.contents': { minItems: 1, maxItems: 12 },
  FlexBox: {
    if: { properties: { layout: { const: 'baseline' } } },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON schema
    then: { properties: { contents: { items: onlyIn(['icon', 'text', 'filler']) } } },
    else: { properties: { contents: { items: onlyIn(['box', 'button', 'image', 'video', 'text', 'separator', 'filler']) } } },
  },
  FlexText: { anyOf: [{ required: ['text'], properties: { text: { minLength: 1 } } }, { required: ['contents'], properties: { contents: { minItems: 1 } } }] },
  'FlexImage.url': https,
  'FlexIcon.url': https,
  'FlexVideo.url': https,
  'FlexVideo.previewUrl': https,
  ...Object.fromEntries(
    ['FlexText.color', 'FlexSpan.color', 'FlexButton.color', 'FlexBox.backgroundColor', 'FlexBox.borderColor', 'FlexImage.backgroundColor', 'FlexSeparator.color', 'FlexBlockStyle.backgroundColor', 'FlexBlockStyle.separatorColor']
      .map((place) => [place, { pattern: '^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$' }]),
  ),

  ButtonsTemplate: captioned(160),
  'ButtonsTemplate.thumbnailImageUrl': https,
  'ButtonsTemplate.title': { maxGraphemes: 40 },
  'ButtonsTemplate.actions': { minItems: 1, maxItems: 4, items: { allOf: [{ $ref: '#/$defs/Action' }, labelled(20, true), onlyIn(IN_CHAT)] } },
  'ConfirmTemplate.text': { minLength: 1, maxLength: 240 },
  'ConfirmTemplate.actions': { minItems: 2, maxItems: 2, items: { allOf: [{ $ref: '#/$defs/Action' }, labelled(20, true), onlyIn(IN_CHAT)] } },
  'CarouselTemplate.columns': { minItems: 1, maxItems: 10 },
  CarouselColumn: captioned(120),
  'CarouselColumn.thumbnailImageUrl': https,
  'CarouselColumn.title': { maxGraphemes: 40 },
  'CarouselColumn.actions': { minItems: 1, maxItems: 3, items: { allOf: [{ $ref: '#/$defs/Action' }, labelled(20, true), onlyIn(IN_CHAT)] } },
  'ImageCarouselTemplate.columns': { minItems: 1, maxItems: 10 },
  'ImageCarouselColumn.imageUrl': https,
  'ImageCarouselColumn.action': { allOf: [labelled(12, false), onlyIn(IN_CHAT)] },

  RichMenuRequest: { required: ['size', 'selected', 'name', 'chatBarText', 'areas'] },
  'RichMenuRequest.areas': { maxItems: 20 },
  'RichMenuArea.action': { allOf: [labelled(20, false)] },
  RichMenuArea: { required: ['bounds', 'action'] },
};

/** Less room for the text below a title or a picture. */
function captioned(alone: number): Schema {
  return {
    if: { anyOf: [{ required: ['title'] }, { required: ['thumbnailImageUrl'] }] },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON schema
    then: { properties: { text: { minLength: 1, maxLength: 60 } } },
    else: { properties: { text: { minLength: 1, maxLength: alone } } },
  };
}
