import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, askJson, type Question } from './ask-json.ts';
import { leavingHeader } from './leaving-header.ts';
import { reachedNobody, wasCut } from './reached-nobody.ts';

const between = 100;

/**
 * Asks what changes nothing, of whichever of the addresses answers: those that are not there, or are leaving, are tried again until the
 * patience is over. A process that is started again is not felt.
 */
export async function askAny(urls: readonly URL[], question: Question): Promise<Answer> {
  const until = Date.now() + question.patience;
  for (let turn = 0; ; turn++) {
    try {
      const answer = await askJson(urls[turn % urls.length]!, { ...question, patience: Math.max(until - Date.now(), 1) });
      if (!answer.headers[leavingHeader] || Date.now() > until) return answer;
    } catch (error) {
      if (Date.now() > until || !(reachedNobody(error) || wasCut(error))) throw error;
    }
    if (turn % urls.length === urls.length - 1) await pause(between);
  }
}
