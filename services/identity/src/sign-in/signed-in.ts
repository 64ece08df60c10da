import { randomUUID } from 'node:crypto';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { ownWorkings } from '../administered.ts';
import { asService } from '../as-service.ts';

/** Of an account's sign-ins so many are kept, and for so long. */
export const signInsKept = 50;
export const signInDays = 180;

/** A sign-in that succeeded. Its account's administrators see it, and its owner on the page of their account. */
@Entity({
  tableName: 'sign_in',
  rowLevelSecurity: 'force',
  policies: [
    ...ownWorkings(),
    { name: 'of_accounts', command: 'select', roles: ['hub_committee'], using: 'account_id in (select id from account)' },
  ],
})
@Index({ properties: ['accountId', 'at'] })
@ObjectType({ description: 'One sign-in of an account (登录记录).' })
export class SignIn {
  @PrimaryKey({ type: 'uuid' })
  id: string = randomUUID();

  @Property({ type: 'uuid' })
  accountId!: string;

  @Field(() => GraphQLISODateTime, { description: 'When, ISO 8601 (登录时间).' })
  @Property({ type: 'timestamptz' })
  at!: Date;

  @Field({ description: 'From which address of the network (登录地址).' })
  @Property({ type: 'text' })
  address!: string;

  @Field({ description: 'With which browser, as it called itself, at most 200 characters (浏览器).' })
  @Property({ type: 'text' })
  browser!: string;

  @Field({ description: 'A second factor was shown besides the password (是否两步验证).' })
  @Property({ type: 'boolean' })
  isBySecondFactor!: boolean;

  /** Which of the library's sessions it began or renewed. */
  @Property({ type: 'text' })
  session!: string;
}

/** Writes a sign-in down; what came long before it goes. */
export const noteSignIn = (orm: MikroORM, { accountId, at, address, browser, isBySecondFactor, session }: Omit<SignIn, 'id'>) =>
  asService(orm, async em => {
    em.create(SignIn, { accountId, at, address, browser: browser.slice(0, 200), isBySecondFactor, session });
    await em.flush();
    await em.execute(
      `delete from sign_in where account_id = ? and id not in (select id from sign_in where account_id = ? order by at desc limit ${signInsKept})`,
      [accountId, accountId],
    );
  });

/** Which of these sessions are open; whoever asks knows of them already. */
export async function openSessions(em: Executing, sessions: readonly string[]): Promise<Set<string>> {
  const rows = await em.execute<{ session: string }>('select living_sessions(?::text[]) as session', [`{${sessions.join(',')}}`]);
  return new Set(rows.map(({ session }) => session));
}

interface Executing {
  execute<R extends object>(sql: string, params: readonly unknown[]): Promise<R[]>;
}

/** A sign-in as its owner is shown it. */
export type Shown = Pick<SignIn, 'at' | 'address' | 'browser'> & { isOpen: boolean };

/** The last ten sign-ins of an account, the newest first. A session that was signed in to twice is open once. */
export const recentSignIns = (orm: MikroORM, accountId: string): Promise<Shown[]> =>
  asService(orm, async em => {
    const rows = await em.find(SignIn, { accountId }, { orderBy: { at: 'desc' }, limit: 10 });
    const open = await openSessions(
      em,
      rows.map(({ session }) => session),
    );
    return rows.map(({ at, address, browser, session }) => ({ at, address, browser, isOpen: open.has(session) }));
  });
