import { memoryReadings } from '../../server/readings/memory.ts';
import { readingsContract } from './contract.ts';

readingsContract('the readings store in memory', () => Promise.resolve(memoryReadings()));
