import { wrong } from './cell-problem.ts';
import type { Parse } from './parse.ts';

const form =
  /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}[ T])?(凌晨|清晨|早上|早晨|早|上午|中午|下午|午后|傍晚|晚上|晚)?\s*(\d{1,2})\s*(?:[:时点]\s*(?:(\d{1,2}|半|整|一刻|三刻)(?::\d{2}|分)?)?)?\s*(am|pm|a\.m\.|p\.m\.)?$/i;
const words: Record<string, number> = { 半: 30, 整: 0, 一刻: 15, 三刻: 45 };

function read(text: string): [hours: number, minutes: number] | undefined {
  // A cell of a time alone is a fraction of a day where its format is lost.
  if (/^0?\.\d+$/.test(text)) {
    const minutes = Math.round(Number(text) * 1440);
    return [Math.floor(minutes / 60), minutes % 60];
  }
  const [, before = '', hour, minute = '0', after = ''] = form.exec(text) ?? [];
  if (hour === undefined || (!/[:时点]/.test(text) && !before && !after)) return undefined;
  const isLate = /下午|午后|傍晚|晚/.test(before) || /^p/i.test(after);
  const isEarly = /凌晨|早|上午/.test(before) || /^a/i.test(after);
  const hours = Number(hour);
  if ((isEarly && hours > 12) || (/^[ap]/i.test(after) && hours > 12)) return undefined;
  const minutes = words[minute] ?? Number(minute);
  if (isLate && hours < 12) return [hours + 12, minutes];
  return [(/^a/i.test(after) || before === '凌晨') && hours === 12 ? 0 : hours, minutes];
}

/** `14:30`, `14：30`, `下午2:30`, `14时30分`, `14点半`, `2:30 PM`, as HH:MM. */
export const time: Parse<string> = value => {
  const text = value.normalize('NFKC').trim();
  const [hours, minutes] = (text.length < 60 && read(text)) || [24, 0];
  if (hours > 23 || minutes > 59) throw wrong('NOT_A_TIME', { value });
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
};
