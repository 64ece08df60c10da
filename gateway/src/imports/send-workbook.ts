import type { FastifyReply } from 'fastify';
import { workbookType } from './write-workbook.ts';

/** Answers with a workbook to be kept under a name, which may be Chinese. */
export const sendWorkbook = (reply: FastifyReply, name: string, workbook: Buffer): FastifyReply =>
  reply
    .type(workbookType)
    .header('content-disposition', `attachment; filename="workbook.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(workbook);
