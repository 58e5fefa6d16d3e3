import { memoryJournal } from '../../server/journal/memory.ts';
import { journalContract } from './contract.ts';

journalContract('the journal in memory', () => Promise.resolve(memoryJournal()));
