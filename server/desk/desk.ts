/** All that staff may do, put together: each command in its turn, and repeated by key at most once. */
import type { CommandPorts } from '../http/ports.ts';
import { acknowledge } from './acknowledge.ts';
import { acknowledgeAnswer, alertAnswer, callAnswer, handoverAnswer, levelAnswer, orderAnswer, reviewAnswer, serviceAnswer } from './answers.ts';
import { addComment, handleAlert } from './handle.ts';
import { call } from './call.ts';
import { handOver } from './handover.ts';
import { setLevel } from './level.ts';
import { moveOrder } from './order.ts';
import type { DeskPorts } from './ports.ts';
import { createLasting } from './lasting.ts';
import { review } from './review.ts';
import { setService } from './station.ts';
import { shelveAlert, unshelveAlert } from './shelve.ts';
import { createTurns } from './turns.ts';

export function createDesk(ports: DeskPorts): CommandPorts {
  const once = createLasting(ports, createTurns());
  return {
    acknowledge: once({ command: 'acknowledge', make: acknowledge, answer: acknowledgeAnswer(ports) }),
    shelve: once({ command: 'shelve', make: shelveAlert, answer: alertAnswer(ports) }),
    unshelve: once({ command: 'unshelve', make: unshelveAlert, answer: alertAnswer(ports) }),
    comment: once({ command: 'comment', make: addComment, answer: alertAnswer(ports) }),
    handle: once({ command: 'handle', make: handleAlert, answer: alertAnswer(ports) }),
    setService: once({ command: 'service', make: setService, answer: serviceAnswer }),
    handOver: once({ command: 'handover', make: handOver, answer: handoverAnswer }),
    call: once({ command: 'call', make: call, answer: callAnswer }),
    setLevel: once({ command: 'level', make: setLevel, answer: levelAnswer }),
    moveOrder: once({ command: 'order', make: moveOrder, answer: orderAnswer(ports) }),
    review: once({ command: 'review', make: review, answer: reviewAnswer }),
  };
}
