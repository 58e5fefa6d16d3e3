import { expect, test } from 'vitest';
import { AcknowledgeBody, CalledBody, CommentBody, HandoverBody, ShelveBody } from '../../shared/api.ts';
import { offer } from '../../shared/handover.ts';
import { sheetOf } from '../../shared/sheet.ts';
import { alert, room } from '../web/fixture/room.ts';

/** Zero-width space, word joiner, soft hyphen, Hangul filler, blank Braille: nothing that anybody reads. */
const UNSEEN = ['\u200B', '\u200B\u2060', '\u00AD \u200D', '\u3164', '\u2800', '\uFEFF'];

test.each(UNSEEN)('a note, a reason or a name of nothing that prints (%j) is none', (text) => {
  expect(CommentBody.safeParse({ text }).success).toBe(false);
  expect(ShelveBody.safeParse({ until: '2022-02-04T19:00:00+08:00', reason: text }).success).toBe(false);
  expect(CalledBody.safeParse({ calls: ['a'], spoke: text, note: null }).success).toBe(false);
  expect(AcknowledgeBody.parse({ occurrence: 1, note: text }).note).toBe(null);
  expect(HandoverBody.parse({ note: text, names: [] })).toMatchObject({ note: '' });
});

test('a shift on which something asks is not handed over with a note that nobody can read', () => {
  const asks = { ...room, alerts: { a: alert({ id: 'a', kind: 'day-locked', place: 'baoding' }) } };
  const sheet = sheetOf(asks, { at: room.at, suspect: [] });
  const by = (note: string) => offer(asks, { by: 'li', at: room.at, note, names: ['a'], sheet, drill: false });
  expect(by('\u200B\u200B')).toMatchObject({ ok: false, code: 'needs-note' });
  expect(by('保定已通知').ok).toBe(true);
});

test('what is written keeps what stands within it', () => {
  expect(CommentBody.parse({ text: '  已通知 👨‍👩‍👧 \n第二行 ' }).text).toBe('已通知 👨‍👩‍👧 \n第二行');
});
