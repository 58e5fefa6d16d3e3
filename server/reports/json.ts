/** The summary as text: one writing for the command and for HTTP, so that two of the same readings are equal byte for byte. */
import type { Summary } from '../../shared/summary.ts';

export const summaryJson = (summary: Summary): string => `${JSON.stringify(summary, null, 2)}\n`;
