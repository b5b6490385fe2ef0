import type { messagingApi } from '@line/bot-sdk';
import type { Button } from './buttons.ts';

/** What one act becomes before the messages of a reply are put together. */
export type Piece = { text?: string; /** Stands over the text, once over several pieces that have the same. */ heading?: string; card?: messagingApi.FlexMessage; quick?: Button[] };
