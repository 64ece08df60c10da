import type { Account } from '../account/account.ts';
import { normal } from './password.ts';

type Check = (password: string, words: string[]) => { score: number };
let check: Promise<Check> | undefined;

/** The dictionary of common passwords takes some megabytes: it is read when somebody first chooses one. */
const loaded = (): Promise<Check> => {
  check ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(
    ([{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }]) => {
      const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
      return (password, words) => estimator.check(password, words);
    },
  );
  return check;
};

/** What everybody here would try first. */
const ofThisPlace = [
  'hub',
  'admin',
  'changchun',
  'jilin',
  'wanglian',
  'beike',
  '长春',
  '长春市',
  '吉林',
  '互联网',
  '联合会',
  '数据枢纽',
  '贝壳',
];

/** Of 0 to 4: from here on a guesser needs a hundred million tries. */
const enough = 3;

type Whose = Pick<Account, 'loginName' | 'displayName' | 'email'>;

/** Why a new password will not do, in both languages; undefined when it will. */
export async function weakness(password: string, { loginName, displayName, email }: Whose): Promise<string | undefined> {
  const characters = [...normal(password)];
  if (characters.length < 10) return '密码至少 10 个字符。 A password has at least 10 characters.';
  if (characters.length > 200) return '密码最多 200 个字符。 A password has at most 200 characters.';
  if (new Set(characters).size < 5) return '密码中不同的字符太少。 The password repeats too few characters.';
  if (password.toLowerCase().includes(loginName)) return '密码不能包含登录名。 The password must not contain the login name.';
  const words = [loginName, displayName, ...(email?.split(/[@.]/) ?? []), ...ofThisPlace].filter(word => word.length > 1);
  const { score } = (await loaded())(normal(password).slice(0, 100), words);
  if (score >= enough) return undefined;
  return '密码太常见或容易猜到，请用几个不相关的词。 The password is common or easy to guess: take several words that have nothing to do with each other.';
}
