import { lists } from './account-lists.ts';
import { option, optional, subject, type Typed, terms, UsageError } from './account-usage.ts';
import { askIdentity } from './ask-identity.ts';
import { LaunchFailure, lineOf } from './launch-failure.ts';
import { table } from './table.ts';

type Command = (typed: Typed) => Promise<string[]>;

interface Holder {
  id: string;
  version: number;
  kind: 'Account' | 'Client';
  name: string;
}

async function holder(name: string): Promise<Holder> {
  const ofClient = /^client:(.+)$/.exec(name)?.[1];
  const query = ofClient
    ? 'query ($name: String!) { found: client(clientId: $name) { id version } }'
    : 'query ($name: String!) { found: account(loginName: $name) { id version } }';
  const { found } = await askIdentity(query, { name: ofClient ?? name });
  if (!found) throw new LaunchFailure(`There is no ${ofClient ? `client ${ofClient}` : `account ${name}`}.`);
  return { ...found, kind: ofClient ? 'Client' : 'Account', name };
}

const person = (typed: Typed) => ({
  loginName: subject(typed, 'login name'),
  displayName: option(typed, 'name'),
  divisionCode: option(typed, 'division'),
  email: optional(typed, 'email'),
});

const oneTime = (loginName: string, password: string) => [
  `login name         ${loginName}`,
  `one-time password  ${password}`,
  'Shown this once; it has to be changed at the first sign-in.',
];

const opens =
  (mutation: 'createAccount' | 'inviteAccount', type: string, input: (typed: Typed) => { loginName: string }): Command =>
  async typed => {
    const given = input(typed);
    const query = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { oneTimePassword } }`;
    const { done } = await askIdentity(query, { input: given });
    return oneTime(given.loginName, done.oneTimePassword);
  };

const change = async (mutation: string, { id, version, kind }: Holder, typed: Typed, fields: string) => {
  const query = `mutation ($input: Change${kind}!) { done: ${mutation}(input: $input) { ${fields} } }`;
  const { done } = await askIdentity(query, { input: { id, expectedVersion: version, reason: optional(typed, 'reason') } });
  return done;
};

const suspends =
  (verb: 'suspend' | 'unsuspend'): Command =>
  async typed => {
    const found = await holder(subject(typed, 'login name or client:CLIENT_ID'));
    await change(`${verb}${found.kind}`, found, typed, 'id');
    return [`${found.name} ${verb === 'suspend' ? 'is suspended; its sessions have ended' : 'may sign in again'}.`];
  };

const reset: Command = async typed => {
  const found = await holder(subject(typed, 'login name'));
  if (found.kind === 'Client') throw new UsageError('A client has no password: use "rotate" for its secret.');
  const { oneTimePassword } = await change('resetPassword', found, typed, 'oneTimePassword');
  return oneTime(found.name, oneTimePassword);
};

const endSessions: Command = async typed => {
  const found = await holder(subject(typed, 'login name'));
  if (found.kind === 'Client') throw new UsageError('A client has no sessions: use "suspend" or "rotate".');
  await change('endSessions', found, typed, 'id');
  return [`${found.name} is signed out everywhere and may sign in again.`];
};

const resetFactor: Command = async typed => {
  const found = await holder(subject(typed, 'login name'));
  if (found.kind === 'Client') throw new UsageError('A client has no second factor.');
  await change('resetSecondFactor', found, typed, 'id');
  return [
    `${found.name} has no second factor now; its sessions have ended. Where the password may be known to others: "reset" it, too.`,
  ];
};

async function grantTo({ id, kind, name }: Holder, typed: Typed): Promise<string> {
  const input = { ...terms(typed), [kind === 'Client' ? 'clientId' : 'accountId']: id };
  const query = 'mutation ($input: GrantRights!) { done: grantRights(input: $input) { id role division scopes } }';
  const { done } = await askIdentity(query, { input });
  return `${name} is granted ${done.role} at ${done.division} with ${done.scopes.join(' ')} (grant ${done.id}).`;
}

const grant: Command = async typed => {
  const to = subject(typed, 'login name or client:CLIENT_ID');
  terms(typed);
  return [await grantTo(await holder(to), typed)];
};

const revoke: Command = async typed => {
  const id = subject(typed, 'grant id (see "list grants")');
  const reason = option(typed, 'reason');
  const { grant: found } = await askIdentity('query ($id: ID!) { grant(id: $id) { version } }', { id });
  if (!found) throw new LaunchFailure(`There is no grant ${id}.`);
  const query = 'mutation ($input: RevokeGrant!) { revokeGrant(input: $input) { id } }';
  await askIdentity(query, { input: { id, expectedVersion: found.version, reason } });
  return [`The grant ${id} is revoked; a token in use ends within 5 minutes.`];
};

const secretLines = (clientId: string, secret: string) => [
  `client id      ${clientId}`,
  `client secret  ${secret}`,
  'Shown this once.',
];

const client: Command = async typed => {
  const clientId = subject(typed, 'client id');
  const input = { clientId, name: option(typed, 'name'), divisionCode: option(typed, 'division') };
  const withGrant = typed.options.role !== undefined;
  if (withGrant) terms(typed);
  const query = 'mutation ($input: CreateClient!) { done: createClient(input: $input) { secret } }';
  const { done } = await askIdentity(query, { input });
  const lines = secretLines(clientId, done.secret);
  if (!withGrant) return lines;
  const name = `client:${clientId}`;
  const granted = await grantTo(await holder(name), typed).catch(error => {
    // The secret is shown even where the grant is refused: it cannot be shown later.
    process.exitCode = 1;
    return `The client was made and may do nothing yet, for it was not granted what was asked: ${lineOf(error)}
Next: npm run -s account -- grant ${name} --role ROLE --at CODE --reason TEXT, or npm run -s account -- suspend ${name}`;
  });
  return [...lines, granted];
};

const rotate: Command = async typed => {
  const clientId = subject(typed, 'client id');
  const found = await holder(`client:${clientId}`);
  if (typed.options['end-old']) {
    await change('endClientSecret', found, typed, 'id');
    return [`Only the newest secret of ${clientId} is good now.`];
  }
  const hours = optional(typed, 'keep-hours');
  if (hours !== undefined && !/^\d+$/.test(hours)) throw new UsageError(`--keep-hours is "${hours}": give a number of hours.`);
  const input = { id: found.id, expectedVersion: found.version, keepHours: hours === undefined ? undefined : Number(hours) };
  const query = 'mutation ($input: RotateClientSecret!) { done: rotateClientSecret(input: $input) { secret } }';
  const { done } = await askIdentity(query, { input });
  const until = hours === undefined ? 'until "rotate … --end-old"' : `for ${hours} hours`;
  return [...secretLines(clientId, done.secret), `The secret before it stays good ${until}.`];
};

const history: Command = async typed => {
  const name = subject(typed, 'login name or client:CLIENT_ID');
  const { kind } = await holder(name);
  const at = kind === 'Client' ? 'client(clientId: $name)' : 'account(loginName: $name)';
  const fields = 'history { at kind actor reason changes { field before after } }';
  const { found } = await askIdentity(`query ($name: String!) { found: ${at} { ${fields} } }`, {
    name: name.replace(/^client:/, ''),
  });
  const shown = ({ changes }: any) =>
    changes.map(({ field, before, after }: any) => `${field}: ${before ?? '–'} → ${after ?? '–'}`).join('; ');
  return table(
    ['at', 'what', 'who', 'reason', 'changes'],
    found.history.map((entry: any) => [entry.at, entry.kind, entry.actor, entry.reason ?? '', shown(entry)]),
  );
};

const list: Command = async ({ given }) => {
  const [what = 'accounts', ...rest] = given;
  const show = Object.hasOwn(lists, what) && rest.length === 0 ? lists[what] : undefined;
  if (!show) throw new UsageError(`There is a list of ${Object.keys(lists).join(', ')}.`);
  return show();
};

const rotateKey: Command = async ({ given }) => {
  if (given.length > 0) throw new UsageError('rotate-key takes nothing else.');
  await askIdentity('mutation { rotateSigningKey }');
  return ['The next key signs from now on; tokens in use stay good.'];
};

/** The commands by name. */
export const accountCommands: Record<string, Command> = {
  list,
  create: opens('createAccount', 'CreateAccount', person),
  invite: opens('inviteAccount', 'InviteAccount', typed => ({ ...person(typed), grant: terms(typed) })),
  reset,
  'end-sessions': endSessions,
  'reset-factor': resetFactor,
  suspend: suspends('suspend'),
  unsuspend: suspends('unsuspend'),
  grant,
  revoke,
  client,
  rotate,
  history,
  'rotate-key': rotateKey,
};
