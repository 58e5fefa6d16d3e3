/** All that staff may do, put together: each command in its turn, and repeated by key at most once. */
import type { CommandPorts } from '../http/ports.ts';
import { acknowledge } from './acknowledge.ts';
import { addComment, handleAlert } from './handle.ts';
import { call } from './call.ts';
import { handOver } from './handover.ts';
import { setLevel } from './level.ts';
import { moveOrder } from './order.ts';
import type { DeskPorts } from './ports.ts';
import { createRepeats } from './repeats.ts';
import { review } from './review.ts';
import { setService } from './station.ts';
import { shelveAlert, unshelveAlert } from './shelve.ts';
import { createTurns } from './turns.ts';

export function createDesk(ports: DeskPorts): CommandPorts {
  const turns = createTurns();
  const once = createRepeats(ports.machine);
  return {
    acknowledge: once('acknowledge', acknowledge(ports, turns)),
    shelve: once('shelve', shelveAlert(ports, turns)),
    unshelve: once('unshelve', unshelveAlert(ports, turns)),
    comment: once('comment', addComment(ports, turns)),
    handle: once('handle', handleAlert(ports, turns)),
    setService: once('service', setService(ports, turns)),
    handOver: once('handover', handOver(ports, turns)),
    call: once('call', call(ports, turns)),
    setLevel: once('level', setLevel(ports, turns)),
    moveOrder: once('order', moveOrder(ports, turns)),
    review: once('review', review(ports, turns)),
  };
}
