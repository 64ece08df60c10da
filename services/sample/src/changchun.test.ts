import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { buildChangchun } from './changchun.ts';
import { cityTheme, epidemicTheme } from './content.ts';
import { creditCheck, organisationCheck } from './credit-code.ts';
import { publishedFigures } from './published-figures.ts';
import { type LedgerFile, writeLedgers } from './write-ledgers.ts';

const changchun = buildChangchun();
const { enterprises, branches, members, donations, content, sessions, selection } = changchun;
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const unique = (values: readonly unknown[]) => new Set(values).size === values.length;
const of = (theme: string, kind?: string) => content.filter(item => item.theme === theme && (!kind || item.kind === kind));

describe('the sample city', () => {
  it('is the same every time', () => {
    expect(buildChangchun()).toEqual(changchun);
  });

  it('has 105 key enterprises with 6,464 employees in all fifteen districts', () => {
    expect(enterprises).toHaveLength(publishedFigures.keyEnterprises);
    expect(sum(enterprises.map(({ employees }) => employees))).toBe(publishedFigures.employees);
    expect(new Set(enterprises.map(({ division }) => division.code)).size).toBe(15);
    expect(unique(enterprises.map(({ legalName }) => legalName))).toBe(true);
    expect(enterprises.every(({ employees, reportedMembers }) => employees > reportedMembers)).toBe(true);
  });

  it('gives every organisation a credit code that passes its checks', () => {
    const codes = [...enterprises, changchun.federation, changchun.partner].map(({ creditCode }) => creditCode);
    expect(unique(codes)).toBe(true);
    for (const code of [...codes, '91110108551385082Q', '9144030071526726XG']) {
      expect(code.slice(17)).toBe(creditCheck(code.slice(0, 17)));
      expect(code[16]).toBe(organisationCheck(code.slice(8, 16)));
    }
  });

  it('has 45 branches of one enterprise and 17 joint ones within one district', () => {
    const joint = branches.filter(({ kind }) => kind === 'JOINT');
    expect(branches.length - joint.length).toBe(publishedFigures.soloBranches);
    expect(joint).toHaveLength(publishedFigures.jointBranches);
    for (const { name, division, creditCodes } of joint) {
      expect(creditCodes.length).toBeGreaterThanOrEqual(2);
      expect(creditCodes.length).toBeLessThanOrEqual(4);
      expect(
        enterprises.filter(({ branchName }) => branchName === name).every(({ division: { code } }) => code === division),
      ).toBe(true);
    }
  });

  it('has 803 members, each in the branch of their enterprise', () => {
    expect(members).toHaveLength(publishedFigures.members);
    expect(unique(members.map(({ phone }) => phone))).toBe(true);
    expect(members.every(({ phone }) => /^1990000\d{4}$/.test(phone))).toBe(true);
    expect(members.every(({ birthYear, joinedOn }) => birthYear >= 1960 && Number(joinedOn.slice(0, 4)) - birthYear >= 19)).toBe(
      true,
    );
    for (const { creditCode, branchName, reportedMembers } of enterprises) {
      const own = members.filter(member => member.creditCode === creditCode);
      expect(own).toHaveLength(reportedMembers);
      expect(own.every(member => member.branchName === branchName)).toBe(true);
    }
  });

  it('has one secretary in every branch, a full member', () => {
    const secretaries = members.filter(({ post }) => post === '党支部书记');
    expect(new Set(secretaries.map(({ branchName }) => branchName)).size).toBe(branches.length);
    expect(secretaries).toHaveLength(branches.length);
    expect(secretaries.every(({ status }) => status === 'FULL')).toBe(true);
  });

  it('donated CNY 10,663,000 in money and goods', () => {
    expect(sum(donations.map(({ amount }) => amount))).toBe(publishedFigures.donations);
    expect(unique(donations.map(row => [row.creditCode, row.kind, row.donatedOn].join()))).toBe(true);
    expect(donations.every(({ kind, item, quantity }) => (kind === 'GOODS') === Boolean(item && quantity))).toBe(true);
    expect(donations.every(({ donatedOn }) => donatedOn >= '2020-01-24' && donatedOn <= '2022-12-31')).toBe(true);
  });

  it('relayed and published what the case counts', () => {
    expect(of(cityTheme, 'RELAY').length).toBeGreaterThanOrEqual(publishedFigures.relayed.items);
    expect(sum(of(cityTheme).map(({ reads }) => reads))).toBeGreaterThanOrEqual(publishedFigures.relayed.reads);
    const { shortVideos, posters, relays, reposts, reads } = publishedFigures.epidemic;
    expect(of(epidemicTheme, 'SHORT_VIDEO').length).toBeGreaterThanOrEqual(shortVideos);
    expect(of(epidemicTheme, 'POSTER').length).toBeGreaterThanOrEqual(posters);
    expect(of(epidemicTheme, 'RELAY').length).toBeGreaterThanOrEqual(relays);
    expect(sum(of(epidemicTheme).map(item => item.reposts))).toBe(reposts);
    expect(sum(of(epidemicTheme).map(item => item.reads))).toBe(reads);
    expect(unique(content.map(({ account, publishedOn, title }) => [account, publishedOn, title].join()))).toBe(true);
  });

  it('honoured 30 of 60 nominees after two rounds', () => {
    const { nominees } = selection;
    const awarded = nominees.filter(({ outcome }) => outcome === 'AWARDED');
    expect(nominees).toHaveLength(60);
    expect(nominees.filter(({ outcome }) => outcome !== 'ELIMINATED_IN_PRELIMINARY')).toHaveLength(40);
    expect(awarded).toHaveLength(publishedFigures.honoured);
    expect(awarded.filter(({ title }) => title === '长春好网民')).toHaveLength(18);
    expect(unique(nominees.map(({ phone }) => phone))).toBe(true);
    expect(nominees.every(({ phone, name }) => members.some(member => member.phone === phone && member.name === name))).toBe(
      true,
    );
  });

  it('taught sixty classes and held the symposium', () => {
    expect(sessions.filter(({ program }) => program === changchun.program.name)).toHaveLength(60);
    expect(sessions.filter(({ date }) => date === publishedFigures.symposiumOn).map(({ program }) => program)).toContain(
      '会员企业座谈会',
    );
    expect(unique(sessions.map(({ date, time, venue }) => [date, time, venue].join()))).toBe(true);
    expect(sessions.every(({ date }) => date >= '2022-09-01' && date <= '2023-06-30')).toBe(true);
  });
});

describe('the written ledgers', () => {
  const plain = (cell: string) => cell.normalize('NFKC').replace(/,/g, '').trim();
  const records = (text: string) =>
    text
      .trimEnd()
      .split('\r\n')
      .map(line => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, bare]) => plain(quoted ?? bare ?? '')));
  const column = (rows: string[][], name: string) => rows.slice(1).map(row => row[rows[0]!.indexOf(name)]!);

  let directory: string;
  let files: Map<LedgerFile['ledger'], Buffer>;
  const read = async (into: string) =>
    new Map(
      await Promise.all((await writeLedgers(into)).map(async ({ ledger, file }) => [ledger, await readFile(file)] as const)),
    );

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ledgers-'));
    files = await read(directory);
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('are the same bytes every time', async () => {
    const again = await read(join(directory, 'again'));
    for (const [ledger, bytes] of files) expect(again.get(ledger)!.equals(bytes)).toBe(true);
  });

  it('sum up to the published donations, in UTF-8 with a byte order mark', () => {
    const text = files.get('donations')!.toString();
    const rows = records(text.slice(1));
    expect(text[0]).toBe('\uFEFF');
    expect(rows).toHaveLength(donations.length + 1);
    expect(sum(column(rows, '金额(元)').map(Number))).toBe(publishedFigures.donations);
  });

  it('sum up to the published reads and reposts, in GB18030', () => {
    const rows = records(iconv.decode(files.get('content')!, 'gb18030'));
    const epidemic = [rows[0]!, ...rows.filter(row => row[6] === epidemicTheme)];
    expect(rows).toHaveLength(content.length + 1);
    expect(sum(column(epidemic, '阅读量').map(Number))).toBe(publishedFigures.epidemic.reads);
    expect(sum(column(epidemic, '转发量').map(Number))).toBe(publishedFigures.epidemic.reposts);
    expect(column(epidemic, '类型').filter(kind => kind === '短视频')).toHaveLength(of(epidemicTheme, 'SHORT_VIDEO').length);
  });

  it('hold every class, in UTF-8', () => {
    const rows = records(files.get('sessions')!.toString());
    expect(column(rows, '项目名称').filter(name => name === changchun.program.name)).toHaveLength(60);
    expect(sum(column(rows, '参加人数').map(Number))).toBe(sum(sessions.map(({ seniors }) => seniors)));
  });
});
