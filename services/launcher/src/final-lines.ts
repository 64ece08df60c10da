const full =
  /the disk is full|disk quota is used up|No space left on device|Disk quota exceeded|\bENOSPC\b(?!: System limit)|\bEDQUOT\b/;

/** Whether a process ended because nothing more could be written. */
export const isDiskFull = (line: string): boolean => full.test(line);

export const diskFullLine = (dataDirectory: string): string =>
  `磁盘已满，枢纽停止运行，已确认的数据不会丢失：请为 ${dataDirectory} 腾出空间，再运行 npm start。 The disk with ${dataDirectory} is full, and the hub stops; nothing that was acknowledged is lost: make room, then run "npm start".`;

export const endsTooOftenLine = (name: string, reason: string): string =>
  `${name} 在一分钟内结束了五次，不再重新启动：请排除原因后再运行 npm start。 ${name} ended five times within a minute and is not started again: mend the cause, then run "npm start". The last time: ${reason}`;
