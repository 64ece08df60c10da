import { askForPersonal, SessionProblem, signIn, signOut } from './session.js';

const roles = {
  COMMITTEE: '委员会 Committee',
  ORGANISATION: '会员组织 Member organisation',
  PARTNER: '合作机构 Partner',
  REPORTING: '报表 Reporting',
  AUDITOR: '审计 Auditor',
};

/** Who may have been granted personal data; the identity service knows who was. */
const mayBeGranted = ['COMMITTEE', 'ORGANISATION', 'AUDITOR'];

const words = {
  access_denied: '登录已取消。 The sign-in was cancelled.',
  ended: '登录已失效，请重新登录。 Your sign-in has ended: sign in again.',
  insecure: '登录需要 HTTPS 地址。 Signing in needs an HTTPS address.',
  invalid_scope: '您的权限不包含个人信息，请重新登录。 Personal data is not granted to you: sign in again.',
  mismatch: '登录应答不属于本页面，请重新登录。 This answer belongs to no sign-in of this page: sign in again.',
  unavailable: '登录服务暂时不可用，请稍后再试。 The sign-in service is not reachable: try again in a moment.',
};

const wordsFor = problem =>
  words[problem] ?? `登录未成功（${problem}），请重新登录。 The sign-in did not succeed (${problem}): sign in again.`;

const element = id => document.getElementById(id);

/** Shows who is signed in, what they can do about it, and what went wrong. */
export function showSession({ person, problem }) {
  const { name, loginName, role, division, seesPersonal } = person ?? {};
  element('who').textContent = person ? `${name} (${loginName}) · ${roles[role] ?? role} ${division}` : '未登录 Not signed in';
  element('problem').textContent = problem ? wordsFor(problem) : '';
  element('sign-in').hidden = Boolean(person);
  element('show-personal').hidden = !mayBeGranted.includes(role) || seesPersonal;
  element('switch-role').hidden = !person;
  element('sign-out').hidden = !person;
}

const begin = going =>
  going.catch(error => {
    element('problem').textContent = wordsFor(error instanceof SessionProblem ? error.message : 'unavailable');
  });

element('sign-in').addEventListener('click', () => begin(signIn()));
element('switch-role').addEventListener('click', () => begin(signIn('consent')));
element('show-personal').addEventListener('click', () => begin(askForPersonal()));
element('sign-out').addEventListener('click', signOut);
